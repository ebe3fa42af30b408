import Declarations
import Ledger
import Rollup
import Statistics

// The measures of the journey itself: what passes between parts belongs to none of them.

typealias JourneyMeasure = PartMeasure<RollupSubject, RollupSummary>

enum JourneyMeasures {
  /// What a user waits for before the first stage begins.
  static let client: [JourneyMeasure] = statistics.map { statistic, text, read in
    JourneyMeasure(
      .client, "work_s_\(statistic)", title: "Work of a user's machine, \(text)", unit: "s",
      rests: .parts(["workload"]),
      "Time that a user's machine works before it submits a transaction, which no other stage contains, \(text) "
        + "over transactions."
    ) { read($1.clientTimes) }
  }.applies(when: \.rollup.workload.needsClientTime)

  static let finality: [JourneyMeasure] = Stage.allCases.flatMap { stage in
    switch stage {
    case .proven:
      // Nobody has proved what is only asserted, so the two have names of their own.
      latencies(
        "asserted", to: stage, through: "proposer",
        "an assertion that covers it is in a settlement block"
      ).applies { !$0.rollup.sequence.isProved }
        + latencies(
          "proven", to: stage, through: "prover",
          "a verified proof that covers it is in a settlement block"
        ).applies(when: \.rollup.sequence.isProved)
    default:
      latencies(stage.rawValue, to: stage, through: lastPart(before: stage), meaning(of: stage))
    }
  }

  private static func latencies(
    _ name: String, to stage: Stage, through part: String, _ meaning: String
  ) -> [JourneyMeasure] {
    statistics.map { statistic, text, read in
      JourneyMeasure(
        .finality, "\(name)_s_\(statistic)", title: "Time until \(name), \(text)", unit: "s",
        rests: .journey(through: part),
        "Time from submission until \(meaning), \(text) over transactions."
      ) { read($1.record[stage].latencies) }
    }
  }

  private typealias Statistic = @Sendable (LatencyHistogram) -> Double?

  private static let statistics: [(String, String, Statistic)] = [
    ("mean", "mean", { $0.meanSeconds }),
    ("p50", "median", { $0.quantileSeconds(0.5) }),
    ("p95", "95th percentile", { $0.quantileSeconds(0.95) }),
    ("p99", "99th percentile", { $0.quantileSeconds(0.99) }),
    ("max", "largest", { $0.maximumSeconds }),
  ]

  private static func lastPart(before stage: Stage) -> String {
    switch stage {
    case .soft: "sequencer"
    case .posted: "poster"
    case .included, .settled: "neighbours"
    case .proven: "prover"
    case .final, .withdrawable: "bridge"
    }
  }

  private static func meaning(of stage: Stage) -> String {
    switch stage {
    case .soft: "the sequencer has put the transaction into a block"
    case .posted: "its data has been handed to the settlement chain"
    case .included: "its data is in a settlement block"
    case .settled: "that settlement block is final"
    case .proven: "a claim that covers it is in a settlement block"
    case .final: "it can be neither disputed nor re-organised away"
    case .withdrawable:
      "a withdrawal in it is paid, with the user's own transactions if it takes any"
    }
  }

