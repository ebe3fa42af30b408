import EventKernel
import Randomness

/// Those who leave together: who wants to by now, who can, and who has.
///
/// A user is 32 bytes, and waits in a heap by what he bids; a block takes from its top.
struct ExitCrowd: Sendable {
  /// One who leaves.
  struct User: Sendable {
    /// When he acts.
    let actsAt: SimTime
    /// Most that he pays per gas [wei].
    let feeCap: UInt64
    /// What he has [USD].
    let balance: Double
    /// Whose balances are frozen first: those with the highest number from 0 to 1.
    let rank: Float
    var isOut = false
  }

  private(set) var users: [User] = []
  /// How many bid, or want to and cannot: where all act for themselves, those before this one.
  private(set) var acting = 0
  /// Those before this one have asked the operator by now, where it lets them out.
  private(set) var asking = 0
  /// Those who bid, the highest bid first.
  private var bidding = PriorityHeap<Double>()
  /// Those who act and cannot prove what they have, the lowest rank first.
  private var blocked = PriorityHeap<Double>()
  /// What is offered for the next block.
  private(set) var offered: [Int] = []

  /// How many act, and cannot prove what they have.
  var blockedCount: Int { blocked.count }

  /// Draws what users have and when they act.
  ///
  /// - Parameters:
  ///   - start: when hesitation begins.
  ///   - usdPerEther: the price of the coin that gas is paid in.
  mutating func gather(
    _ policy: Exits.Policy, from start: SimTime, usdPerEther: Double, _ stream: inout RandomStream
  ) {
    let weiPerUSD = 1e18 / usdPerEther / Double(policy.gas)
    users = (0..<policy.users).map { _ in
      let acts = start + SimDuration(drawn: policy.hesitation.sample(&stream))
      let balance = max(0, policy.balance.sample(&stream))
      let most = min(balance * policy.worth * weiPerUSD, 1e15)
      return User(
        actsAt: acts, feeCap: UInt64(most), balance: balance, rank: Float(stream.uniform()))
    }
    // Equal instants keep the order of drawing.
    let order = users.indices.sorted { (users[$0].actsAt, $0) < (users[$1].actsAt, $1) }
    users = order.map { users[$0] }
  }

  /// Takes note of who acts by now, and of whose balances can be proved.
  ///
  /// - Parameter provable: the share of balances that can be.
  mutating func advance(to now: SimTime, provable: Double) {
    while acting < users.count, users[acting].actsAt <= now {
      if Double(users[acting].rank) < provable { bid(acting) } else { block(acting) }
      acting += 1
    }
    while let first = blocked.top, Double(users[first].rank) < provable {
      blocked.removeTop()
      bid(first)
    }
  }

  /// Takes note of who has asked the operator by now.
  mutating func ask(by now: SimTime) {
    while asking < users.count, users[asking].actsAt <= now { asking += 1 }
  }

  /// Those bid from now on who have waited for the bridge.
  mutating func bid(_ range: Range<Int>) {
    acting += range.count
    for user in range { bid(user) }
  }

  private mutating func bid(_ user: Int) { bidding.insert(user, Double(users[user].feeCap)) }

  private mutating func block(_ user: Int) { blocked.insert(user, -Double(users[user].rank)) }

  /// Those who bid most, at most so many, who pay a fee.
  mutating func offer(_ most: Int, atFee fee: UInt64) -> [Int] {
    while offered.count < most, let first = bidding.top, users[first].feeCap >= fee {
      bidding.removeTop()
      offered.append(first)
    }
    return offered
  }

  /// Ends a block: who offered and is not out bids again.
  mutating func endBlock() {
    for user in offered where !users[user].isOut { bid(user) }
    offered.removeAll(keepingCapacity: true)
  }

  /// A block has let a user out.
  mutating func letOut(_ user: Int) { users[user].isOut = true }

  /// A re-org has dropped that block: he bids again.
  mutating func takeBack(_ user: Int) {
    users[user].isOut = false
    bid(user)
  }

  /// Who has not left is somewhere: for the check at the end of a run.
  var isConserved: Bool {
    let out = users.count { $0.isOut }
    return out + bidding.count + blocked.count + offered.count { !users[$0].isOut } == acting
  }
}
