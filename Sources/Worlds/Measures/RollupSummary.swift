import Declarations
import EventKernel
import Ledger
import Rollup
import Settlement
import Statistics

/// What is left of a world when its run has ended: enough for every measure.
struct WorldSummary {
  let scenario: Scenario
  /// Of each rollup, by its place.
  let rollups: [RollupSummary]
  /// Of each service, by its place.
  let services: [ServiceRecord]

  /// The value of each measure of its shape, in the shape's order.
  ///
  /// Each subject is looked up once: a copy of it takes longer than most measures.
  func values(of shape: WorldShape) -> [Double?] {
    let ofRollups = shape.rollups.placed.flatMap { _, place in
      RollupSummary.measures.values(of: scenario.subject(place), rollups[place])
    }
    let ofServices = shape.services.placed.flatMap { _, place in
      ServiceRecord.measures.values(of: scenario.services[place], services[place])
    }
    return ofRollups + ofServices
  }
}

/// What is left of a service when a run has ended.
struct ServiceRecord {
  let prover: ProverServiceRecord
  let sharedBlobs: SharedBlobRecord

  /// The measures of a service, in the order of columns.
  static let measures: [PartMeasure<ServiceScenario, ServiceRecord>] =
    SharedBlobRecord.measures.lifted(
      under: "poster", policy: \.sharedBlobs, record: \.sharedBlobs
    ).applies { $0.kind == .blobs }
    + ProverServiceRecord.measures.lifted(under: "prover", policy: \.policy, record: \.prover)
    .applies { $0.kind == .prover }
}

/// What is left of a rollup when a run has ended.
struct RollupSummary {
  let record: JourneyRecord
  let settlement: SettlementRecord
  let deposits: DepositRecord
  let data: DataRecord
  let exits: ExitRecord
  let disputes: DisputeRecord
  let fastExits: FastExitRecord
  let calls: CallRecord
  let market: DistributedMarketRecord
  let machines: MachineRecord
  let origins: OriginRecord
  let dataFees: DataFeeRecord
  let profit: ProfitRecord
  let token: TokenRecord
  let forced: ForcedInclusionRecord
  let upgrades: UpgradeRecord
  let execution: ExecutionRecord
  let ordering: OrderingRecord
  let sequencerSet: SequencerSetRecord
  /// How long machines of users worked before they submitted.
  let clientTimes: LatencyHistogram
  let batchFees: BatchFeeRecord
  let offered: Int
  let offeredGas: UInt64
  let dropped: Int
  let droppedGas: UInt64
  let oversized: Int
  let pricedOut: Int
  let pricedOutGas: UInt64

  /// What was spent on `purpose` per transaction [wei]; nil if nothing was measured.
  func spentPerTransaction(_ purpose: Purpose) -> Double? {
    perTransaction(record.spent[purpose.rawValue], purpose)
  }

  /// What was spent on `purpose` per transaction in fees of a kind [wei]; nil if nothing was measured.
  ///
  /// What machines cost for the purpose is no fee.
  func spentPerTransaction(_ purpose: Purpose, in kind: FeeKind) -> Double? {
    perTransaction(record.spentParts[purpose.rawValue][kind], purpose)
  }

  private func perTransaction(_ amount: Wei, _ purpose: Purpose) -> Double? {
    let transactions =
      switch purpose {
      case .state, .proof: record.claimedTransactions
      default: record.batches.posted.transactions
      }
    guard transactions > 0 else { return nil }
    return amount.asDouble / Double(transactions)
  }
}
