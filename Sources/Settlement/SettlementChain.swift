import EventKernel
import Ledger
import Randomness

/// A base chain: blocks, fee markets, other people's demand, inclusion, re-orgs and finality.
///
/// What we send is included in `submit` order; a transaction that cannot be included holds back
/// those of its sender behind it, as nonces do.
public struct SettlementChain: ~Copyable {
  /// What the scenario says about the chain.
  public let policy: SettlementPolicy
  /// What the last slot took out of the chain, in the order in which it had been included.
  public private(set) var reorganised: [SettlementReceipt] = []
  /// What the last slot included, in order of inclusion.
  public private(set) var receipts: [SettlementReceipt] = []
  /// What the last slot made safe, in order of inclusion: justified, or final where that is one.
  public private(set) var secured: [SettlementReceipt] = []
  /// What the last slot made final, in order of inclusion.
  public private(set) var finalised: [SettlementReceipt] = []
  /// What the last block used.
  public private(set) var lastBlock = BlockUse()
  /// Whether the last slot has a block.
  package private(set) var hasBlock = false

  private var markets: FeeMarkets
  private var blobFees = BlobFeeTable()
  private var replay: HistoryReplay
  /// The number of the slot that begins next.
  package private(set) var nextSlot: Int
  private var lastSlotAt: SimTime
  private(set) var pending = PendingTransactions()
  private var history: BlockHistory

  private var clock: BlockClock
  private var gasDemand: OthersDemand
  private var blobDemand: OthersDemand
  private var reorgs: Reorgs
  private var gasCompetition: GasCompetition
  private var blobCompetition: BlobCompetition
  private var bloblessStream: RandomStream
  private var censorship: Censorship
  private var outages: IncidentProcess
  private var finalityStalls: IncidentProcess
  private var gasStream: RandomStream
  private var blobStream: RandomStream
  private var blobCountStream: RandomStream
  private var missedSlotStream: RandomStream

  /// A chain before its first slot, its demand processes in their stationary state.
  ///
  /// - Parameter firstSlot: the number of the first slot, which tells where in an epoch it lies.
  public init(_ policy: SettlementPolicy, firstSlot: Int = 0, seed: UInt64, replication: UInt64) {
    func stream(_ name: String) -> RandomStream {
      RandomStream(seed: seed, replication: replication, name: "settlement.\(name)")
    }
    self.policy = policy
    markets = FeeMarkets(policy)
    replay = HistoryReplay(policy)
    nextSlot = firstSlot
    lastSlotAt = .start + policy.startOfSlots
    clock = BlockClock(policy, seed: seed, replication: replication)
    reorgs = Reorgs(policy.reorgs, seed: seed, replication: replication)
    history = BlockHistory(reorgDepth: reorgs.canHappen ? policy.reorgs.maxDepth : 0)
    censorship = Censorship(policy.censorship, seed: seed, replication: replication)
    gasCompetition = GasCompetition(policy.competition, seed: seed, replication: replication)
    blobCompetition = BlobCompetition(policy, seed: seed, replication: replication)
    bloblessStream = stream("blobless_blocks")
    outages = IncidentProcess(
      policy.outages, seed: seed, replication: replication, name: "settlement.outages")
    finalityStalls = IncidentProcess(
      policy.finalityStalls, seed: seed, replication: replication,
      name: "settlement.finality_stalls")
    gasStream = stream("demand")
    blobStream = stream("blob_demand")
    blobCountStream = stream("blob_count")
    missedSlotStream = stream("missed_slots")
    let normal = gasStream.standardNormal()
    gasDemand = OthersDemand(
      policy.demand, startsAt: policy.startsAt, name: "settlement.demand", startingAt: normal,
      seed: seed, replication: replication)
    blobDemand = OthersDemand(
      policy.blobDemand, startsAt: policy.startsAt, name: "settlement.blob_demand",
      startingAt: policy.correlatedAtStart(normal, blobStream.standardNormal()), seed: seed,
      replication: replication)
    giveFees()
  }

  /// Base fee of the next block [wei per gas].
  public var baseFee: UInt64 { markets.baseFee }

  /// Blob base fee of the next block [wei per blob gas].
  public var blobBaseFee: UInt64 { markets.blobBaseFee }

