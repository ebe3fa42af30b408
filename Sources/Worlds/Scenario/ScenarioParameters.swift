import Declarations
import EventKernel
import Rollup
import Settlement

// Where parts are composed: one line for each.

/// One thing that a scenario can set.
public typealias Parameter = PartParameter<Scenario>

extension Scenario {
  /// What a scenario says about the run as a whole.
  static let runParameters: [Parameter] = [
    .word("phases", \.phases, "At which phase ages of batches, claims and epochs begin."),
    .duration("warmup", \.warmUp, "Transactions submitted before this instant are not measured.")
      .titled("Warm-up"),
    .duration(
      "horizon", \.horizon, "Transactions submitted from this instant on are not measured."
    ).titled("Horizon"),
    .duration(
      "cooldown", \.coolDown,
      "How long a run goes on after the horizon, at most, until all measured transactions are final."
    ).titled("Time after the horizon"),
  ]

  /// What it says about the settlement chain.
  static let settlementParameters: [Parameter] =
    SettlementPolicy.parameters.lifted(under: "settlement", to: \.settlement)

  /// What it says about the world outside.
  static let priceParameters: [Parameter] = [
    .number("prices.eth", .usd, \.usdPerEther, "Price of one ether.", affects: .money)
  ]
}

extension RollupScenario {
  /// What a scenario says about a rollup, in the order of the journey of a transaction.
  static let parameters: [PartParameter<RollupScenario>] = [
    [
      .word("sequence", \.sequence, "What a rollup does on its host, in which order."),
      .word(
        "fidelity", \.fidelity,
        "Whether transactions are drawn one by one, or those of a stretch of time together."),
    ],
    Workload.Policy.parameters.lifted(under: "workload", to: \.workload).map(usedInProofs)
      .map(usedInDifferences),
    Sequencer.Policy.parameters.lifted(under: "sequencer", to: \.sequencer),
    Execution.Policy.parameters.lifted(under: "execution", to: \.execution).map(usedByClasses),
    Ordering.Policy.parameters.lifted(under: "ordering", to: \.ordering),
    SearcherPolicy.parameters.lifted(under: "searchers", to: \.ordering.searchers),
    SpamPolicy.parameters.lifted(under: "spam", to: \.ordering.spam),
    SequencerSet.Policy.parameters.lifted(under: "sequencer.set", to: \.sequencerSet),
    BatchPoster.Policy.parameters.lifted(under: "poster", to: \.poster).map(usedInDifferences),
    DataPolicy.parameters.lifted(under: "data", to: \.data),
    StateProposer.Policy.parameters.lifted(under: "proposer", to: \.proposer)
      .used { !$0.sequence.isProved },
    Prover.Policy.parameters.lifted(under: "prover", to: \.prover).map(usedInProofs)
      .used(when: \.proves),
    BatchFee.Policy.parameters.lifted(under: "batch_fee", to: \.batchFee)
      .used(when: \.sequence.isProved),
    Bridge.Policy.challengeParameters.lifted(under: "bridge", to: \.bridge)
      .used { !$0.sequence.isProved }.map(usedByUsers),
    Bridge.Policy.executionParameters.lifted(under: "bridge", to: \.bridge)
      .used(when: \.sequence.isProved).map(usedByUsers),
    Bridge.Policy.withdrawalParameters.lifted(under: "bridge", to: \.bridge).map(usedByUsers),
    Bid.parameters.lifted(under: "bid", to: \.bid),
    Deposits.Policy.parameters.lifted(under: "deposits", to: \.deposits).map(usedByUsers),
    Exits.Policy.parameters.lifted(under: "exits", to: \.exits),
    FastExits.Policy.parameters.lifted(under: "fast_exits", to: \.fastExits),
    DisputeRules.parameters.lifted(under: "dispute", to: \.disputes)
      .used { !$0.sequence.isProved },
    Adversary.parameters.lifted(under: "adversary", to: \.adversary)
      .used { !$0.sequence.isProved && $0.disputes.happens },
    Watchers.parameters.lifted(under: "watchers", to: \.watchers)
      .used(when: \.disputesHappen),
    Sequencer.CensorPolicy.parameters.lifted(under: "censorship", to: \.censorship),
    ForcedInclusion.Policy.parameters.lifted(under: "forced", to: \.forced)
      .used { $0.censorship.censors || $0.mayLeaveGuestsOut },
    FeePolicy.parameters.lifted(under: "fees", to: \.fees),
    DataFees.Policy.parameters.lifted(under: "data_fees", to: \.dataFees).map(usedInDifferences)
      .used(when: \.hosting.isOnSettlement),
    Operator.Policy.parameters.lifted(under: "operator", to: \.operator),
    Token.Policy.parameters.lifted(under: "token", to: \.token),
    NodePolicy.parameters.lifted(under: "nodes", to: \.nodes),
    Machines.Policy.parameters.lifted(under: "nodes", to: \.machines),
    Origins.Policy.parameters.lifted(under: "origins", to: \.origins),
    DistributedMarket.Policy.parameters.lifted(under: "damm", to: \.market),
    Upgrades.Policy.parameters.lifted(under: "upgrades", to: \.upgrades),
  ].flatMap(\.self)

