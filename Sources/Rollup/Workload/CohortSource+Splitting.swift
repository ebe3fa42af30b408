import EventKernel
import Randomness

// Where arrivals lie of which only the number is known.
extension CohortSource {
  /// Where what a block has ends: a regular arrival at the instant of a block is one of its transactions.
  ///
  /// Of independent instants none is that of a block.
  func end(through instant: SimTime) -> SimTime {
    if case .regular = law { SimTime(nanoseconds: instant.nanoseconds + 1) } else { instant }
  }

  /// The last instant of a block whose transactions a cohort has: a regular one at the end of the cohort is behind it.
  func lastInstant(of cohort: Cohort) -> SimTime {
    if case .regular = law { SimTime(nanoseconds: cohort.to.nanoseconds - 1) } else { cohort.to }
  }

  /// Whether a regular arrival is at an instant.
  func hasArrival(at instant: SimTime) -> Bool {
    guard case .regular(let regular) = law else { return false }
    return !regular.numbers(from: instant, to: end(through: instant)).isEmpty
  }

  /// Splits a piece at an instant in it, which is part of the right one.
  mutating func split(
    _ piece: ArrivalPiece, at instant: SimTime
  ) -> (left: ArrivalPiece, right: ArrivalPiece) {
    law.split(piece, at: instant, &shareStream)
  }

  /// Lists the instants of a piece, where they depend on each other.
  ///
  /// - Returns: whether they do.
  mutating func list(_ piece: ArrivalPiece, into instants: inout [Int64]) -> Bool {
    if law.isUniform { return false }
    instants.removeAll(keepingCapacity: true)
    guard case .regular(let regular) = law else {
      listGroups(of: piece, into: &instants)
      return true
    }
    for number in regular.numbers(from: piece.from, to: piece.to) {
      instants.append(regular.instant(of: number).nanoseconds)
    }
    return true
  }

  /// Lists the instants of groups.
  ///
  /// Given their total, sizes of geometric groups are any positive ones that add up to it with equal
  /// probability: which arrivals end a group is a choice of all but one of them without replacement.
  private mutating func listGroups(of piece: ArrivalPiece, into instants: inout [Int64]) {
    guard piece.count > 0 else { return }
    var words = (0..<piece.groups).map { _ in shareStream.nextWord() }
    words.sort()
    var (group, ends) = (0, piece.groups - 1)
    // So many arrivals follow each, in `ends` groups beside its own.
    for left in (0..<piece.count).reversed() {
      instants.append(piece.instant(of: words[group]).instant)
      guard shareStream.uniform() * Double(left) < Double(ends) else { continue }
      (group, ends) = (group + 1, ends - 1)
    }
  }
}