  /// Blob base fee that a block at an instant would charge [wei per blob gas].
  ///
  /// The parameters of a fork are those of the first block after it, whose excess is computed anew
  /// (EIP-7892).
  public func blobBaseFee(at instant: SimTime) -> UInt64 {
    let isGiven = policy.history.blobs.hasFee && replay.next != nil
    guard !policy.forks.scheduled.isEmpty, !isGiven else { return blobBaseFee }
    var markets = markets
    var fees = BlobFeeTable()
    markets.begin(policy.blobFee(at: instant), &fees)
    return markets.blobBaseFee
  }

  /// How far the logarithm of others' demand for gas is from its level.
  public var gasDemandDeviation: Double { gasDemand.deviation }

  /// How far the logarithm of others' demand for blobs is from its level.
  public var blobDemandDeviation: Double { blobDemand.deviation }

  /// Set when a fee left the range of 64 bits; the run cannot go on.
  public var feeOverflow: Bool { markets.overflow }

  /// Set when the history that is replayed ended and must not; the run cannot go on.
  public private(set) var historyEnded = false

  /// Blocks on the chain.
  public var height: Int { history.height }

  /// Schedules the first slot.
  public mutating func start<E: CarriesSettlementEvents>(_ scheduler: inout Scheduler<E>) {
    let wait = policy.blockProcess == .slots ? .zero : clock.interval()
    scheduler.schedule(.settlement(.slot), at: .start + policy.startOfSlots + wait)
  }

  /// Hands a transaction to the chain's public mempool.
  public mutating func submit(_ transaction: SettlementTransaction, at now: SimTime) {
    pending.add(transaction, at: now, prices)
  }

  /// Takes offers for the next block, if the next slot has one; those that it does not include are forgotten.
  public mutating func offer(_ offers: [BlockOffer]) { pending.offer(offers) }

  /// What senders see: the prices of the next block.
  private var prices: Prices { Prices(baseFee: baseFee, blobBaseFee: blobBaseFee) }

  /// Begins the next slot: finalises, and unless it is missed makes a block.
  ///
  /// Afterwards `reorganised`, `receipts`, `secured` and `finalised` tell what happened, in this order.
  ///
  /// - Returns: whether the slot has a block.
  @inlinable
  public mutating func handle<E: CarriesSettlementEvents>(
    _ event: SettlementEvent, _ scheduler: inout Scheduler<E>
  ) -> Bool {
    scheduler.schedule(.settlement(.slot), after: interval())
    return beginSlot(at: scheduler.now)
  }

  /// The time to the next slot.
  @usableFromInline
  mutating func interval() -> SimDuration { clock.interval() }

  @usableFromInline
  mutating func beginSlot(at now: SimTime) -> Bool {
    reorganised.removeAll(keepingCapacity: true)
    receipts.removeAll(keepingCapacity: true)
    secured.removeAll(keepingCapacity: true)
    finalised.removeAll(keepingCapacity: true)
    finalityStalls.advance(to: now)
    outages.advance(to: now)
    finaliseEpoch()
    let elapsed = advanceDemand(to: now)
    hasBlock = !isMissed(at: now)
    if hasBlock {
      reorganise()
      produceBlock(at: now, demandShare: clock.demandShare(in: elapsed))
      finaliseBlocks()
    }
    pending.endSlot()
    nextSlot += 1
    return hasBlock
  }

  /// Whether the slot at `now` has no block.
  private mutating func isMissed(at now: SimTime) -> Bool {
    historyEnded = historyEnded || replay.isExhausted
    if replay.tellsSlots { return !replay.hasBlock(at: now) }
    return missedSlotStream.bernoulli(policy.missedSlots) || outages.isActive
  }

  /// - Returns: the time since the last slot.
  private mutating func advanceDemand(to now: SimTime) -> SimDuration {
    // The first slot of a chain with slots counts as one that follows another.
    let since = now - lastSlotAt
    let elapsed = since > .zero ? since : policy.slot
    lastSlotAt = now
    let normal = gasStream.standardNormal()
    gasDemand.advance(by: elapsed, to: now, normal)
    blobDemand.advance(
      by: elapsed, to: now, policy.correlated(normal, blobStream.standardNormal()))
    return elapsed
  }

  // MARK: Finality

