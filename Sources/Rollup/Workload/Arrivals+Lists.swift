import Declarations
import EventKernel
import Randomness

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// Processes that list the instants of a piece.
extension Arrivals {
  /// At most this many instants are listed at a time.
  private static let most = 4096

  mutating func list(_ piece: inout ArrivalPiece, _ regular: RegularInstants) {
    begin(&piece)
    while case let instant = regular.instant(of: number + 1), instant < piece.to {
      if isFull(&piece, before: instant) { break }
      number += 1
      instants.append(instant.nanoseconds)
    }
    end(&piece)
  }

  /// The time to the next arrival of a self-exciting process, which moves its state there.
  ///
  /// The sooner of the next arrival of the baseline and of the next that past arrivals bring, which may
  /// never come.
  /// Source: Dassios and Zhao, "Exact simulation of Hawkes process with exponentially decaying intensity",
  /// Electronic Communications in Probability 18 (2013), algorithm 3.1.
  mutating func gap(_ process: SelfExcitingArrivals) -> SimDuration {
    let (decay, jump) = (1 / process.decay.seconds, process.offspring / process.decay.seconds)
    var gap = stream.exponential(mean: 1 / process.baseline)
    let level = excitement > 0 ? 1 - stream.exponential(mean: 1) * decay / excitement : 0
    if level > 0 { gap = min(gap, -log(level) / decay) }
    excitement = excitement * exp(-decay * gap) + jump
    return SimDuration(seconds: gap) ?? .days(30_000)
  }

  mutating func list(_ piece: inout ArrivalPiece, _ process: SelfExcitingArrivals) {
    begin(&piece)
    while pending < piece.to {
      if isFull(&piece, before: pending) { break }
      instants.append(pending.nanoseconds)
      pending = pending + gap(process)
    }
    end(&piece)
  }

  mutating func listGroups(_ piece: inout ArrivalPiece, _ process: GroupedArrivals) {
    begin(&piece)
    let groups = stream.poisson(mean: process.rate / process.size * Double(piece.length) * 1e-9)
    var words = (0..<groups).map { _ in stream.nextWord() }
    words.sort()
    for word in words {
      let instant = piece.instant(of: word).instant
      let size = process.size > 1 ? stream.geometric(mean: process.size) : 1
      for _ in 0..<size { instants.append(instant) }
    }
    end(&piece)
  }

  mutating func begin(_ piece: inout ArrivalPiece) {
    piece.isListed = true
    instants.removeAll(keepingCapacity: true)
  }

  /// Ends a piece early whose list is full; instants that are equal stay together.
  func isFull(_ piece: inout ArrivalPiece, before instant: SimTime) -> Bool {
    guard instants.count >= Self.most, instants.last != instant.nanoseconds else { return false }
    piece.to = instant
    return true
  }

  func end(_ piece: inout ArrivalPiece) { piece.count = instants.count }
}

// The same processes, where only the number in a piece is drawn.
extension Arrivals {
  func count(_ piece: inout ArrivalPiece, _ regular: RegularInstants) {
    piece.count = regular.numbers(from: piece.from, to: piece.to).count
  }

  /// A Poisson number of groups; beside one each, their members together are a negative binomial number.
  mutating func count(_ piece: inout ArrivalPiece, _ process: GroupedArrivals) {
    let mean = process.rate / process.size * Double(piece.length) * 1e-9
    piece.groups = mean > 0 ? stream.poisson(mean: mean) : 0
    piece.count = piece.groups
    guard piece.groups > 0, process.size > 1 else { return }
    piece.count += stream.negativeBinomial(piece.groups, 1 / process.size)
  }
}
