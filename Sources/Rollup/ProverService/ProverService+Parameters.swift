import Declarations
import EventKernel
import Ledger
import Statistics

extension ProverService.Policy {
  /// What a scenario can say about a prover service.
  public static let parameters: [PartParameter<ProverService.Policy>] =
    [
      ProverPool.provers(\.provers),
      .word("order", \.order, "Whose batch a free prover takes next."),
      ProverPool.rent(\.usdPerHour),
    ] + SharedProofs.Policy.parameters.lifted(under: "shared_proof", to: \.sharedProof)

  /// States what holds of any prover service.
  public func check(_ expect: inout Expectations) {
    ProverPool.check(provers: provers, usdPerHour: usdPerHour, &expect)
    expect.under("shared_proof") { sharedProof.check(&$0) }
  }
}

/// What a run remembers of a prover service.
public struct ProverServiceRecord: Sendable {
  private var use = CountOverWindow()
  private var queue = Tally()
  private var isMeasuring = false
  /// Rent of its machines that rollups paid, in the whole run.
  var rent = Wei.zero
  /// Claims that share a proof, and how long each waited until it was in a block.
  private var claims = Tally()
  private var waits = Tally()
  private var perClaim = Tally()

  /// Notes a proof that rollups share, in a final block.
  mutating func settled(_ shared: [SharedClaim], includedAt: SimTime, cost: Wei) {
    guard shared.contains(where: \.isMeasured) else { return }
    claims.record(Double(shared.count))
    perClaim.record(cost.asDouble / Double(shared.count))
    for claim in shared { waits.record((includedAt - claim.since).seconds) }
  }

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
    .init(
      .prover, "shared_claims_mean", unit: "1", "Claims that share a proof on the settlement chain."
    ) { $1.claims.meanIfAny },
    .init(
      .prover, "shared_wait_s_mean", unit: "s",
      "Time from the proof of a claim to the block with the proof that it shares."
    ) { $1.waits.meanIfAny },
    .init(
      .prover, "shared_wei_per_claim_mean", unit: "wei",
      "What a proof costs to verify that claims share, by claim: mean over proofs."
    ) { $1.perClaim.meanIfAny },
  ]
}
