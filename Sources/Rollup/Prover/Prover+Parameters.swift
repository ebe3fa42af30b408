import Declarations
import EventKernel

extension Prover.Policy {
  /// What a scenario can say about the prover.
  public static let parameters: [PartParameter<Prover.Policy>] = [
    .word("starts_at", \.startsAt, "When the prover is given a batch."),
    .distribution("witness_time", .duration, \.witnessTime, "Time to make a batch's witness."),
    ProverPool.provers(\.provers),
    .distribution(
      "proof_time", .duration, \.proofTime,
      "The part of a proof's time that does not depend on the batch."
    ).titled("Time of a proof, whatever the batch"),
    .duration(
      "proof_time_per_work", \.proofTimePerWork,
      "The part of a proof's time that grows with the batch, per unit of prover work."
    ).titled("Time of a proof, per prover work"),
    .whole(
      "aggregated_batches", .count, \.aggregatedBatches,
      "Batches that share one proof on the settlement chain."),
    .distribution(
      "aggregation_time", .duration, \.aggregationTime,
      "Time to aggregate the proofs of a group."),
    .duration(
      "aggregation_max_wait", \.aggregationMaxWait,
      "Time after which a group is aggregated although it is not full."),
    .word(
      "waits_for", \.waitsFor,
      "What has to be true of the data of batches before their proof is handed over."
    ).titled("What of its data a proof waits for"),
    .whole(
      "gas", .gas, \.verificationGas,
      "Settlement gas to verify one proof and move the state.", affects: .money),
    .whole(
      "execution_gas", .gas, \.executionGas,
      "Settlement gas to execute what a proof proves, where that takes a transaction of its own.",
      affects: .money),
    .whole(
      "machines", .count, \.machines,
      "Machines that share the proof of a batch, each rented for as long as that takes.",
      affects: .money),
    ProverPool.rent(\.usdPerHour),
  ]

  /// States what holds of any prover.
  public func check(_ expect: inout Expectations) {
    expect((1...1_000_000).contains(machines), "machines", "expected from 1 to 1,000,000 machines")
    ProverPool.check(provers: provers, usdPerHour: usdPerHour, &expect)
    expect(
      (1...1_000_000).contains(aggregatedBatches), "aggregated_batches",
      "expected from 1 to 1,000,000 batches")
  }
}
