import EventKernel
import Ledger
import Rollup
import Settlement

/// One rollup on its settlement chain: the whole journey of a transaction, in the order in which it
/// happens.
///
/// Parts return decisions and know nothing of each other; here a block becomes part of a batch, a
/// batch a settlement transaction, a proof or an assertion a claim, and a claim a withdrawal.
public struct RollupWorld: EventHandling, ~Copyable {
  let scenario: Scenario
  /// The submission instants of the transactions that count in measures.
  let measured: Range<SimTime>
  private let phases: StartPhases
  var workload: Workload
  var sequencer: Sequencer
  var poster: BatchPoster
  var prover: Prover
  var proposer: StateProposer
  var bridge: Bridge
  var settlement: SettlementChain

  /// Batches that are not yet both settled and claimed, numbered in order of closing.
  var batches = FIFOQueue<BatchProgress>()
  /// Claims that are not final, numbered in order of submission.
  var claims = FIFOQueue<ClaimProgress>()
  /// Batches that one proof covers and whose data is not yet on the settlement chain.
  var provedRanges = FIFOQueue<Range<Int>>()
  /// Batches before this one are on the settlement chain.
  var firstNotIncluded = 0
  /// Whether transactions have ceased to come, because none can matter to a measured one.
  var workloadHasEnded = false
  /// What measures are made of.
  var record = RunRecord()
  /// Who paid whom for what.
  var ledger = Ledger()

  /// Builds the world of one replication.
  public init(_ valid: ValidScenario, seed: UInt64, replication: UInt64) {
    scenario = valid.scenario
    phases = StartPhases(scenario, seed: seed, replication: replication)
    measured = .start + scenario.warmUp ..< .start + scenario.horizon
    workload = Workload(
      scenario.workload, measured: measured,
      needsProverWork: scenario.family == .validity, seed: seed, replication: replication)
    sequencer = Sequencer(scenario.sequencer)
    poster = BatchPoster(scenario.poster, firstBatch: phases.firstBatch)
    prover = Prover(scenario.prover, seed: seed, replication: replication)
    proposer = StateProposer(scenario.proposer)
    bridge = Bridge(delay: scenario.claimDelay)
    settlement = SettlementChain(
      scenario.settlement, firstSlot: phases.slot, seed: seed, replication: replication)
  }

  /// Schedules what every part does first.
  public mutating func start(_ scheduler: inout Scheduler<RollupEvent>) {
    scheduler.schedule(.measurement(.begins), at: measured.lowerBound)
    scheduler.schedule(.measurement(.ends), at: measured.upperBound)
    settlement.start(&scheduler)
    sequencer.start(workload, &scheduler)
    if scenario.family == .optimistic { proposer.start(after: phases.claim, &scheduler) }
  }

  /// Applies one event.
  public mutating func handle(_ event: RollupEvent, _ scheduler: inout Scheduler<RollupEvent>) {
    switch event {
    case .sequencer(let event):
      guard needsTransactions(at: scheduler.now) else {
        workloadHasEnded = true
        return
      }
      let block = sequencer.handle(event, &workload, &scheduler)
      if !block.isEmpty { confirm(block, &scheduler) }
    case .batchPoster(let event):
      if let batch = poster.handle(event, at: scheduler.now) { post(batch, &scheduler) }
    case .settlement(let event):
      record.slotBegins(settlement)
      let hasBlock = settlement.handle(event, &scheduler)
      for transaction in settlement.finalised { settle(transaction, at: scheduler.now) }
      for receipt in settlement.receipts { include(receipt, &scheduler) }
      record.slotEnds(hasBlock: hasBlock)
    case .prover(let event):
      let decision = prover.handle(event, &scheduler)
      record.proverStarted(after: prover.startedAfter, busy: prover.busy, at: scheduler.now)
      apply(decision)
    case .stateProposer(let event):
      let included = proposer.handle(event, firstNotIncluded: firstNotIncluded, &scheduler)
      if let included { claim(included, as: .stateClaim, gas: scenario.proposer.claimGas) }
    case .bridge(.matured(let claim)):
      mature(Int(claim), at: scheduler.now)
    case .measurement(let event):
      record.measurement(event, at: scheduler.now)
    }
  }

  // MARK: Block → batch

  private mutating func confirm(_ block: SealedBlock, _ scheduler: inout Scheduler<RollupEvent>) {
    record.pass(.soft, block, at: scheduler.now)
    record.inFlight.add(block.submissions.count, at: scheduler.now.nanoseconds)
    collectFees(of: block)
    if poster.isFull(for: block) { post(poster.close(at: scheduler.now), &scheduler) }
    poster.append(block, &scheduler)
    if poster.isFull { post(poster.close(at: scheduler.now), &scheduler) }
  }

  private mutating func collectFees(of block: SealedBlock) {
    ledger.debit(.users, Wei(gas: block.gas, price: scenario.layer2GasPrice), for: .layer2Fees)
    block.transactions.forEachClass {
      let fee = Wei(gas: $0.gas, price: scenario.layer2GasPrice)
      ledger.credit(.rollupOperator, fee, for: .layer2Fees)
    }
  }

  // MARK: Batch → settlement transactions

