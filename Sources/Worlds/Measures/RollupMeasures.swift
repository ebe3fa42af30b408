import Declarations
import EventKernel
import Ledger
import Rollup
import Settlement

// Where the measures of parts are composed: one line for each.

/// A rollup in its scenario: what its measures are about.
struct RollupSubject {
  let scenario: Scenario
  let rollup: RollupScenario

  /// The length of the measured window [s].
  var windowSeconds: Double { scenario.horizon.seconds - scenario.warmUp.seconds }

  /// The time in which the blocks of the measured window collect transactions [s]; nil if there is no
  /// block.
  ///
  /// Blocks that come at an interval collect what was submitted since the one before, so whole
  /// intervals count, as many as blocks are sealed from the warm-up's end to the horizon.
  private var executionSeconds: Double? {
    guard rollup.sequencer.sealing == .interval, !rollup.sequencerSet.isSet else {
      return windowSeconds
    }
    let interval = rollup.sequencer.blockInterval.nanoseconds
    func blocks(before time: SimDuration) -> Int64 {
      max(0, (time.nanoseconds + interval - 1) / interval - 1)
    }
    let count = blocks(before: scenario.horizon) - blocks(before: scenario.warmUp)
    return count > 0 ? Double(count) * rollup.sequencer.blockInterval.seconds : nil
  }

  /// An amount executed in the measured window per second.
  func perSecondExecuted(_ amount: Double) -> Double? { executionSeconds.map { amount / $0 } }

  /// Whether it has costs of a kind: its own, and where it pays at cost those of its host.
  func pays(for purpose: Purpose) -> Bool {
    let isOwn =
      switch purpose {
      case .data: true
      case .state: !rollup.sequence.isProved
      case .proof, .prover: rollup.proves
      case .layer2Fees, .neighbourData, .deposit, .dispute, .stake, .fastExit, .ordering,
        .opportunity, .speed, .sequencing, .upgrade, .dataFees, .nodes, .capital, .shares,
        .exchange:
        false
      }
    if isOwn { return true }
    guard rollup.hosting.paysAtCost,
      let host = scenario.rollups.first(where: { $0.name == rollup.hosting.host })
    else { return false }
    return RollupSubject(scenario: scenario, rollup: host).pays(for: purpose)
  }

  /// Transactions of the mix per second whose data fits into otherwise empty settlement blocks.
  var dataCapacity: Double { rollup.dataCapacity(on: scenario.settlement) }
}

extension Scenario {
  /// The rollup at a place of this scenario, as it is when the measured window begins.
  func subject(_ place: Int) -> RollupSubject {
    let begin = settlement.startsAt + warmUp.wholeSeconds
    return RollupSubject(scenario: self, rollup: rollups[place].terms(at: begin))
  }
}

extension RollupSummary {
  /// The measures of a rollup, in the order of columns.
  static let measures: [JourneyMeasure] = {
    let all: [JourneyMeasure] =
      JourneyMeasures.finality + JourneyMeasures.client + JourneyMeasures.throughput
      + JourneyMeasures.cost
      + JourneyMeasures.fees + JourneyMeasures.attacks
      + FeePolicy.measures.lifted(
        under: "fees", policy: \.rollup.fees, record: \.record.batches.posted)
      + JourneyMeasures.userFees
      + FeeRecord.measures.lifted(
        under: "fees", policy: \.rollup.fees, record: \.record.fees)
      + DataFeeRecord.measures.lifted(
        under: "data_fees", policy: \.rollup.chargedDataFees, record: \.dataFees)
      + ProfitRecord.measures.lifted(
        under: "operator", policy: \.rollup.operator, record: \.profit)
      + TokenRecord.measures.lifted(under: "token", policy: \.rollup.token, record: \.token)
      + ExecutionRecord.measures.lifted(
        under: "sequencer", policy: \.rollup.execution, record: \.execution)
      + SequencerSetRecord.measures.lifted(
        under: "sequencer", policy: \.rollup.sequencerSet, record: \.sequencerSet)
      + BatchRecord.measures.lifted(
        under: "poster", policy: \.rollup.poster, record: \.record.batches)
      + BatchRecord.differenceMeasures.lifted(
        under: "poster", policy: \.rollup.poster, record: \.record.batches)
      + PostingRecord.measures.lifted(
        under: "poster", policy: \.rollup.poster, record: \.record.posting)
      + JourneyMeasures.posting
      + ProverRecord.measures.lifted(
        under: "prover", policy: \.rollup.prover, record: \.record.prover
      ).applies(when: \.rollup.proves).map {
        // The use of shared provers is theirs.
        $0.name == "prover_utilisation" ? $0.applies(when: \.rollup.proving.isOwn) : $0
      }
      + BatchFeeRecord.measures.lifted(
        under: "prover", policy: \.rollup.batchFee, record: \.batchFees
      ).applies(when: \.rollup.sequence.isProved)
      // Whoever else posts to the settlement chain has a part in what happens there.
      + SettlementRecord.measures.lifted(
        under: "neighbours", policy: \.scenario.settlement, record: \.settlement)
      + JourneyMeasures.inclusion
      + DepositRecord.measures.lifted(
        under: "neighbours", policy: \.rollup.deposits, record: \.deposits)
      + NodePolicy.measures.lifted(under: "nodes", policy: \.rollup.nodes, record: \.record.batches)
      + MachineRecord.measures.lifted(
        under: "nodes", policy: \.rollup.machines, record: \.machines)
      + OriginRecord.measures.lifted(
        under: "origins", policy: \.rollup.origins, record: \.origins)
      + ForcedInclusionRecord.measures.lifted(
        under: "forced", policy: \.rollup.forced, record: \.forced
      ).applies(when: \.rollup.censorship.censors)
      + DataRecord.measures.lifted(under: "data", policy: \.rollup.data, record: \.data)
      + JourneyMeasures.dataLayerFee
      + ExitRecord.measures.lifted(under: "exits", policy: \.rollup.exits, record: \.exits)
      + UpgradeRecord.measures.lifted(
        under: "upgrades", policy: \.rollup.upgrades, record: \.upgrades)
      + JourneyMeasures.upgrades
      + FastExitRecord.measures.lifted(
        under: "fast_exits", policy: \.rollup.fastExits, record: \.fastExits)
      + DistributedMarketRecord.measures.lifted(
        under: "damm", policy: \.rollup.market, record: \.market)
      + CallRecord.measures.lifted(
        under: "calls", policy: \.rollup.calls, record: \.calls)
      + DisputeRecord.measures.lifted(
        under: "dispute", policy: \.rollup.disputesHappen, record: \.disputes)
      + OrderingRecord.measures.lifted(
        under: "ordering", policy: \.rollup.ordering, record: \.ordering)
    return MeasureGroup.allCases.flatMap { group in all.filter { $0.group == group } }
  }()
}
