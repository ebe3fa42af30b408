import EventKernel

/// Those who withdraw as ever: in which batch each has asked, and whether its claim lets him out.
///
/// Users are numbered in the order in which they act, so those of a batch are a range.
struct WithdrawalQueue: Sendable {
  private struct Group: Sendable {
    let batch: Int
    let users: Range<Int>
    /// Since when they can take what they have; nil before.
    var releasedAt: SimTime?
    /// Whether the bridge lets them out, which a re-org can take back.
    var isReleased = false
  }

  private var groups: [Group] = []
  /// Users before this one have asked in blocks of the rollup.
  private var sealed = 0
  /// Users before this one have asked in batches that are closed.
  private var batched = 0

  /// A block has those who have asked by now.
  mutating func seal(_ asking: Int) { sealed = max(sealed, asking) }

  /// A batch is closed that has all blocks so far.
  mutating func close(batch: Int) {
    guard batched < sealed else { return }
    groups.append(Group(batch: batch, users: batched..<sealed))
    batched = sealed
  }

  /// The bridge pays what claims about batches say.
  ///
  /// - Returns: who takes it from now on and has not bid before.
  mutating func release(_ batches: Range<Int>, at now: SimTime) -> [Range<Int>] {
    var users: [Range<Int>] = []
    for place in groups.indices
    where batches.contains(groups[place].batch) && !groups[place].isReleased {
      groups[place].isReleased = true
      guard groups[place].releasedAt == nil else { continue }
      groups[place].releasedAt = now
      users.append(groups[place].users)
    }
    return users
  }

  /// A re-org has dropped what let them out.
  mutating func takeBack(_ batches: Range<Int>) {
    for place in groups.indices where batches.contains(groups[place].batch) {
      groups[place].isReleased = false
    }
  }

  /// Since when the bridge lets a user out; nil while it does not.
  func release(of user: Int) -> SimTime? {
    var (low, high) = (0, groups.count)
    while low < high {
      let middle = (low + high) / 2
      if groups[middle].users.upperBound <= user { low = middle + 1 } else { high = middle }
    }
    guard groups.indices.contains(low), groups[low].users.contains(user), groups[low].isReleased
    else { return nil }
    return groups[low].releasedAt
  }
}
