import Declarations
import EventKernel
import Statistics

/// What a run remembers of the proofs of a rollup.
public struct ProverRecord: Sendable {
  private var queue = Tally()
  /// How long a part of a proof takes, by measured batch.
  private var proofTimes = Tally()
  /// Whether measured batches had to wait for a prover.
  private var measuredBatchesWaited = false
  /// The provers of its own that work.
  private var use = CountOverWindow()
  private var verified = PassageRate()
  /// Parts of a proof.
  private var parts = Tally()
  /// How long provers worked for measured batches, and how much of it was of use [s].
  private var machineTime = 0.0
  private var useful = 0.0

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
  ///
  /// - Parameters:
  ///   - machineTime: how long provers worked for it, by who was first.
  ///   - count: in how many parts.
  public mutating func made(in machineTime: SimDuration, parts count: Int, byOwn isOwn: Bool) {
    useful += machineTime.seconds
    parts.record(Double(count))
    if isOwn { proofTimes.record(machineTime.seconds / Double(count)) }
  }

  /// Notes time that a prover has worked for a measured batch.
  public mutating func spent(_ time: SimDuration, isAggregation: Bool) {
    machineTime += time.seconds
    if isAggregation { useful += time.seconds }
  }

  /// How long so many provers of its own were idle in the measured window, together.
  public func idleTime(of provers: Int) -> SimDuration { use.lack(of: provers) }

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
    ) { $1.use.share(of: $0.provers * $0.racers) },
    .init(
      .prover, "queue_s_mean", unit: "s",
      "Time that a part of a proof waits for a prover; a batch of one chunk has one part."
    ) {
      $1.queue.meanIfAny
    },
    .init(
      .prover, "verified_batches_per_s", unit: "1/s",
      "Batches per second whose proof is verified, from the first to the last, in whole cycles of "
        + "saturated provers."
    ) { $1.verified.perSecond },
    .init(
      .prover, "parts_mean", unit: "1", "Parts of the proof of a batch: chunks and what joins them."
    ) { $1.parts.meanIfAny },
    .init(
      .prover, "machine_s_per_batch", title: "Time of provers per batch", unit: "s",
      "Time that provers work for a batch: all that race, attempts that fail and aggregation."
    ) { $1.parts.count > 0 ? $1.machineTime / Double($1.parts.count) : nil },
    .init(
      .prover, "waste_share", title: "Share of provers' work that is wasted", unit: "1",
      "Share of that time that is of no use: attempts that fail, and what those do who lose a race."
    ) { $1.machineTime > 0 ? 1 - $1.useful / $1.machineTime : nil },
  ]
}