  static let throughput: [JourneyMeasure] = [
    .init(
      .throughput, "offered_tx_per_s", title: "Transactions offered", unit: "1/s",
      rests: .parts(["workload"]),
      "Transactions that users submit per second.",
      knownMean: \.rollup.workload.arrivals.meanIfRandom
    ) { Double($1.offered) / $0.windowSeconds },
    .init(
      .throughput, "accepted_tx_per_s", title: "Transactions accepted", unit: "1/s",
      rests: .journey(through: "sequencer"),
      "Transactions per second that find room in the mempool, could in a block and a batch, and pay what gas "
        + "costs."
    ) { Double($1.offered - $1.dropped - $1.pricedOut) / $0.windowSeconds },
    .init(
      .throughput, "executed_tx_per_s", title: "Transactions executed", unit: "1/s",
      rests: .journey(through: "sequencer"),
      "Transactions per second put into the blocks of the measured window."
    ) { $0.perSecondExecuted(Double($1.record.executed.transactions)) },
    .init(
      .throughput, "posted_tx_per_s", title: "Transactions posted", unit: "1/s",
      rests: .journey(through: "poster"),
      "Transactions per second whose data is handed over, from the first measured one to the last."
    ) { $1.record[.posted].transactions.perSecond },
    .init(
      .throughput, "final_tx_per_s", title: "Transactions that become final", unit: "1/s",
      rests: .journey(through: "bridge"),
      "Transactions per second that become final: those of claims that take effect, by when these "
        + "stand in settlement blocks, from the first measured one to the last, in whole cycles of "
        + "saturated provers."
    ) { $1.record[.proven].transactions.perSecond },
    .init(
      .throughput, "offered_gas_per_s", title: "Layer 2 gas offered", unit: "gas/s",
      rests: .parts(["workload"]),
      "Layer 2 gas submitted per second."
    ) { Double($1.offeredGas) / $0.windowSeconds },
    .init(
      .throughput, "accepted_gas_per_s", title: "Layer 2 gas accepted", unit: "gas/s",
      rests: .journey(through: "sequencer"),
      "Layer 2 gas per second that finds room in the mempool."
    ) { Double($1.offeredGas - $1.droppedGas - $1.pricedOutGas) / $0.windowSeconds },
    .init(
      .throughput, "executed_gas_per_s", title: "Layer 2 gas executed", unit: "gas/s",
      rests: .journey(through: "sequencer"),
      "Layer 2 gas per second put into the blocks of the measured window."
    ) { $0.perSecondExecuted(Double($1.record.executed.gas)) },
    .init(
      .throughput, "posted_gas_per_s", title: "Layer 2 gas posted", unit: "gas/s",
      rests: .journey(through: "poster"),
      "Layer 2 gas per second handed over, from the first measured transaction to the last."
    ) { $1.record[.posted].gas.perSecond },
    .init(
      .throughput, "final_gas_per_s", title: "Layer 2 gas that becomes final", unit: "gas/s",
      rests: .journey(through: "bridge"),
      "Layer 2 gas per second that becomes final, counted like transactions."
    ) { $1.record[.proven].gas.perSecond },
    .init(
      .throughput, "claimed_tx_per_s", title: "Claimed capacity", unit: "1/s",
      rests: .journey(through: "sequencer"),
      "What a headline would claim: execution capacity on the smallest transaction of the mix."
    ) { subject, _ in subject.rollup.claimedCapacity },
    .init(
      .throughput, "capacity_execution_tx_per_s", title: "Capacity of execution", unit: "1/s",
      rests: .journey(through: "sequencer"),
      "Transactions of the mix per second that fit into layer 2 blocks."
    ) { subject, _ in subject.rollup.executionCapacity },
    .init(
      .throughput, "capacity_data_tx_per_s", title: "Capacity of data", unit: "1/s",
      rests: .journey(through: "settlement"),
      "Transactions of the mix per second whose data fits into the settlement chain if nobody else "
        + "uses it."
    ) { subject, _ in subject.dataCapacity },
    .init(
      .throughput, "capacity_proving_tx_per_s", title: "Capacity of proving", unit: "1/s",
      rests: .journey(through: "prover"),
      "Transactions of the mix per second that the provers can prove at the batch size of the run."
    ) { $0.provingCapacity(batchSize: $1.record.batches.meanSize) },
    .init(
      .throughput, "bottleneck_tx_per_s", title: "Least of the capacities", unit: "1/s",
      rests: .journey(through: "prover"),
      "The least of the capacities for execution, data and proving, as far as each applies."
    ) { subject, summary in
      let proving = subject.provingCapacity(batchSize: summary.record.batches.meanSize)
      if subject.rollup.sequence.isProved, subject.rollup.proving.isOwn, proving == nil {
        return nil
      }
      return [subject.rollup.executionCapacity, subject.dataCapacity, proving]
        .compactMap(\.self).min()
    },
    .init(
      .throughput, "sustained_execution_tx_per_s", title: "Sustained rate of execution",
      unit: "1/s",
      rests: .journey(through: "sequencer", also: ["fees"]),
      "Transactions of the mix per second that fit into layer 2 blocks and take no more gas than the "
        + "lowest gas target, above which the price rises without bound."
    ) { subject, _ in subject.rollup.sustainedExecution },
    .init(
      .throughput, "sustained_data_tx_per_s", title: "Sustained rate of data", unit: "1/s",
      rests: .journey(through: "bid"),
      "Transactions of the mix per second whose data, in full batches and whole settlement transactions, "
        + "fits into the target of the settlement chain if nobody else uses it; missed slots count."
    ) { subject, _ in subject.sustainedData },
    .init(
      .throughput, "utilisation_execution", unit: "1",
      rests: .journey(through: "sequencer", also: ["fees"]),
      "Load over what execution can sustain."
    ) { subject, _ in subject.rollup.utilisation(of: subject.rollup.sustainedExecution) },
    .init(
      .throughput, "utilisation_data", title: "Load over what data can sustain", unit: "1",
      rests: .journey(through: "bid"),
      "Load over what the settlement chain can sustain of its data."
    ) { subject, _ in subject.rollup.utilisation(of: subject.sustainedData) },
    .init(
      .throughput, "utilisation_proving", title: "Load over what proving can sustain", unit: "1",
      rests: .journey(through: "prover"),
      "Load over what the rollup's own provers can prove at the batch size of the run."
    ) { subject, summary in
      subject.rollup.utilisation(
        of: subject.provingCapacity(batchSize: summary.record.batches.meanSize))
    },
    .init(
      .throughput, "dropped_share", title: "Share of transactions dropped", unit: "1",
      rests: .journey(through: "sequencer"),
      "Share of submitted transactions that found the mempool full, or that no block or batch has room "
        + "for."
    ) { Double($1.dropped) / Double($1.offered) },
    .init(
      .throughput, "priced_out_share", title: "Share of transactions priced out", unit: "1",
      rests: .journey(through: "sequencer", also: ["fees", "workload"]),
      "Share of submitted transactions whose users gave up because layer 2 gas cost more than they offer."
    ) { Double($1.pricedOut) / Double($1.offered) }.applies(when: \.rollup.workload.hasFeeCaps),
  ]

