import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement

/// One rollup: the whole journey of a transaction, in the order in which it happens.
///
/// Parts return decisions and know nothing of each other; here a block becomes part of a batch, a batch a transaction
/// on the host, a proof or an assertion a claim, and a claim a withdrawal. What the rollup cannot do itself it hands
/// out, and takes back receipts: the host is the settlement chain or another rollup, and means the same here.
package struct Journey: ~Copyable {
  typealias Events = Scheduler<WorldEvent>

  /// What holds now, in a place of its own.
  var present: Terms
  /// What holds from the start and after each change.
  let terms: [Terms]
  /// Which of them holds now.
  var current: Int
  let rollup: RollupID
  let surroundings: Surroundings
  let firstClaim: SimDuration
  package internal(set) var workload: Workload
  package internal(set) var sequencer: Sequencer
  package internal(set) var poster: BatchPoster
  package internal(set) var prover: Prover
  /// What is paid for the proof of a batch.
  package internal(set) var batchFee: BatchFee
  var proposer: StateProposer
  var bridge: Bridge
  /// What users move from the settlement chain.
  package internal(set) var deposits: Deposits
  /// Parts that seldom have something to do.
  let rare: RareParts
  /// What gas costs.
  var pricing: GasPricing

  /// Batches that are not yet both settled and claimed, numbered in order of closing.
  package internal(set) var batches = FIFOQueue<BatchProgress>()
  /// Claims that are not done, numbered in order of submission.
  package internal(set) var claims = FIFOQueue<ClaimProgress>()
  /// Batches that one proof covers and whose data is not yet on the host.
  var provedRanges = FIFOQueue<Range<Int>>()
  /// Batches before those of its members are on the host.
  var onHost = StateProposer.Progress()
  /// Batches before this one are there as surely as proofs wait for.
  var firstNotSecure = 0
  /// Batches before this one were given to a prover that waits for their inclusion.
  package internal(set) var firstNotProving = 0
  /// Batches before this one are with all that keep their data beside the host: they were handed over, are held
  /// back while fees are high, or wait for their proof.
  var firstNotKept = 0
  /// What its host told contracts as the number of its last block when the last block was made.
  var hostHeight = 0
  /// Whether transactions have ceased to come, because none can matter to a measured one.
  var workloadHasEnded = false
  /// Transactions of rollups that settle on this one.
  package internal(set) var guests = Guests()
  /// Batches before this one have a proof on the host that their claims share with others.
  var firstNotShared = 0
  /// Claims whose proof is there, for a service to verify together with others.
  var claimsToShare: [SharedClaim] = []
  /// Data that a service posts with that of others.
  var dataToShare: [SharedData] = []
  /// What is for the host, or for the settlement chain.
  var outbox: [SettlementTransaction] = []
  /// What a service is to prove.
  var proofRequests: [WantedProof] = []
  /// What measures are made of.
  var record: JourneyRecord
  /// Who paid whom for what.
  var ledger = Ledger()

  // MARK: Transaction → block

  /// Seals a block, unless no transaction that comes now can matter.
  ///
  /// - Parameters:
  ///   - hasBusyGuests: whether a rollup that settles here still needs blocks.
  ///   - number: what its host tells contracts as the number of its block.
  mutating func seal(hasBusyGuests: Bool, number: Int, _ scheduler: inout Events) {
    hostHeight = number
    if present.hasMachines, !present.hasSequencerSet, machines.missesBlock() { return }
    guard !isFrozen, needsTransactions(at: scheduler.now) || hasBusyGuests else {
      workloadHasEnded = true
      return
    }
    if present.hasSequencerSet { return sealInTurn(number: number, &scheduler) }
    var block = SealedBlock(sealedAt: scheduler.now)
    seal(into: &block)
    if present.hasCensorship { leaveOut(&scheduler) }
    guests.beginBlock(policy.sequencer.blockNumber == .host ? number : nil)
    if !block.isEmpty { confirm(block, &scheduler) }
    if present.hasWithdrawals { sealWithdrawals(at: scheduler.now) }
    if present.hasMachines { machines.noteBacklog(sequencer.waiting, at: scheduler.now) }
    scheduleBlock(&scheduler)
  }

  /// Schedules the next block.
  mutating func scheduleBlock(_ scheduler: inout Events) {
    sequencer.scheduleNext(&workload, stretchBounds, &scheduler)
  }

  /// How far a stretch of blocks may reach that is drawn as one.
  var stretchBounds: StretchBounds {
    mutating get {
      guard surroundings.fidelity == .cohort else { return .none }
      return StretchBounds(
        room: poster.room, closesAt: poster.closesAt, before: nextTurn,
        steadyRate: pricing.steadyRate)
    }
  }

  // MARK: Block → batch

  /// Users are told that a block has their transactions; the block goes into a batch.
  ///
  /// What is handed on as a constant is not copied for each who reads it.
  mutating func confirm(_ block: SealedBlock, _ scheduler: inout Events) {
    record.pass(.soft, block, at: scheduler.now)
    if present.followsOrigins {
      rare.origins.confirm(block.count, at: hostHeight, scheduler.now)
    }
    if present.canBeInvalid { machines.noteConfirmed(block.count, at: scheduler.now) }
    record.inFlight.add(
      block.submissions.count, atSum: block.measuredSealInstants, by: scheduler.now.nanoseconds)
    let fees = collectFees(of: block)
    poster.examine(block)
    if poster.isFull(for: block) { post(poster.close(at: scheduler.now), &scheduler) }
    poster.append(block, paying: fees, &scheduler)
    if present.hasWithdrawals { sealWithdrawals(at: scheduler.now) }
    if poster.isFull { post(poster.close(at: scheduler.now), &scheduler) }
  }

  /// Closes and posts the batch that collects blocks, if there is one.
  mutating func closeOpenBatch(_ scheduler: inout Events) {
    if poster.waiting > 0 { post(poster.close(at: scheduler.now), &scheduler) }
  }

  mutating func closeBatch(_ event: BatchPosterEvent, _ scheduler: inout Events) {
    if let batch = poster.handle(event, at: scheduler.now) { post(batch, &scheduler) }
    if case .overdue = event { releaseHeld(at: scheduler.now) }
  }

  // MARK: Batch → transactions on the host

  /// Takes a batch that is closed: its data is handed over at once, held back, or waits for its proof.
  mutating func post(_ batch: Batch, _ scheduler: inout Events) {
    let taken = guests.take(batch.guests)
    let others = dataLayer.accept(
      DataBatch(
        count: batch.count, bytes: policy.poster.publishedBytes(of: batch)),
      &scheduler)
    batches.append(
      BatchProgress(
        batch: batch, terms: current, guests: taken, others: others,
        carrier: policy.poster.carrier))
    let data = publication(of: batch, others: others, under: policy.poster)
    record.close(batch, bytes: data.hostBytes)
    if present.hasWithdrawals { closeWithdrawals() }
    if batch.profile.count > 0 {
      dataLayer.publish(batch.count, otherBytes: data.otherBytes)
    }
    postKept(&scheduler)
    beginProofs(&scheduler)
  }

  /// Gives batches to the prover, in order: when they are closed, or when the host has their data.
  private mutating func beginProofs(_ scheduler: inout Events) {
    guard policy.proves else { return }
    while batches.indices.contains(firstNotProving),
      terms(ofBatch: firstNotProving).scenario.provesClosedBatches
        || batches[firstNotProving].includedIn != nil
    {
      let work = batches[firstNotProving].batch.transactions.proverWork
      let isMeasured = isMeasured(firstNotProving)
      firstNotProving += 1
      prover.accept(work: work, isMeasured: isMeasured, &scheduler)
    }
  }

  /// Hands over the data of a batch.
  mutating func handOver(_ number: Int, at now: SimTime) {
    precondition(!batches[number].isHandedOver, "a batch is handed over twice")
    if present.hasMachines, machines.delays(batch: number) { return }
    batches[number].isHandedOver = true
    // One copy of the batch, since each read of a part of it in the queue would make one.
    let progress = batches[number]
    let poster = terms[progress.terms].scenario.poster
    let publication = publication(of: progress.batch, others: progress.others, under: poster)
    if poster.sharesBlobs { return share(publication, of: progress, number, at: now) }
    let carrier =
      poster.carrierChoice == .cheaper ? cheaperCarrier(of: number, publication) : poster.carrier
    batches[number].carrier = carrier
    let parts = publication.parts(by: poster, in: carrier)
    record.carry(progress.batch, bytes: publication.hostBytes, blobs: parts.blobs)
    if policy.hosting.isOnSettlement { record.pass(.posted, progress.batch, at: now) }
    for part in parts.dropLast() {
      handOver(data(part, ofBatch: number, as: .dataPart, of: number))
    }
    for part in parts.suffix(1) {
      handOver(
        data(part, ofBatch: number, as: .data, of: number, gas: publication.certificateGas))
    }
  }

  /// Hands a transaction to the host, which bills it later where it is paid at cost.
  ///
  /// A rollup that is frozen takes nothing more from its operator.
  mutating func handOver(_ transaction: SettlementTransaction) {
    guard !isFrozen else { return }
    awaitBill(of: transaction)
    outbox.append(transaction)
  }

  // MARK: Blocks of the host

  /// Takes note that a block of the host has a transaction of ours.
  mutating func include(
    _ receipt: SettlementReceipt, in block: BlockPlace, _ scheduler: inout Events
  ) {
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart, .neighbourData, .sharedData, .sharedProof, .payout: break
    case .withdrawalProof, .withdrawal: includeOfUser(receipt.transaction, in: block, &scheduler)
    case .deposit: deposits.include(reference, at: block.height)
    case .call: calls.include(reference, in: block)
    case .exitRequest, .freeze, .exit: includeExit(receipt.transaction, in: block, &scheduler)
    case .message, .forcing: includeForced(receipt.transaction, in: block, &scheduler)
    case .upgrade, .veto: includeUpgrade(receipt.transaction, in: block, &scheduler)
    case .defence, .attack: includeMove(reference, in: block)
    case .data: includeData(reference, in: block, &scheduler)
    case .proof where isEarlyProof(receipt.transaction):
      includeEarlyProof(reference, in: block, &scheduler)
    case .stateClaim, .proof, .provenData:
      includeClaim(receipt.transaction, in: block, &scheduler)
    case .execution: includeExecution(receipt.transaction, in: block, &scheduler)
    }
    if record.isMeasuring, receipt.transaction.kind != .exit { record.inclusions.include(receipt) }
  }

  mutating func includeData(
    _ number: Int, in block: BlockPlace, _ scheduler: inout Events
  ) {
    if present.hasWithdrawals { passWithdrawals(.included, ofBatch: number, &scheduler) }
    batches[number].includedIn = block
    advanceIncluded()
    beginProofs(&scheduler)
    if batchFee.policy.isPaid { noteFee(ofBatch: number) }
    claimProvedBatches(at: scheduler.now)
  }

  /// Finds the first batch anew that is in no block: those that hold their data back can come later
  /// than what was posted after a change.
  mutating func advanceIncluded() {
    var first = max(onHost.firstNotIncluded, batches.indices.lowerBound)
    while batches.indices.contains(first), batches[first].includedIn != nil { first += 1 }
    onHost.firstNotIncluded = first
  }

  /// Takes back what stood in a block that a re-org dropped; the host includes it anew.
  mutating func reorganise(_ receipt: SettlementReceipt) {
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart, .neighbourData, .sharedData, .sharedProof, .payout: break
    case .withdrawalProof, .withdrawal: dropOfUser(receipt)
    case .deposit: deposits.drop(reference)
    case .call: calls.drop(reference, from: receipt.includedAt)
    case .exitRequest, .freeze, .exit: dropExit(receipt.transaction)
    case .message, .forcing: dropForced(receipt.transaction)
    case .upgrade, .veto: dropUpgrade(receipt.transaction)
    case .defence, .attack: disputes.drop(move: reference)
    case .data: dropData(reference..<reference + 1)
    case .proof where isEarlyProof(receipt.transaction): dropEarlyProof(receipt)
    case .stateClaim, .proof, .provenData: dropClaim(receipt)
    case .execution: dropExecution(receipt)
    }
  }

  mutating func dropData(_ range: Range<Int>) {
    for number in range {
      batches[number].includedIn = nil
      batches[number].securedAt = nil
    }
    onHost.firstNotIncluded = min(onHost.firstNotIncluded, range.lowerBound)
    firstNotSecure = min(firstNotSecure, range.lowerBound)
  }

  /// A block with a transaction of ours is safe.
  mutating func secure(_ receipt: SettlementReceipt, at now: SimTime) {
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .deposit: deposits.secure(reference, at: now)
    case .call: calls.secure(reference, from: receipt.includedAt, at: now)
    case .data: secureSafeData(reference, at: now)
    default: break
    }
  }

  /// The block with the data of a batch is safe.
  mutating func secureSafeData(_ number: Int, at now: SimTime) {
    if terms(ofBatch: number).scenario.prover.waitsFor == .safe { secureData(number, at: now) }
  }

  private mutating func secureData(_ number: Int, at now: SimTime) {
    batches[number].securedAt = now
    claimProvedBatches(at: now)
  }

  /// Finds the first batch anew that is not as certain as its proof waits for; batches of earlier terms may
  /// have waited for less, and be forgotten.
  mutating func advanceSecure() {
    firstNotSecure = max(firstNotSecure, batches.indices.lowerBound)
    while batches.indices.contains(firstNotSecure),
      batches[firstNotSecure].securedAt != nil
        || batches[firstNotSecure].includedIn != nil
          && !terms(ofBatch: firstNotSecure).waitsForData
    {
      firstNotSecure += 1
    }
  }

  /// What stood in a block is certain once the block is final: only now is it measured and paid.
  mutating func settle(_ receipt: SettlementReceipt, _ times: SettledTimes) {
    pay(receipt)
    if present.hasDataFees { payFromPool(receipt, times) }
    if present.hasRent { payRent(through: times.settled) }
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart, .neighbourData, .sharedData, .sharedProof, .withdrawalProof, .exitRequest,
      .freeze:
      break
    case .exit: settleExit(of: reference, receipt, at: times.settled)
    case .defence, .attack: settleMove(receipt)
    case .payout: settlePayout(receipt)
    case .message, .forcing: settleForced(receipt)
    case .upgrade, .veto: settleUpgrade(receipt)
    case .withdrawal: settleExit(receipt, at: times.settled)
    case .deposit: deposits.settle(reference, at: times.settled)
    case .call:
      calls.settle(
        reference, from: receipt.includedAt, cost: receipt.charged, at: times.settled)
    case .data: settleData(reference, times)
    case .proof where isEarlyProof(receipt.transaction):
      settleEarlyProof(receipt, at: times.settled)
    case .stateClaim, .proof, .provenData, .execution:
      if receipt.transaction.kind == .provenData, hasEffect(receipt) {
        for number in claims[reference].batches { settleData(number, times) }
      }
      guard policy.hosting.countsSettled else { return }
      settleClaim(receipt, provenAt: times.included, at: times.settled)
    }
  }

  mutating func settleData(_ number: Int, _ times: SettledTimes) {
    let batch = batches[number].batch
    if !policy.hosting.isOnSettlement { record.pass(.posted, batch, at: times.posted) }
    record.pass(.included, batch, at: times.included)
    record.pass(.settled, batch, at: times.settled)
    if policy.data.withholding.happens, !batches[number].isSettled {
      settleValue(of: number, times)
    }
    if batches[number].proofFee > 0, !batches[number].isSettled { payFee(ofBatch: number) }
    if present.hasFastExits { fastExits.settle(batch: number) }
    if present.hasCalls { calls.settle(batch: number) }
    batches[number].isSettled = true
    onHost.firstNotSettled = max(onHost.firstNotSettled, number + 1)
    settleGuests(of: number, times)
    // A host that is a rollup says nothing of safe blocks.
    if terms(ofBatch: number).waitsForData, batches[number].securedAt == nil {
      secureData(number, at: times.settled)
    }
    forgetFinishedBatches()
  }

  mutating func forgetFinishedBatches() {
    while let first = batches.indices.first, batches[first].isSettled,
      batches[first].unbilled == 0, let claim = batches[first].claim,
      !policy.bridge.earlyProof || prover.isProved(first)
    {
      // The delay of a claim can count from its data, however late the claim is.
      if claims.indices.contains(claim), terms(ofClaim: claim).scenario.sequence.executes {
        claims[claim].committedIn = commitment(of: batches[first])
      }
      batches.removeFirst()
    }
  }

  /// Whether a batch has transactions that count in measures.
  @inline(__always)
  func isMeasured(_ batch: Int) -> Bool { batches[batch].batch.profile.count > 0 }
}
