import EventKernel
import Rollup
import Statistics

/// The stages of a transaction, in the order in which a user sees them.
public enum Stage: String, CaseIterable, Sendable {
  /// The sequencer put it into a block.
  case soft
  /// Its data was handed to the settlement chain.
  case posted
  /// Its data is in a settlement block.
  case included
  /// That block is final.
  case settled
  /// A proof that covers it is verified, or an assertion that covers it is made.
  case proven
  /// It can no longer be reverted.
  case final
  /// A withdrawal in it can be paid.
  case withdrawable
}

/// Transactions that pass a stage together: how many there are, measured or not, and their gas.
struct Passage {
  let count: Int
  let gas: UInt64
}

/// How transactions passed one stage.
struct StageRecord {
  private(set) var latencies: LatencyHistogram
  private(set) var transactions = PassageRate()
  private(set) var gas = PassageRate()

  /// Nobody has passed.
  ///
  /// - Parameter groupSize: how many transactions come at one instant, on average.
  init(groupSize: Double) { latencies = LatencyHistogram(groupSize: groupSize) }

  /// Records that `all` passed at `instant`, among them the measured ones of `profile`.
  ///
  /// - Parameters:
  ///   - isWhole: whether they tell how much passes in the time since the last passage.
  ///   - cycle: the time after which passages repeat; zero if they do not.
  mutating func pass(
    _ all: Passage, _ profile: SubmissionProfile, isWhole: Bool = true, cycle: SimDuration = .zero,
    at instant: SimTime
  ) {
    profile.forEachSpan { latencies.record($0, at: instant) }
    count(all, isMeasured: profile.count > 0 && isWhole, cycle: cycle, at: instant)
  }

  /// Records that `all` were sealed in a block, or in several up to `instant`.
  mutating func pass(_ all: Passage, _ block: SealedBlock, at instant: SimTime) {
    let measured = block.submissions
    if measured.count > 0 {
      let waits = block.waits
      latencies.record(
        from: waits.lowerBound.nanoseconds, to: waits.upperBound.nanoseconds,
        count: UInt64(measured.count), sum: block.measuredSealInstants - measured.sum)
    }
    count(all, isMeasured: measured.count > 0, at: instant)
  }

  private mutating func count(
    _ all: Passage, isMeasured: Bool, cycle: SimDuration = .zero, at instant: SimTime
  ) {
    transactions.pass(UInt64(all.count), isMeasured: isMeasured, cycle: cycle, at: instant)
    gas.pass(all.gas, isMeasured: isMeasured, cycle: cycle, at: instant)
  }
}

extension Stage {
  /// The place of the stage in `allCases`.
  var index: Int {
    switch self {
    case .soft: 0
    case .posted: 1
    case .included: 2
    case .settled: 3
    case .proven: 4
    case .final: 5
    case .withdrawable: 6
    }
  }
}
