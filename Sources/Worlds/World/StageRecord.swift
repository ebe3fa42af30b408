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

/// How much passed a point per unit of time, between the first and the last passage.
///
/// What passes at the first instant does not count, so that whole cycles are counted.
struct PassageRate {
  private var first: SimTime?
  private var last = SimTime.start
  private var amountAfterFirst = 0.0

  mutating func pass(_ amount: Int, at now: SimTime) {
    last = now
    if first == nil { first = now }
    if first != now { amountAfterFirst += Double(amount) }
  }

  /// The rate [1/s]; nil if there were not two instants of passage.
  var perSecond: Double? {
    guard let first, first < last else { return nil }
    return amountAfterFirst / (last - first).seconds
  }
}

/// How the measured transactions passed one stage.
struct StageRecord {
  private(set) var latencies = LatencyHistogram()
  private(set) var transactions = PassageRate()
  private(set) var gas = PassageRate()

  /// Records that the transactions of `profile`, which used `gas` together, passed at `instant`.
  mutating func pass(_ profile: SubmissionProfile, gas: UInt64, at instant: SimTime) {
    guard profile.count > 0 else { return }
    profile.forEachSpan { record($0, at: instant) }
    self.transactions.pass(profile.count, at: instant)
    self.gas.pass(Int(gas), at: instant)
  }

  /// Records that the transactions of one block passed at `instant`.
  mutating func pass(_ submissions: Submissions, gas: UInt64, at instant: SimTime) {
    guard submissions.count > 0 else { return }
    record(submissions, at: instant)
    self.transactions.pass(submissions.count, at: instant)
    self.gas.pass(Int(gas), at: instant)
  }

  private mutating func record(_ span: Submissions, at instant: SimTime) {
    let count = UInt64(span.count)
    latencies.record(
      from: (instant - span.last).nanoseconds, to: (instant - span.first).nanoseconds,
      count: count, sum: UInt128(count) * UInt128(instant.nanoseconds) - span.sum)
  }
}
