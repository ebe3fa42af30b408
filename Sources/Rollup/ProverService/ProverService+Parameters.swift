import Declarations
import EventKernel
import Ledger
import Statistics

extension ProverService.Policy {
  /// What a scenario can say about a prover service.
  public static let parameters: [PartParameter<ProverService.Policy>] = [
    ProverPool.provers(\.provers),
    .word("order", \.order, "Whose batch a free prover takes next."),
    ProverPool.rent(\.usdPerHour),
  ]

  /// States what holds of any prover service.
  public func check(_ expect: inout Expectations) {
    ProverPool.check(provers: provers, usdPerHour: usdPerHour, &expect)
  }
}

/// What a run remembers of a prover service.
public struct ProverServiceRecord: Sendable {
  private var use = PoolUse()
  private var queue = Tally()
  private var isMeasuring = false
  /// Rent of its machines that rollups paid, in the whole run.
  var rent = Wei.zero

  /// Notes that a batch has waited so long for its prover.
  mutating func began(after queueTime: SimDuration) {
    if isMeasuring { queue.record(queueTime.seconds) }
  }

  mutating func change(busy: Int, at now: SimTime) { use.change(to: busy, at: now) }

  mutating func window(begins: Bool, at now: SimTime) {
    isMeasuring = begins
    use.window(begins: begins, at: now)
  }

  /// The measures of a prover service.
  public static let measures: [PartMeasure<ProverService.Policy, ProverServiceRecord>] = [
    .init(
      .prover, "utilisation", unit: "1",
      "Share of the provers that work, mean over the measured window."
    ) { $1.use.share(of: $0.provers) },
    .init(.prover, "queue_s_mean", unit: "s", "Time that a batch waits for a prover.") {
      $1.queue.meanIfAny
    },
    .init(
      .prover, "rent_wei", unit: "wei", "Rent of the service's provers, over the whole run."
    ) { $1.rent.asDouble },
  ]
}
