import EventKernel

/// How much passes a point per unit of time while measured transactions pass it.
///
/// Everything that passes counts, from the first passage of a measured transaction, which itself is
/// left out, to the last: as much as came in between two passages (Wald 1944), and no edge that the
/// measured window cuts through.
///
/// Where passages repeat in cycles, as the proofs of a saturated pool do, a part of a cycle tells
/// nothing of the rate; there what follows counts as well until the cycles are whole.
public struct PassageRate: Sendable {
  private var first: SimTime?
  private var last = SimTime.start
  private var amountSinceFirst: UInt64 = 0
  private var amountThroughLast: UInt64 = 0
  /// The end of whole cycles, and what passed up to it; nil before.
  private var whole: (at: SimTime, amount: UInt64)?

  /// A point that nothing has passed.
  public init() {}

  /// Notes that an amount passes.
  ///
  /// - Parameter cycle: the time after which passages repeat; zero if they do not.
  public mutating func pass(
    _ amount: UInt64, isMeasured: Bool, cycle: SimDuration = .zero, at now: SimTime
  ) {
    if first == nil, isMeasured { first = now }
    guard let first else { return }
    if first != now { amountSinceFirst += amount }
    // What passes at the instant of the last measured passage belongs to it.
    if isMeasured || now == last { (last, amountThroughLast) = (now, amountSinceFirst) }
    if isMeasured {
      whole = nil
    } else if whole == nil, cycle > .zero, now > last {
      let end = endOfCycles(cycle, from: first)
      if last >= end {
        whole = (last, amountThroughLast)
      } else if now >= end {
        whole = (now, amountSinceFirst)
      }
    }
  }

  /// The first whole number of cycles after `first` that the measured passages do not outlast.
  private func endOfCycles(_ cycle: SimDuration, from first: SimTime) -> SimTime {
    let measured = (last - first).nanoseconds
    let cycles = max(1, (measured + cycle.nanoseconds - 1) / cycle.nanoseconds)
    return first + cycle * cycles
  }

  /// Whether cycles are whole.
  public var isWhole: Bool { whole != nil }

  /// The rate [1/s]; nil if there were not two instants of passage.
  public var perSecond: Double? {
    let (end, amount) = whole ?? (last, amountThroughLast)
    guard let first, first < end else { return nil }
    return Double(amount) / (end - first).seconds
  }
}