  private mutating func post(_ batch: Batch, _ scheduler: inout Scheduler<RollupEvent>) {
    let bytes = scenario.poster.publishedBytes(rawBytes: batch.rawBytes)
    let parts = scenario.poster.parts(of: bytes)
    let number = batches.append(BatchProgress(batch))
    record.pass(.posted, batch, at: scheduler.now)
    record.posted(
      batch, bytes: bytes, blobs: parts.reduce(0) { $0 + $1.blobs },
      feePaid: Wei(gas: batch.gas, price: scenario.layer2GasPrice))
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      settlement.submit(
        SettlementTransaction(
          kind: isLast ? .data : .dataPart, reference: number,
          gas: scenario.dataGas(calldataBytes: part.calldata),
          blobs: part.blobs, bid: scenario.bid))
    }
    if scenario.family == .validity, scenario.prover.startsAt == .closed {
      prover.accept(work: batch.transactions.all.proverWork, &scheduler)
    }
  }

  // MARK: Settlement blocks

  private mutating func include(
    _ receipt: SettlementReceipt, _ scheduler: inout Scheduler<RollupEvent>
  ) {
    let reference = receipt.transaction.reference
    pay(receipt)
    switch receipt.transaction.kind {
    case .dataPart: break
    case .data:
      let batch = batches[reference].batch
      firstNotIncluded = reference + 1
      record.pass(.included, batch, at: scheduler.now)
      if scenario.family == .validity, scenario.prover.startsAt == .included {
        prover.accept(work: batch.transactions.all.proverWork, &scheduler)
      }
      claimProvedBatches()
    case .stateClaim, .proof:
      let claim = claims[reference]
      record.pass(.proven, claim, at: scheduler.now)
      record.inclusion(of: receipt.transaction.kind, claim: claim, at: scheduler.now)
      bridge.claimIncluded(reference, &scheduler)
    }
  }

  private mutating func settle(_ transaction: SettlementTransaction, at instant: SimTime) {
    switch transaction.kind {
    case .dataPart: break
    case .data:
      let batch = batches[transaction.reference].batch
      record.pass(.settled, batch, at: instant)
      batches[transaction.reference].isSettled = true
      forgetFinishedBatches()
    case .stateClaim, .proof:
      claims[transaction.reference].isSettled = true
      finaliseIfDone(transaction.reference, at: instant)
    }
  }

  private mutating func forgetFinishedBatches() {
    while let head = batches.head, head.isSettled, head.isClaimed { batches.removeFirst() }
  }

  // MARK: Proofs and assertions → claims

  private mutating func apply(_ decision: ProverDecision) {
    switch decision {
    case .none: break
    case .proofMade(let batch, let machineTime):
      payProver(machineTime, isMeasured: batches[batch].batch.profile.count > 0)
    case .claimReady(let range):
      provedRanges.append(range)
      claimProvedBatches()
    }
  }

  /// A proof is verified against data on the settlement chain, so it waits for that.
  private mutating func claimProvedBatches() {
    while let range = provedRanges.head, range.upperBound <= firstNotIncluded {
      provedRanges.removeFirst()
      claim(range, as: .proof, gas: scenario.prover.verificationGas)
    }
  }

  private mutating func claim(
    _ range: Range<Int>, as kind: SettlementTransaction.Kind, gas: UInt64
  ) {
    // An assertion that comes when neither transactions nor batches come any more is cut short.
    let isWhole =
      kind == .proof || !workloadHasEnded || firstNotIncluded < batches.indices.upperBound
    var claim = ClaimProgress(batches: range, isWhole: isWhole)
    for number in range {
      claim.add(batches[number].batch)
      batches[number].isClaimed = true
    }
    forgetFinishedBatches()
    record.claimed(claim)
    let number = claims.append(claim)
    settlement.submit(
      SettlementTransaction(
        kind: kind, reference: number, gas: gas, blobs: 0, bid: scenario.bid))
  }

  // MARK: Claims → withdrawals

  private mutating func mature(_ number: Int, at instant: SimTime) {
    let claim = claims[number]
    record.pass(.withdrawable, claim, at: instant)
    claims[number].isMatured = true
    finaliseIfDone(number, at: instant)
  }

  /// A claim is final once it can be neither disputed nor re-organised away.
  private mutating func finaliseIfDone(_ number: Int, at instant: SimTime) {
    let claim = claims[number]
    guard claim.isSettled, claim.isMatured else { return }
    record.pass(.final, claim, at: instant)
    record.inFlight.add(-claim.profile.count, at: instant.nanoseconds)
    record.finalTransactions += claim.transactionCount
    claims[number].isFinal = true
    while let head = claims.head, head.isFinal { claims.removeFirst() }
  }

  // MARK: Money

  private mutating func pay(_ receipt: SettlementReceipt) {
    let purpose: Purpose
    var isMeasured = true
    switch receipt.transaction.kind {
    case .dataPart, .data:
      purpose = .data
      isMeasured = batches[receipt.transaction.reference].batch.profile.count > 0
    case .stateClaim:
      purpose = .state
      isMeasured = claims[receipt.transaction.reference].profile.count > 0
    case .proof:
      purpose = .proof
      isMeasured = claims[receipt.transaction.reference].profile.count > 0
    }
    ledger.debit(.rollupOperator, receipt.charged, for: purpose)
    ledger.credit(.burnedBaseFees, receipt.burned, for: purpose)
    ledger.credit(.burnedBlobFees, receipt.blobBurned, for: purpose)
    ledger.credit(.slotProposers, receipt.tip, for: purpose)
    if isMeasured { record.spent[purpose.rawValue] += receipt.charged }
  }

  private mutating func payProver(_ machineTime: SimDuration, isMeasured: Bool) {
    let rent = scenario.proverRent(machineTime)
    ledger.debit(.rollupOperator, rent, for: .prover)
    ledger.credit(.machineOwners, rent, for: .prover)
    if isMeasured { record.spent[Purpose.prover.rawValue] += rent }
  }
}
