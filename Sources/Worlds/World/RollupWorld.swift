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
  var neighbours: NeighbourRollups
  /// What users move from the settlement chain.
  var deposits: Deposits
  var settlement: SettlementChain

  /// Batches that are not yet both settled and claimed, numbered in order of closing.
  var batches = FIFOQueue<BatchProgress>()
  /// Claims that are not final, numbered in order of submission.
  var claims = FIFOQueue<ClaimProgress>()
  /// Batches that one proof covers and whose data is not yet on the settlement chain.
  var provedRanges = FIFOQueue<Range<Int>>()
  /// Batches before this one are on the settlement chain.
  var firstNotIncluded = 0
  /// Batches before this one were given to a prover that waits for their inclusion.
  private var firstNotProving = 0
  /// Whether transactions have ceased to come, because none can matter to a measured one.
  var workloadHasEnded = false
  /// What measures are made of.
  var record = RunRecord()
  /// Who paid whom for what.
  var ledger = Ledger()

  /// Builds the world of one replication.
  ///
  /// - Parameter feeGrid: how often to note the fees of the settlement chain; nil for not at all.
  public init(
    _ valid: ValidScenario, seed: UInt64, replication: UInt64, feeGrid: SimDuration? = nil
  ) {
    scenario = valid.scenario
    phases = StartPhases(scenario, seed: seed, replication: replication)
    measured = .start + scenario.warmUp ..< .start + scenario.horizon
    workload = Workload(
      scenario.workload, measured: measured,
      needsProverWork: scenario.family == .validity, seed: seed, replication: replication)
    sequencer = Sequencer(
      scenario.sequencer, transactionBytesLimit: scenario.poster.rawBytesLimit)
    poster = BatchPoster(scenario.poster, firstBatch: phases.firstBatch)
    prover = Prover(scenario.prover, seed: seed, replication: replication)
    proposer = StateProposer(scenario.proposer)
    bridge = Bridge(delay: scenario.claimDelay)
    neighbours = NeighbourRollups(
      scenario.neighbours.all, bytesPerBlob: scenario.poster.bytesPerBlob, seed: seed,
      replication: replication)
    deposits = Deposits(
      scenario.deposits, until: measured.upperBound, seed: seed, replication: replication)
    settlement = SettlementChain(
      scenario.settlement, firstSlot: phases.slot, seed: seed, replication: replication)
    record.feePath = feeGrid.map { FeePath(every: $0, through: .start + valid.scenario.horizon) }
  }

  /// Schedules what every part does first.
  public mutating func start(_ scheduler: inout Scheduler<RollupEvent>) {
    scheduler.schedule(.measurement(.begins), at: measured.lowerBound)
    scheduler.schedule(.measurement(.ends), at: measured.upperBound)
    settlement.start(&scheduler)
    neighbours.start(&scheduler)
    deposits.start(&scheduler)
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
    case .neighbour(let event):
      let post = neighbours.handle(event, blobBaseFee: settlement.blobBaseFee, &scheduler)
      if let post { submit(post, at: scheduler.now) }
    case .deposit(let event):
      submit(deposit: deposits.handle(event, &scheduler), at: scheduler.now)
    case .settlement(let event):
      record.feePath?.sample(settlement, at: scheduler.now)
      let hasBlock = settlement.handle(event, &scheduler)
      for receipt in settlement.reorganised { reorganise(receipt) }
      for receipt in settlement.receipts { include(receipt, &scheduler) }
      for receipt in settlement.finalised { settle(receipt, at: scheduler.now) }
      creditDeposits(at: scheduler.now)
      record.slot(hasBlock: hasBlock, settlement)
    case .prover(let event):
      let decision = prover.handle(event, &scheduler)
      record.provers(busy: prover.busy, at: scheduler.now)
      for start in prover.started {
        record.proofBegan(after: start.queueTime, isMeasured: isMeasured(start.batch))
      }
      apply(decision, at: scheduler.now)
    case .stateProposer(let event):
      let included = proposer.handle(event, firstNotIncluded: firstNotIncluded, &scheduler)
      if let included {
        claim(included, as: .stateClaim, gas: scenario.proposer.claimGas, at: scheduler.now)
      }
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
          blobs: part.blobs, bid: scenario.bid), at: scheduler.now)
    }
    if scenario.family == .validity, scenario.prover.startsAt == .closed {
      prover.accept(work: batch.transactions.all.proverWork, &scheduler)
    }
  }

  // MARK: Neighbours → settlement transactions

  private mutating func submit(_ post: NeighbourPost, at now: SimTime) {
    let policy = neighbours.policy(of: post.rollup)
    let bid = Bid(feeCap: policy.feeCap, tip: policy.tip, blobFeeCap: policy.blobFeeCap)
    for blobs in post.blobs {
      settlement.submit(
        SettlementTransaction(
          kind: .neighbourData, reference: post.rollup, gas: scenario.dataGas(calldataBytes: 0),
          blobs: blobs, bid: bid), at: now)
    }
  }

  // MARK: Deposits

  private mutating func submit(deposit: Int, at now: SimTime) {
    let policy = scenario.deposits
    let bid = Bid(feeCap: policy.feeCap, tip: policy.tip, blobFeeCap: 0)
    settlement.submit(
      SettlementTransaction(
        kind: .deposit, reference: deposit, gas: policy.gas, blobs: 0, bid: bid),
      at: now)
  }

  private mutating func creditDeposits(at now: SimTime) {
    deposits.credit(at: settlement.height, now)
    deposits.forgetDone { submittedAt, creditedAt in
      guard measured.contains(submittedAt) else { return }
      record.deposits.record((creditedAt - submittedAt).nanoseconds)
    }
  }

  // MARK: Settlement blocks

  private mutating func include(
    _ receipt: SettlementReceipt, _ scheduler: inout Scheduler<RollupEvent>
  ) {
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart, .neighbourData: break
    case .deposit: deposits.include(reference, at: settlement.height)
    case .data:
      batches[reference].includedAt = scheduler.now
      firstNotIncluded = reference + 1
      if scenario.family == .validity, scenario.prover.startsAt == .included,
        reference == firstNotProving
      {
        firstNotProving += 1
        prover.accept(work: batches[reference].batch.transactions.all.proverWork, &scheduler)
      }
      claimProvedBatches(at: scheduler.now)
    case .stateClaim, .proof:
      claims[reference].waiting -= 1
      // After a re-org a claim can come into a block twice, or before the data that it is about.
      guard claims[reference].includedAt == nil else { return }
      guard claims[reference].batches.upperBound <= firstNotIncluded else {
        // One that reverted and fell out of the chain waits as well as what was sent in its place.
        if claims[reference].waiting == 0 { submit(receipt.transaction, at: scheduler.now) }
        return
      }
      claims[reference].includedAt = scheduler.now
      bridge.claimIncluded(reference, &scheduler)
    }
  }

  /// Takes back what stood in a block that a re-org dropped; the chain includes it anew.
  private mutating func reorganise(_ receipt: SettlementReceipt) {
    let reference = receipt.transaction.reference
    record.reorganised += 1
    switch receipt.transaction.kind {
    case .dataPart, .neighbourData: break
    case .deposit: deposits.drop(reference)
    case .data:
      batches[reference].includedAt = nil
      firstNotIncluded = min(firstNotIncluded, reference)
    case .stateClaim, .proof:
      claims[reference].waiting += 1
      guard hasEffect(receipt) else { return }
      claims[reference].includedAt = nil
      claims[reference].maturedAt = nil
    }
  }

  /// Whether the receipt of a claim is the one that counts: others reverted.
  func hasEffect(_ receipt: SettlementReceipt) -> Bool {
    claims[receipt.transaction.reference].includedAt == receipt.includedAt
  }

  /// What stood in a block is certain once the block is final: only now is it measured and paid.
  private mutating func settle(_ receipt: SettlementReceipt, at instant: SimTime) {
    pay(receipt)
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart: break
    case .neighbourData: record.neighbours.settle(receipt)
    case .deposit: deposits.settle(reference)
    case .data:
      let batch = batches[reference].batch
      record.pass(.included, batch, at: receipt.includedAt)
      record.pass(.settled, batch, at: instant)
      batches[reference].isSettled = true
      forgetFinishedBatches()
    case .stateClaim, .proof:
      claims[reference].open -= 1
      guard hasEffect(receipt), !claims[reference].isSettled else { return forgetFinishedClaims() }
      claims[reference].isSettled = true
      record.inclusion(
        of: receipt.transaction.kind, claim: claims[reference], at: receipt.includedAt)
      finaliseIfDone(reference, at: instant)
    }
  }

  private mutating func forgetFinishedBatches() {
    while let head = batches.head, head.isSettled, head.isClaimed { batches.removeFirst() }
  }

  // MARK: Proofs and assertions → claims

  private mutating func apply(_ decision: ProverDecision, at now: SimTime) {
    switch decision {
    case .none: break
    case .proofMade(let batch, let machineTime):
      if isMeasured(batch) { record.proofMade(in: machineTime) }
      payProver(machineTime, isMeasured: isMeasured(batch))
    case .claimReady(let range):
      provedRanges.append(range)
      claimProvedBatches(at: now)
    }
  }

  /// Whether a batch has transactions that count in measures.
  func isMeasured(_ batch: Int) -> Bool { batches[batch].batch.profile.count > 0 }

  /// A proof is verified against data on the settlement chain, so it waits for that.
  private mutating func claimProvedBatches(at now: SimTime) {
    while let range = provedRanges.head, range.upperBound <= firstNotIncluded {
      provedRanges.removeFirst()
      claim(range, as: .proof, gas: scenario.prover.verificationGas, at: now)
    }
  }

  private mutating func claim(
    _ range: Range<Int>, as kind: SettlementTransaction.Kind, gas: UInt64, at now: SimTime
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
    submit(
      SettlementTransaction(
        kind: kind, reference: number, gas: gas, blobs: 0, bid: scenario.bid), at: now)
  }

  /// Hands over a claim, which is remembered until all transactions with it are in final blocks.
  private mutating func submit(_ claim: SettlementTransaction, at now: SimTime) {
    claims[claim.reference].waiting += 1
    claims[claim.reference].open += 1
    settlement.submit(claim, at: now)
  }

  private mutating func forgetFinishedClaims() {
    while let head = claims.head, head.isFinal, head.open == 0 { claims.removeFirst() }
  }

  // MARK: Claims → withdrawals

  private mutating func mature(_ number: Int, at instant: SimTime) {
    // A claim that a re-org dropped matures when its new inclusion says so.
    guard claims.indices.contains(number), let includedAt = claims[number].includedAt,
      bridge.maturity(ofClaimIncludedAt: includedAt) == instant
    else { return }
    claims[number].maturedAt = instant
    finaliseIfDone(number, at: instant)
  }

  /// A claim is final once it can be neither disputed nor re-organised away.
  private mutating func finaliseIfDone(_ number: Int, at instant: SimTime) {
    let claim = claims[number]
    guard claim.isSettled, let includedAt = claim.includedAt, let maturedAt = claim.maturedAt else {
      return
    }
    record.pass(.proven, claim, at: includedAt)
    record.pass(.withdrawable, claim, at: maturedAt)
    record.pass(.final, claim, at: instant)
    record.inFlight.add(-claim.profile.count, at: instant.nanoseconds)
    record.finalTransactions += claim.transactionCount
    claims[number].isFinal = true
    forgetFinishedClaims()
  }
}
