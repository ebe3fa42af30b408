import Declarations
import EventKernel
import Statistics

/// What a run remembers of the proofs of a rollup.
public struct ProverRecord: Sendable {
  private var queue = Tally()
  /// How long the proofs of measured batches take.
  private var proofTimes = Tally()
  /// Whether measured batches had to wait for a prover.
  private var measuredBatchesWaited = false
  /// The provers of its own that work.
  private var use = PoolUse()
  private var verified = PassageRate()

  /// A record of no proof.
  public init() {}

  /// Notes how many provers of its own work from `now` on.
  public mutating func provers(busy: Int, at now: SimTime) { use.change(to: busy, at: now) }

  /// Notes that the measured window begins or ends.
  public mutating func window(begins: Bool, at now: SimTime) { use.window(begins: begins, at: now) }

  /// Notes that a batch has waited so long for its prover.
  ///
  /// - Parameter isMeasuring: whether the clock is between warm-up and horizon.
  public mutating func began(after queueTime: SimDuration, isMeasured: Bool, isMeasuring: Bool) {
    if isMeasuring { queue.record(queueTime.seconds) }
    if isMeasured, queueTime > .zero { measuredBatchesWaited = true }
  }

  /// Notes the proof of a measured batch.
  public mutating func made(in machineTime: SimDuration) { proofTimes.record(machineTime.seconds) }

  /// Notes that a proof of `batches` was verified in a block made at `instant`.
  public mutating func verified(_ batches: Int, isMeasured: Bool, at instant: SimTime) {
    verified.pass(UInt64(batches), isMeasured: isMeasured, cycle: cycle, at: instant)
  }

  /// The time after which a saturated pool of provers repeats what it does.
  ///
  /// Each takes the next batch when it has finished one, so that is the time of a proof. Zero if no
  /// measured batch waited for a prover.
  public var cycle: SimDuration {
    guard measuredBatchesWaited, let mean = proofTimes.meanIfAny else { return .zero }
    return SimDuration(seconds: mean) ?? .zero
  }

  /// The measures of proofs.
  public static let measures: [PartMeasure<Prover.Policy, ProverRecord>] = [
    .init(
      .prover, "utilisation", unit: "1",
      "Share of the provers that work, mean over the measured window."
    ) { $1.use.share(of: $0.provers) },
    .init(.prover, "queue_s_mean", unit: "s", "Time that a batch waits for a prover.") {
      $1.queue.meanIfAny
    },
    .init(
      .prover, "verified_batches_per_s", unit: "1/s",
      "Batches per second whose proof is verified, from the first to the last, in whole cycles of "
        + "saturated provers."
    ) { $1.verified.perSecond },
  ]
}

/// How many provers of a pool work over time.
struct PoolUse: Sendable {
  private var busy = TimeIntegral()
  private var begin: (at: SimTime, busy: Int128) = (.start, 0)
  private var end: (at: SimTime, busy: Int128) = (.start, 0)

  /// Notes that `count` provers work from `now` on.
  mutating func change(to count: Int, at now: SimTime) {
    busy.add(count - busy.value, at: now.nanoseconds)
  }

  /// Notes that the measured window begins or ends.
  mutating func window(begins: Bool, at now: SimTime) {
    let edge = (at: now, busy: busy.integral(through: now.nanoseconds))
    if begins { begin = edge } else { end = edge }
  }

  /// Mean share of `provers` that worked during the measured window.
  func share(of provers: Int) -> Double {
    let available = Double(end.at.nanoseconds - begin.at.nanoseconds) * Double(provers)
    return Double(end.busy - begin.busy) / available
  }
}