  private mutating func finaliseEpoch() {
    guard policy.finality == .epochs, !finalityStalls.isActive else { return }
    let rule = CasperFinality(
      slotsPerEpoch: policy.slotsPerEpoch, epochsToFinality: policy.epochsToFinality)
    guard let safe = rule.firstUnsafeSlot(at: nextSlot),
      let final = rule.firstUnfinalisedSlot(at: nextSlot)
    else { return }
    history.secure(before: safe) { secured.append($0) }
    history.finalise(before: final) { finalised.append($0) }
  }

  private mutating func finaliseBlocks() {
    guard policy.finality != .epochs, !finalityStalls.isActive else { return }
    let confirmations = policy.finality == .instant ? 0 : policy.confirmations
    history.secure(confirmations: confirmations) { secured.append($0) }
    history.finalise(confirmations: confirmations) { finalised.append($0) }
  }

  // MARK: Re-orgs

  /// The next block may be built on an earlier one; what then drops out waits again, in order.
  private mutating func reorganise() {
    for _ in 0..<reorgs.nextDepth() {
      let before = history.dropLast {
        // What this very slot has made safe can drop out where epochs are short.
        if secured.last == $0.receipt { secured.removeLast() }
        pending.restore($0.entry)
        reorganised.append($0.receipt)
      }
      guard let before else { break }
      markets = before
    }
    reorganised.reverse()
  }

  // MARK: Blocks

  private mutating func produceBlock(at now: SimTime, demandShare: Double) {
    let blobRule = policy.blobFee(at: now)
    history.beginBlock(markets, slot: nextSlot)
    markets.begin(blobRule, &blobFees)
    giveFees()
    let given = replay.next
    let gasLimit = given.flatMap(policy.history.gasLimit) ?? policy.gasLimit
    let givenGas = policy.history.gas.hasUse ? given?[.gasUsed] : nil
    let givenBlobs = policy.history.blobs.hasUse ? given?[.blobCount] : nil
    let isBlobless =
      givenBlobs == nil && policy.competition.blobless > 0
      && bloblessStream.bernoulli(policy.competition.blobless)
    var block = BlockSpace(
      gasLimit: gasLimit, blobLimit: isBlobless ? 0 : blobRule.limit,
      transactionBlobs: blobRule.mostPerTransaction)
    block.othersGas = drawGas(given: givenGas, demandShare)
    block.othersBlobs = drawBlobs(given: givenBlobs, demandShare, blobRule)
    lastBlock = BlockUse(
      baseFee: baseFee, blobBaseFee: blobBaseFee, blobTarget: blobRule.target, gas: 0, blobs: 0)
    include(at: now, &block)
    let othersBlobs =
      isDrawn ? blobCompetition.blobs(into: block.blobLimit - block.blobs) : block.othersBlobs
    lastBlock.gas = min(gasLimit, block.gas + UInt64(block.othersGas))
    lastBlock.blobs = min(block.blobLimit, block.blobs + othersBlobs)
    let movesFees = policy.history.ours == .added
    if policy.history.blobs.hasFee, replay.handsOver { markets.takeOverBlobFee() }
    markets.end(
      gasUsed: movesFees ? lastBlock.gas : givenGas ?? lastBlock.gas, gasLimit: gasLimit,
      blobsUsed: movesFees ? lastBlock.blobs : givenBlobs ?? lastBlock.blobs, policy.executionFee,
      &blobFees)
    replay.advance()
    giveFees()
  }

  /// Lets the next block charge what history says that it charged.
  private mutating func giveFees() {
    guard let next = replay.next else { return }
    markets.give(
      baseFee: policy.history.gas.hasFee ? next[.baseFee] : nil,
      blobBaseFee: policy.history.blobs.hasFee ? next[.blobBaseFee] : nil)
  }

  private var isDrawn: Bool { policy.competition.rule == .drawn }

  /// Gas that others want in a block.
  private mutating func drawGas(given: UInt64?, _ demandShare: Double) -> Double {
    if let given {
      if isDrawn { gasCompetition.beginBlock(used: given) }
      return Double(given)
    }
    let target = Double(policy.gasLimit / policy.executionFee.elasticity)
    let wanted = min(gasDemand.quantity(at: baseFee) * target * demandShare, 1e18)
    return isDrawn ? Double(gasCompetition.beginBlock(wanted: wanted)) : wanted
  }

