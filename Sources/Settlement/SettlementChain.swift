import EventKernel
import Ledger
import Randomness

/// What the settlement chain schedules for itself.
public enum SettlementEvent: BitwiseCopyable, Sendable {
  /// A slot begins.
  case slot
}

/// An event type that can carry the settlement chain's events.
public protocol CarriesSettlementEvents: SimulationEvent {
  /// Wraps an event of the settlement chain.
  static func settlement(_ event: SettlementEvent) -> Self
}

/// A base chain: slots, fee markets, other people's demand, inclusion and finality.
///
/// What we send is included in `submit` order; a transaction that cannot be included holds back
/// those of its sender behind it, as nonces do.
public struct SettlementChain: ~Copyable {
  /// What the scenario says about the chain.
  public let policy: SettlementPolicy
  /// Base fee of the next block [wei per gas].
  public private(set) var baseFee: UInt64
  /// Blob base fee of the next block [wei per blob gas].
  public private(set) var blobBaseFee: UInt64
  /// What the last slot included, in order of inclusion.
  public private(set) var receipts: [SettlementReceipt] = []
  /// What the last slot made final, in order of inclusion.
  public private(set) var finalised: [SettlementTransaction] = []
  /// Set when a fee left the range of 64 bits; the run cannot go on.
  public private(set) var feeOverflow = false

  private var excessBlobGas: UInt64
  private var nextSlot: Int
  private var pending = PendingTransactions()
  private var awaitingFinality = FIFOQueue<(slot: Int, transaction: SettlementTransaction)>()
  private let finality: CasperFinality

  private var gasDemand: OthersDemand
  private var blobDemand: OthersDemand
  private var gasStream: RandomStream
  private var blobStream: RandomStream
  private var blobCountStream: RandomStream
  private var missedSlotStream: RandomStream

  /// A chain before its first slot, its demand processes in their stationary state.
  ///
  /// - Parameter firstSlot: the number of the first slot, which tells where in an epoch it lies.
  public init(_ policy: SettlementPolicy, firstSlot: Int = 0, seed: UInt64, replication: UInt64) {
    self.policy = policy
    nextSlot = firstSlot
    gasStream = RandomStream(seed: seed, replication: replication, name: "settlement.demand")
    blobStream = RandomStream(seed: seed, replication: replication, name: "settlement.blob_demand")
    blobCountStream = RandomStream(
      seed: seed, replication: replication, name: "settlement.blob_count")
    missedSlotStream = RandomStream(
      seed: seed, replication: replication, name: "settlement.missed_slots")
    gasDemand = OthersDemand(policy.demand, slot: policy.slot, stream: &gasStream)
    blobDemand = OthersDemand(policy.blobDemand, slot: policy.slot, stream: &blobStream)
    baseFee = policy.initialBaseFee
    excessBlobGas = policy.blobFee.excess(reaching: policy.initialBlobBaseFee)
    let blobFee = policy.blobFee.baseFee(excess: excessBlobGas)
    blobBaseFee = blobFee ?? .max
    feeOverflow = blobFee == nil
    finality = CasperFinality(
      slotsPerEpoch: policy.slotsPerEpoch, epochsToFinality: policy.epochsToFinality)
  }

  /// Schedules the first slot.
  public func start<E: CarriesSettlementEvents>(_ scheduler: inout Scheduler<E>) {
    scheduler.schedule(.settlement(.slot), at: .start + policy.firstSlot)
  }

  /// Hands a transaction to the chain's public mempool.
  public mutating func submit(_ transaction: SettlementTransaction) { pending.add(transaction) }

  /// How many of our transactions wait for inclusion.
  public var pendingCount: Int { pending.count }

  /// Begins the next slot: finalises, and unless it is missed makes a block.
  ///
  /// Afterwards `receipts` and `finalised` tell what happened.
  ///
  /// - Returns: whether the slot has a block.
  public mutating func handle<E: CarriesSettlementEvents>(
    _ event: SettlementEvent, _ scheduler: inout Scheduler<E>
  ) -> Bool {
    scheduler.schedule(.settlement(.slot), after: policy.slot)
    receipts.removeAll(keepingCapacity: true)
    finalise(at: nextSlot)
    gasDemand.advance(&gasStream)
    blobDemand.advance(&blobStream)
    let isMissed = missedSlotStream.bernoulli(policy.missedSlots)
    if !isMissed { produceBlock() }
    nextSlot += 1
    return !isMissed
  }