  static let cost: [JourneyMeasure] =
    [
      costs(
        "data", "publishing its data", of: portions(of: .data), through: "neighbours",
        also: ["prices"]
      ) {
        $1.spentPerTransaction(.data)
      },
      costs("state", "asserting the state", of: portions(of: .state), through: "proposer") {
        $0.pays(for: .state) ? $1.spentPerTransaction(.state) : nil
      },
      costs(
        "proof", "verifying the proof that covers it on the settlement chain",
        of: portions(of: .proof), through: "prover"
      ) {
        $0.pays(for: .proof) ? $1.spentPerTransaction(.proof) : nil
      },
      costs(
        "prover", "the machines that prove it, rented while they work", of: portions(of: .prover),
        through: "prover", also: ["prices"]
      ) {
        $0.pays(for: .prover) ? $1.spentPerTransaction(.prover) : nil
      },
      costs(
        "total", "all of the above", of: SharedCosts.purposes.flatMap(portions), through: "prover",
        also: ["prices"]
      ) { subject, summary in
        SharedCosts.purposes.filter(subject.pays).reduce(0) { sum, purpose in
          sum.flatMap { sum in summary.spentPerTransaction(purpose).map { sum + $0 } }
        }
      },
    ].flatMap(\.self)

  private static func costs(
    _ part: String, _ text: String, of portions: [String], through last: String,
    also: Set<String> = [], wei: @escaping @Sendable (RollupSubject, RollupSummary) -> Double?
  ) -> [JourneyMeasure] {
    let title = "\(part.capitalizedFirst) cost per transaction"
    return [
      .init(
        .cost, "\(part)_wei_per_tx_mean", title: title, unit: "wei",
        rests: .journey(through: last, also: also),
        "What the operator pays per transaction for \(text).", value: wei
      ).summing(portions),
      .init(
        .cost, "\(part)_usd_per_tx_mean", title: title, unit: "USD",
        rests: .journey(through: last, also: ["prices"]),
        "The same in US dollars at prices.eth."
      ) { subject, summary in
        wei(subject, summary).map { $0 * 1e-18 * subject.scenario.usdPerEther }
      }.summing(portions),
    ]
  }

  /// What a transaction costs its users until its data is in a settlement block, in their time.
  private static func delayUSD(_ subject: RollupSubject, _ summary: RollupSummary) -> Double? {
    summary.record[.included].latencies.meanSeconds.map {
      $0 / 3600 * subject.rollup.poster.posting.delayCost
    }
  }

  static let posting: [JourneyMeasure] = [
    JourneyMeasure(
      .posting, "delay_usd_per_tx_mean", title: "Cost of delay per transaction", unit: "USD",
      rests: .journey(through: "neighbours"),
      "Time from submission to a settlement block with the data, at the price of poster.delay_cost.",
      value: delayUSD
    ).summing(["delay"]),
    JourneyMeasure(
      .posting, "objective_usd_per_tx_mean", title: "Data and delay cost per transaction",
      unit: "USD", rests: .journey(through: "neighbours", also: ["prices"]),
      "What the operator pays per transaction for publishing its data, and the cost of delay."
    ) { subject, summary in
      guard let delay = delayUSD(subject, summary),
        let wei = summary.spentPerTransaction(.data)
      else { return nil }
      return wei * 1e-18 * subject.scenario.usdPerEther + delay
    }.summing(portions(of: .data) + ["delay"]),
  ].applies { $0.rollup.poster.posting.delayCost > 0 }

  static let inclusion: [JourneyMeasure] = [
    .init(
      .inclusion, "wasted_wei_per_tx_mean", title: "Cost of reverted claims per transaction",
      unit: "wei", rests: .journey(through: "prover"),
      "What the operator pays per transaction for claims that revert because a re-org took their "
        + "data away."
    ) { share($1.record.wasted.asDouble, of: Double($1.record.claimedTransactions)) }
  ]
}