  /// What only some proofs need.
  private static func usedInProofs(
    _ parameter: PartParameter<RollupScenario>
  ) -> PartParameter<RollupScenario> {
    switch parameter.path {
    case "prover.provers", "prover.rent", "prover.rented", "prover.racers", "prover.gives_up",
      "prover.needs", "prover.racer_slowdown":
      parameter.used(when: \.proving.isOwn)
    case "prover.execution_gas": parameter.used(when: \.sequence.executes)
    case "prover.waits_for": parameter.used { $0.sequence.isProved && !$0.holdsData }
    case let path where path.hasSuffix(".prover_work"): parameter.used(when: \.proves)
    default: parameter
    }
  }
}

extension RollupScenario {
  /// What only transactions of a class need that is sent.
  private static func usedByClasses(
    _ parameter: PartParameter<RollupScenario>
  ) -> PartParameter<RollupScenario> {
    let words = parameter.path.split(separator: ".")
    guard words.count == 4,
      let kind = TransactionClass.allCases.first(where: { $0.name == words[2] })
    else { return parameter }
    return parameter.used { $0.workload.mix[kind.rawValue] > 0 }
  }
}

extension RollupScenario {
  /// What only state differences need, or the other format.
  private static func usedInDifferences(
    _ parameter: PartParameter<RollupScenario>
  ) -> PartParameter<RollupScenario> {
    switch parameter.path {
    case "poster.new_slot_bytes": parameter.used { $0.workload.state.newShare > 0 }
    case let path where path.hasPrefix("workload.state.") || path.hasSuffix(".writes"):
      parameter.used(when: \.publishesDifferences)
    case "data_fees.words": parameter.used { !$0.publishesDifferences }
    default: parameter
    }
  }
}

extension RollupScenario {
  /// What only some sequences, hosts and users need.
  private static func usedByUsers(
    _ parameter: PartParameter<RollupScenario>
  ) -> PartParameter<RollupScenario> {
    switch parameter.path {
    case "deposits.fee_cap", "deposits.tip":
      parameter.used { $0.deposits.rate != 0 || $0.hasUserTransactions }
    case "bridge.early_proof": parameter.used { $0.sequence == .postAndAssert }
    case "bridge.resolve_gas": parameter.used { $0.sequence == .assertWithGame }
    case "bridge.execution_margin": parameter.used { $0.sequence == .commitProveExecute }
    case "bridge.exit_gas": parameter.used(when: \.hosting.isOnSettlement)
    default: parameter
    }
  }
}

extension RollupScenario {
  /// What it says about where a rollup settles, in a scenario of several.
  ///
  /// - Parameter others: the names of the other rollups.
  static func hosting(among others: [String]) -> [PartParameter<RollupScenario>] {
    [
      .name(
        "host", among: [Hosting.settlement] + others, \.hosting.host,
        "What the rollup settles on: the settlement chain or another rollup."),
      .word(
        "host_finality", \.hosting.finality,
        "What counts as final of a host that is a rollup."
      ).used { !$0.hosting.isOnSettlement },
      .word(
        "host_pricing", \.hosting.pricing,
        "What a host that is a rollup is paid: its price of gas, or its costs, shared by bytes."
      ).used { !$0.hosting.isOnSettlement },
      .whole(
        "envelope_bytes", .bytes, \.hosting.envelopeBytes,
        "Bytes of a transaction to a host that is a rollup, beside its data."
      ).used { !$0.hosting.isOnSettlement },
      .whole(
        "withdrawal_gas", .gas, \.hosting.withdrawalGas,
        "Gas of the transaction on such a host that takes a withdrawal on to its own host."
      ).titled("Gas that takes a withdrawal on to the host's host").used {
        !$0.hosting.isOnSettlement && !$0.sequence.executes
      },
    ]
  }

  /// What it says about calls to another rollup, in a scenario of several.
  static func calling(among others: [String]) -> [PartParameter<RollupScenario>] {
    Calls.Policy.parameters(among: others).lifted(under: "calls", to: \.calls)
  }

  /// What it says about who posts the data of a rollup, in a scenario with services.
  static func posting(among services: [String]) -> [PartParameter<RollupScenario>] {
    [
      .name(
        "poster.service", among: [BatchPoster.Policy.own] + services, \.poster.service,
        "Who posts the data: the rollup itself, or a service with that of others."
      ).titled("Who posts the data")
    ]
  }

  /// What it says about whose provers prove a rollup, in a scenario with services.
  static func proving(among services: [String]) -> [PartParameter<RollupScenario>] {
    [
      .name(
        "prover.service", among: [Proving.own] + services, \.proving.service,
        "Whose provers make the proofs: the rollup's own, or those of a service."),
      .whole(
        "prover.priority", .count, \.proving.priority,
        "Its priority there; the highest goes first."
      ).titled("Priority at the prover service").used { !$0.proving.isOwn },
    ].used(when: \.proves)
  }
}

extension ServiceScenario {
  /// What a scenario says about a service.
  static let parameters: [PartParameter<ServiceScenario>] =
    [.word("kind", \.kind, "What the service does.")]
    + ProverService.Policy.parameters.lifted(under: "", to: \.policy).used { $0.kind == .prover }
    + SharedBlobs.Policy.parameters.lifted(under: "shared_blobs", to: \.sharedBlobs)
    .used { $0.kind == .blobs }
}