  /// Blobs that others want in a block; how many of them it has room for is found later if they are whole
  /// transactions.
  private mutating func drawBlobs(
    given: UInt64?, _ demandShare: Double, _ rule: BlobFeeRule
  ) -> UInt64 {
    if let given {
      if isDrawn { blobCompetition.beginBlock(used: given, each: rule.mostPerTransaction) }
      return given
    }
    // Others want as much as before a fork: demand is stated against the first schedule.
    let wanted = min(
      blobDemand.quantity(at: blobBaseFee) * Double(policy.blobFee.target) * demandShare,
      4 * Double(rule.limit))
    guard isDrawn else { return UInt64(blobCountStream.poisson(mean: wanted)) }
    blobCompetition.beginBlock(wanted: wanted, each: rule.mostPerTransaction)
    return 0
  }

  /// Includes what fits beside the others' demand that bids more.
  private mutating func include(at now: SimTime, _ block: inout BlockSpace) {
    censorship.beginBlock()
    pending.beginBlock(at: now, prices)
    while let entry = pending.next {
      let transaction = entry.transaction
      let bid = entry.standing(at: now)
      if !censorship.leavesOut(transaction.kind), fits(transaction, bid, block) {
        pending.removeNext()
        block.add(transaction)
        let receipt = SettlementReceipt(of: entry, bid, in: lastBlock, ofSlot: nextSlot, at: now)
        receipts.append(receipt)
        history.include(entry, receipt)
      } else {
        pending.holdBackNext()
      }
    }
  }

  /// Whether the block has room for a transaction at its price.
  ///
  /// Others whose tip is higher come first; their tips are exponentially distributed. Those who are drawn
  /// leave no room but what is left between whole transactions.
  private mutating func fits(
    _ transaction: SettlementTransaction, _ bid: Bid.Standing, _ block: BlockSpace
  ) -> Bool {
    guard bid.feeCap >= baseFee, transaction.gas <= policy.transactionGasLimit else { return false }
    let tip = min(bid.tip, bid.feeCap - baseFee)
    let rank = gasDemand.shareBidding(above: tip)
    let gasAhead = isDrawn ? Double(gasCompetition.gas(before: rank)) : block.othersGas * rank
    let gas = block.gas + transaction.gas + pending.gasOffered(tippingAbove: tip)
    guard Double(gas) + gasAhead <= Double(block.gasLimit) else {
      return false
    }
    guard transaction.blobs > 0 else { return true }
    guard bid.blobFeeCap >= blobBaseFee, transaction.blobs <= block.transactionBlobs else {
      return false
    }
    if isDrawn {
      let ahead = blobCompetition.blobs(bidding: tip, into: block.blobLimit - block.blobs)
      return block.blobs + ahead + transaction.blobs <= block.blobLimit
    }
    let blobsAhead = Double(block.othersBlobs) * blobDemand.shareBidding(above: tip)
    return Double(block.blobs + transaction.blobs) + blobsAhead.rounded()
      <= Double(block.blobLimit)
  }
}

extension SettlementChain: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> SettlementChain {
    SettlementChain(copying: self, draws)
  }

  private init(copying other: borrowing SettlementChain, _ draws: Draws) {
    policy = other.policy
    reorganised = other.reorganised
    receipts = other.receipts
    secured = other.secured
    finalised = other.finalised
    lastBlock = other.lastBlock
    hasBlock = other.hasBlock
    markets = other.markets
    blobFees = other.blobFees
    replay = other.replay
    historyEnded = other.historyEnded
    nextSlot = other.nextSlot
    lastSlotAt = other.lastSlotAt
    pending = other.pending
    history = other.history
    clock = other.clock.copy(drawing: draws)
    gasDemand = other.gasDemand.copy(drawing: draws)
    blobDemand = other.blobDemand.copy(drawing: draws)
    reorgs = other.reorgs.copy(drawing: draws)
    gasCompetition = other.gasCompetition.copy(drawing: draws)
    blobCompetition = other.blobCompetition.copy(drawing: draws)
    bloblessStream = other.bloblessStream.copy(drawing: draws)
    censorship = other.censorship.copy(drawing: draws)
    outages = other.outages.copy(drawing: draws)
    finalityStalls = other.finalityStalls.copy(drawing: draws)
    gasStream = other.gasStream.copy(drawing: draws)
    blobStream = other.blobStream.copy(drawing: draws)
    blobCountStream = other.blobCountStream.copy(drawing: draws)
    missedSlotStream = other.missedSlotStream.copy(drawing: draws)
  }
}
