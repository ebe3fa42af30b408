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
    .number(
      "chunk_work", .number, \.chunkWork,
      "Prover work of a chunk, which one prover proves; a batch of less is one chunk."
    ).titled("Prover work of a chunk"),
    .whole(
      "recursion_arity", .count, \.recursionArity,
      "Proofs that a node of the tree joins in which the chunks of a batch become one."
    ).titled("Proofs that a node of the tree joins").used(when: \.hasChunks),
    .distribution(
      "recursion_time", .duration, \.recursionTime, "Time of a prover to join them."
    ).titled("Time to join proofs of the tree").used(when: \.hasChunks),
    .number(
      "failures", .share, \.failures,
      "Share of attempts that fail and are made again, each when it has taken all of its time."
    ).titled("Share of attempts that fail"),
    .number("stragglers", .share, \.stragglers, "Share of attempts that take longer."),
    .number(
      "straggler_slowdown", .number, \.stragglerSlowdown, "How many times as long these take."
    ).titled("How many times as long stragglers take").used { $0.stragglers > 0 },
    .whole(
      "racers", .count, \.racers,
      "How many race for the proof of each batch, all with as many provers."
    ).titled("Who race for a proof"),
    .word(
      "needs", \.needs,
      "Whose proofs of a batch are needed: that of the first, or all, where provers of different kinds have to agree."
    ).titled("Whose proofs are needed").used { $0.racers > 1 },
    .number(
      "racer_slowdown", .number, \.racerSlowdown,
      "How many times as long as the first the others work for a proof."
    ).titled("How many times as long other provers take").used { $0.racers > 1 },
    .word(
      "gives_up", \.givesUp, "When the others give a batch up: proved, verified or never."
    ).titled("When the others give a batch up").used { $0.racers > 1 && $0.needs == .first },
    .whole(
      "aggregated_batches", .count, \.aggregatedBatches,
      "Batches that share one proof on the settlement chain."),
    .distribution(
      "aggregation_time", .duration, \.aggregationTime,
      "Time to aggregate the proofs of a group."),
    .whole("aggregators", .count, \.aggregators, "Aggregators side by side, a group each."),
    .distribution(
      "wrap_time", .duration, \.wrapTime,
      "Time of the last step that makes a group's proof cheap to verify."
    ).titled("Time of the last step of a group's proof"),
    .duration(
      "aggregation_max_wait", \.aggregationMaxWait,
      "Time after which a group is aggregated although it is not full."),
    .word(
      "aggregation", \.aggregation,
      "When proofs are aggregated before their wait is over: with so many, at a low base fee, or when fees pay for it."
    ).titled("When proofs are aggregated"),
    .whole(
      "aggregation_fee_limit", .weiPerGas, \.aggregationFeeLimit,
      "Base fee of the settlement chain up to which proofs that are there are aggregated."
    ).titled("Base fee up to which proofs are aggregated").used { $0.aggregation == .price },
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
    .word(
      "rented", \.rented, "When provers are paid for: working or always.", affects: .money
    ).titled("When provers are paid for"),
  ]

  private var hasChunks: Bool { chunkWork < Self.wholeBatches }

  /// States what holds of any prover.
  public func check(_ expect: inout Expectations) {
    expect((1...1_000_000).contains(machines), "machines", "expected from 1 to 1,000,000 machines")
    ProverPool.check(provers: provers, usdPerHour: usdPerHour, &expect)
    expect(
      (1e-3...Self.wholeBatches).contains(chunkWork), "chunk_work",
      "expected from 0.001 to 1e12 units of work")
    expect(
      (2...1_000_000).contains(recursionArity), "recursion_arity",
      "expected from 2 to 1,000,000 proofs")
    expect((0...0.99).contains(failures), "failures", "expected a share from 0 to 0.99")
    expect((0...1).contains(stragglers), "stragglers", "expected a share from 0 to 1")
    expect(
      (1...1e6).contains(stragglerSlowdown), "straggler_slowdown", "expected from 1 to 1e6")
    expect((1e-3...1e3).contains(racerSlowdown), "racer_slowdown", "expected from 0.001 to 1000")
    expect((1...1000).contains(racers), "racers", "expected from 1 to 1000 racers")
    expect(
      (1...1_000_000).contains(aggregators), "aggregators",
      "expected from 1 to 1,000,000 aggregators")
    expect(
      (1...1_000_000).contains(aggregatedBatches), "aggregated_batches",
      "expected from 1 to 1,000,000 batches")
  }
}