  private mutating func finalise(at slot: Int) {
    finalised.removeAll(keepingCapacity: true)
    guard let firstUnfinalised = finality.firstUnfinalisedSlot(at: slot) else { return }
    while let head = awaitingFinality.head, head.slot < firstUnfinalised {
      finalised.append(head.transaction)
      awaitingFinality.removeFirst()
    }
  }

  private mutating func produceBlock() {
    let othersGas = min(
      gasDemand.quantity(at: baseFee)
        * Double(policy.gasLimit / policy.executionFee.elasticity), 1e18)
    let othersBlobs = blobCountStream.poisson(
      mean: min(
        blobDemand.quantity(at: blobBaseFee) * Double(policy.blobFee.target),
        4 * Double(policy.blobFee.limit)))
    let ours = include(againstGas: othersGas, blobs: Double(othersBlobs))
    let gasUsed = min(policy.gasLimit, ours.gas + UInt64(othersGas))
    let blobsUsed = min(policy.blobFee.limit, ours.blobs + UInt64(othersBlobs))
    advanceFees(gasUsed: gasUsed, blobsUsed: blobsUsed)
  }

  /// Includes what fits beside the others' demand that bids more.
  private mutating func include(
    againstGas othersGas: Double, blobs othersBlobs: Double
  ) -> (gas: UInt64, blobs: UInt64) {
    var used = (gas: UInt64(0), blobs: UInt64(0))
    pending.beginBlock()
    while let transaction = pending.next {
      if fits(transaction, beside: used, othersGas: othersGas, othersBlobs: othersBlobs) {
        pending.removeNext()
        used.gas += transaction.gas
        used.blobs += transaction.blobs
        receipts.append(receipt(for: transaction))
        awaitingFinality.append((slot: nextSlot, transaction: transaction))
      } else {
        pending.holdBackNext()
      }
    }
    return used
  }

  /// Whether the block has room for a transaction at its price.
  ///
  /// Others whose tip is higher come first; their tips are exponentially distributed.
  private func fits(
    _ transaction: SettlementTransaction, beside used: (gas: UInt64, blobs: UInt64),
    othersGas: Double, othersBlobs: Double
  ) -> Bool {
    let bid = transaction.bid
    guard bid.feeCap >= baseFee, transaction.gas <= policy.transactionGasLimit else { return false }
    let tip = min(bid.tip, bid.feeCap - baseFee)
    let gasAhead = othersGas * gasDemand.shareBidding(above: tip)
    guard Double(used.gas + transaction.gas) + gasAhead <= Double(policy.gasLimit) else {
      return false
    }
    guard transaction.blobs > 0 else { return true }
    guard bid.blobFeeCap >= blobBaseFee else { return false }
    let blobsAhead = othersBlobs * blobDemand.shareBidding(above: tip)
    return Double(used.blobs + transaction.blobs) + blobsAhead.rounded()
      <= Double(policy.blobFee.limit)
  }

  private func receipt(for transaction: SettlementTransaction) -> SettlementReceipt {
    let tip = min(transaction.bid.tip, transaction.bid.feeCap - baseFee)
    let blobGas = transaction.blobs * BlobFeeRule.gasPerBlob
    return SettlementReceipt(
      transaction: transaction, slot: nextSlot,
      burned: Wei(gas: transaction.gas, price: baseFee),
      blobBurned: Wei(gas: blobGas, price: blobBaseFee),
      tip: Wei(gas: transaction.gas, price: tip),
      effectiveGasPrice: baseFee + tip, blobGasPrice: blobBaseFee)
  }

  private mutating func advanceFees(gasUsed: UInt64, blobsUsed: UInt64) {
    excessBlobGas = policy.blobFee.nextExcess(
      after: excessBlobGas, blobs: blobsUsed, baseFee: baseFee)
    guard
      let nextBaseFee = policy.executionFee.nextBaseFee(
        after: baseFee, gasUsed: gasUsed, gasLimit: policy.gasLimit),
      let nextBlobBaseFee = policy.blobFee.baseFee(excess: excessBlobGas)
    else {
      feeOverflow = true
      return
    }
    baseFee = nextBaseFee
    blobBaseFee = nextBlobBaseFee
  }
}
