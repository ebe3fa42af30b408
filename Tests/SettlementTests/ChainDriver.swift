import EventKernel
import Ledger
import Randomness
import Settlement

/// The smallest world around a settlement chain: it submits what it is told and notes what happens.
struct ChainDriver: EventHandling, ~Copyable {
  enum Event: CarriesSettlementEvents {
    case settlement(SettlementEvent)
    case submit(Int)

    var phase: UInt8 {
      switch self {
      case .submit: 0
      case .settlement: 1
      }
    }

    var code: UInt64 {
      switch self {
      case .submit(let index): UInt64(index) << 1
      case .settlement: 1
      }
    }
  }

  /// What the chain did at one slot, and the fees that held there.
  struct Slot {
    let time: SimTime
    let hasBlock: Bool
    let baseFee: UInt64
    let blobBaseFee: UInt64
    /// The blob base fee that the chain said, before the slot, that a block at this instant charges.
    let announcedBlobFee: UInt64
    /// What the last block used: this slot's, if it has one.
    let block: BlockUse
    /// How many transactions wait after the slot.
    let pending: Int
    let receipts: [SettlementReceipt]
    let reorganised: [SettlementReceipt]
    let secured: [SettlementReceipt]
    let finalised: [SettlementReceipt]
  }

  private(set) var chain: SettlementChain
  /// What is submitted, by index.
  let transactions: [SettlementTransaction]
  private(set) var slots: [Slot] = []

  init(_ policy: SettlementPolicy, seed: UInt64 = 1, transactions: [SettlementTransaction] = []) {
    chain = SettlementChain(policy, seed: seed, replication: 0)
    self.transactions = transactions
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .submit(let index):
      chain.submit(transactions[index], at: scheduler.now)
    case .settlement(let event):
      let fees = (chain.baseFee, chain.blobBaseFee, chain.blobBaseFee(at: scheduler.now))
      let hasBlock = chain.handle(event, &scheduler)
      slots.append(
        Slot(
          time: scheduler.now, hasBlock: hasBlock, baseFee: fees.0, blobBaseFee: fees.1,
          announcedBlobFee: fees.2, block: chain.lastBlock, pending: chain.pendingCount,
          receipts: chain.receipts, reorganised: chain.reorganised,
          secured: chain.secured, finalised: chain.finalised))
    }
  }

  /// Runs `slots` slots, with `transactions[i]` submitted at `times[i]`.
  ///
  /// - Parameter untilIncluded: whether to end with the first block that has one of them.
  static func run(
    _ policy: SettlementPolicy, slots: Int, seed: UInt64 = 1,
    submitting transactions: [SettlementTransaction] = [], at times: [SimTime] = [],
    untilIncluded: Bool = false
  ) -> Simulation<ChainDriver> {
    var simulation = Simulation(ChainDriver(policy, seed: seed, transactions: transactions))
    simulation.model.chain.start(&simulation.scheduler)
    for (index, time) in times.enumerated() {
      simulation.scheduler.schedule(.submit(index), at: time)
    }
    simulation.run(through: .distantFuture) {
      $0.slots.count == slots || untilIncluded && $0.slots.last?.receipts.isEmpty == false
    }
    return simulation
  }
}

extension SettlementPolicy {
  /// Ethereum at Pectra, with nobody else on it unless `load` says so, as a share of the target.
  static func ethereum(
    missedSlots: Double = 0, load: Double = 0, volatility: Double = 0, elasticity: Double = 0,
    meanTip: UInt64 = 0, initialBaseFee: UInt64 = 1_000_000_000
  ) -> SettlementPolicy {
    let demand = OthersDemand.Policy(
      level: load, volatility: volatility, reversion: .seconds(600), elasticity: elasticity,
      referenceFee: 1_000_000_000, meanTip: meanTip)
    return SettlementPolicy(
      slot: .seconds(12), firstSlot: .seconds(12), missedSlots: missedSlots, slotsPerEpoch: 32,
      epochsToFinality: 3, gasLimit: 36_000_000, transactionGasLimit: 16_777_216,
      executionFee: .ethereum, calldata: CalldataRule(hasFloor: true),
      initialBaseFee: initialBaseFee,
      blobFee: BlobFeeRule(
        target: 6, limit: 9, updateFraction: 5_007_716, hasReservePrice: false),
      initialBlobBaseFee: 1, demand: demand, blobDemand: demand)
  }
}

extension SettlementTransaction {
  /// A transaction that pays any price unless told otherwise.
  static func sample(
    _ kind: Kind = .data, _ reference: Int = 0, gas: UInt64 = 21_000, blobs: UInt64 = 0,
    feeCap: UInt64 = 1 << 50, tip: UInt64 = 0, blobFeeCap: UInt64 = .max,
    maxPending: Int = 1_000_000
  ) -> SettlementTransaction {
    var bid = Bid(feeCap: feeCap, tip: tip, blobFeeCap: blobFeeCap)
    bid.maxPending = maxPending
    // Each light rollup is one of its own; the whole one comes first.
    let rollup = kind == .neighbourData ? RollupID(1 + reference) : .first
    return SettlementTransaction(
      kind: kind, of: rollup, reference: reference, gas: gas, blobs: blobs, bid: bid)
  }
}

extension ChainDriver: Splittable {
  func copy(drawing draws: Draws) -> ChainDriver { ChainDriver(copying: self, draws) }

  private init(copying other: borrowing ChainDriver, _ draws: Draws) {
    chain = other.chain.copy(drawing: draws)
    transactions = other.transactions
    slots = other.slots
  }
}
