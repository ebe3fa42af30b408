import EventKernel
import Rollup
import Settlement

// Proofs and assertions become claims, and claims withdrawals.

extension Journey {
  // MARK: Proofs and assertions → claims

  mutating func prove(_ event: ProverEvent, _ scheduler: inout Events) {
    let decision = prover.handle(event, &scheduler)
    apply(decision, at: scheduler.now)
  }

  /// Takes note of what the prover has done, begun, and wants of others.
  mutating func noteProvers(at now: SimTime) {
    record.prover.provers(busy: prover.busy, at: now)
    for start in prover.started {
      record.prover.began(
        after: start.queueTime, isMeasured: start.isMeasured,
        isMeasuring: record.isMeasuring)
    }
    proofRequests += prover.wanted
    for spent in prover.spent { pay(spent) }
  }

  /// Takes a part of a proof from a service.
  mutating func take(task: Int, _ scheduler: inout Events) {
    apply(prover.take(task: task, &scheduler), at: scheduler.now)
  }

  private mutating func apply(_ decision: ProverDecision, at now: SimTime) {
    noteProvers(at: now)
    switch decision {
    case .none: break
    case .proofMade(let batch, let machineTime, let parts):
      if isMeasured(batch) {
        record.prover.made(in: machineTime, parts: parts, byOwn: policy.proving.isOwn)
      }
      if policy.bridge.earlyProof { forgetFinishedBatches() }
    case .claimsReady(let ranges) where !policy.sequence.isProved:
      rare.provedThrough = ranges.last?.upperBound ?? rare.provedThrough
      sendEarlyProofs()
    case .claimsReady(let ranges):
      for range in ranges {
        provedRanges.append(range)
        if surroundings.sharesProofs { claimsToShare.append(sharedClaim(of: range, at: now)) }
      }
      claimProvedBatches(at: now)
    }
  }

  /// A proof is verified against data on the host, so it waits for that, or takes it along.
  mutating func claimProvedBatches(at now: SimTime) {
    while let range = provedRanges.head,
      isCertain(range, under: terms(ofBatch: range.lowerBound))
    {
      provedRanges.removeFirst()
      claim(range, as: .proof, at: now)
    }
  }

  /// Whether batches are on the host as surely as their proof waits for.
  private mutating func isCertain(_ range: Range<Int>, under terms: Terms) -> Bool {
    if surroundings.sharesProofs, range.upperBound > firstNotShared { return false }
    guard range.upperBound <= dataLayer.firstNotProvable else { return false }
    if terms.scenario.holdsData { return true }
    guard range.upperBound <= onHost.firstNotIncluded else { return false }
    guard terms.waitsForData else { return true }
    advanceSecure()
    return range.upperBound <= firstNotSecure
  }

  mutating func propose(_ event: StateProposerEvent, _ scheduler: inout Events) {
    let covered = proposer.handle(event, onHost, &scheduler)
    if let covered { claim(covered, as: .stateClaim, at: scheduler.now) }
  }

  private mutating func claim(
    _ range: Range<Int>, as kind: SettlementTransaction.Kind, at now: SimTime
  ) {
    // An assertion that comes when neither transactions nor batches come any more is cut short.
    let isWhole =
      kind == .proof || !workloadHasEnded || onHost.firstNotIncluded < batches.indices.upperBound
    // Batches of other terms share no proof, and an assertion covers whatever there is.
    let place = kind == .proof ? batches[range.lowerBound].terms : current
    let terms = terms[place]
    var claim = ClaimProgress(batches: range, terms: place, isWhole: isWhole)
    for batch in range { claim.add(batches[batch]) }
    if batchFee.policy.isPaid {
      claim.sequenced = range.map { batches[$0].includedIn?.time ?? now }
    }
    record.claimed(claim)
    let number = claims.append(claim)
    for batch in range { batches[batch].claim = number }
    if present.hasFastExits { fastExits.claim(through: range.upperBound) }
    if present.hasCalls { calls.claim(through: range.upperBound) }
    forgetFinishedBatches()
    claimGuests(of: claim)
    if terms.scenario.holdsData {
      handOverProved(range, claim: number, under: terms.scenario, at: now)
    } else {
      let gas =
        kind == .proof ? terms.scenario.prover.verificationGas : terms.scenario.proposer.claimGas
      submit(transaction(kind, of: number, gas: gas))
    }
  }

  func transaction(
    _ kind: SettlementTransaction.Kind, of claim: Int, gas: UInt64
  ) -> SettlementTransaction {
    SettlementTransaction(
      kind: kind, of: rollup, reference: claim, gas: gas, blobs: 0,
      bid: terms(ofClaim: claim).scenario.bid)
  }

  /// Hands over the data of proved batches, the last part of it in the transaction that verifies.
  private mutating func handOverProved(
    _ range: Range<Int>, claim: Int, under terms: RollupScenario, at now: SimTime
  ) {
    var parts: [(part: BatchPart, batch: Int, gas: UInt64)] = []
    for number in range {
      let batch = batches[number].batch
      if policy.hosting.isOnSettlement { record.pass(.posted, batch, at: now) }
      let publication = publication(of: number)
      parts += publication.parts(by: terms.poster, in: terms.poster.carrier).map { ($0, number, 0) }
      parts[parts.count - 1].gas = publication.certificateGas
    }
    for (part, batch, gas) in parts.dropLast() {
      handOver(data(part, ofBatch: batch, as: .dataPart, of: batch, gas: gas))
    }
    guard let last = parts.last else { preconditionFailure("a claim covers no batch") }
    submit(
      data(
        last.part, ofBatch: last.batch, as: .provenData, of: claim,
        gas: last.gas + terms.prover.verificationGas))
  }

  /// Hands over a claim, which is remembered until all transactions with it are in final blocks.
  mutating func submit(_ transaction: SettlementTransaction) {
    claims[transaction.reference].waiting += 1
    claims[transaction.reference].open += 1
    handOver(transaction)
  }

  // MARK: Claims in blocks of the host

  mutating func includeClaim(
    _ transaction: SettlementTransaction, in block: BlockPlace, _ scheduler: inout Events
  ) {
    let number = transaction.reference
    claims[number].waiting -= 1
    // After a re-org a claim can come into a block twice, or before the data or the proof that it is about.
    guard claims[number].includedIn == nil else { return }
    let terms = terms(ofClaim: number)
    let range = claims[number].batches
    // Data that comes along needs what is before it.
    let needed = terms.scenario.holdsData ? range.lowerBound : range.upperBound
    let isShared = !surroundings.sharesProofs || range.upperBound <= firstNotShared
    guard needed <= onHost.firstNotIncluded, isShared else {
      // One that reverted and fell out of the chain waits as well as what was sent in its place.
      if claims[number].waiting == 0 { submit(transaction) }
      return
    }
    if terms.scenario.holdsData {
      for batch in range { batches[batch].includedIn = block }
      advanceIncluded()
    }
    claims[number].includedIn = block
    moveFee(by: number, at: block.time)
    if terms.scenario.prover.racers > 1, transaction.kind != .stateClaim {
      endRaces(range, &scheduler)
    }
    onHost.snapshot = onHost.firstNotIncluded
    onHost.claimedThrough = range.upperBound
    let counted =
      terms.scenario.sequence == .commitProveExecute ? commitment(of: claims[number]) : block
    guard let counted else { preconditionFailure("a claim is included before its data") }
    claims[number].countsFrom = counted
    if present.hasDisputes {
      disputes.include(claim: number, in: block, window: terms.scenario.claimDelay)
    }
    if present.hasFastExits { passFastExits(of: number, &scheduler) }
    if present.hasCalls { passCalls(of: number, in: block, &scheduler) }
    proveWithdrawal(number)
    if bridge.start(
      terms.scenario.claimDelay, of: number, from: counted, height: block.height, &scheduler)
    {
      mature(number, at: scheduler.now, height: block.height, &scheduler)
    }
    if terms.scenario.bridge.earlyProof { sendEarlyProofs() }
    // What waited for the data that came along.
    if terms.scenario.holdsData { claimProvedBatches(at: scheduler.now) }
  }

  /// Tells those who race that batches are verified.
  mutating func endRaces(_ batches: Range<Int>, _ scheduler: inout Events) {
    prover.verified(batches, &scheduler)
    noteProvers(at: scheduler.now)
  }

  /// The block with the last data that a claim is about.
  private func commitment(of claim: ClaimProgress) -> BlockPlace? {
    let last = claim.batches.upperBound - 1
    return batches.indices.contains(last) ? commitment(of: batches[last]) : claim.committedIn
  }

  /// The block with the data of a batch, and when the delay counts from there: an operator who waits until
  /// that is certain counts from then, and waits a margin longer than the contract (zksync-era,
  /// `aggregator.rs`).
  func commitment(of batch: BatchProgress) -> BlockPlace? {
    guard let block = batch.includedIn else { return nil }
    let time =
      max(block.time, batch.securedAt ?? block.time)
      + terms[batch.terms].scenario.bridge.executionMargin
    return BlockPlace(time: time, height: block.height)
  }

  /// Whether the receipt of a claim is the one that counts: others reverted.
  func hasEffect(_ receipt: SettlementReceipt) -> Bool {
    let claim = claims[receipt.transaction.reference]
    if isEarlyProof(receipt.transaction) { return claim.earlyIn == receipt.includedAt }
    if receipt.transaction.kind == .execution { return claim.maturedAt == receipt.includedAt }
    return claim.includedIn?.time == receipt.includedAt
  }

  mutating func dropClaim(_ receipt: SettlementReceipt) {
    let number = receipt.transaction.reference
    claims[number].waiting += 1
    guard hasEffect(receipt) else { return }
    claims[number].drop()
    takeBackRelease(ofClaim: number)
    if present.hasCalls, !surroundings.sharesProofs {
      calls.dropProof(batches: claims[number].batches)
    }
    if terms(ofClaim: number).scenario.holdsData { dropData(claims[number].batches) }
  }

  // MARK: Claims → withdrawals

  mutating func handle(_ event: BridgeEvent, height: Int, _ scheduler: inout Events) {
    switch event {
    case .matured(let claim):
      mature(Int(claim), at: scheduler.now, height: height, &scheduler)
    case .released(let claim): releaseIfDue(Int(claim), &scheduler)
    }
  }

  /// The delay of a claim has passed, unless a re-org took back what it counts from.
  mutating func mature(
    _ number: Int, at instant: SimTime, height: Int, _ scheduler: inout Events
  ) {
    guard claims.indices.contains(number), claims[number].maturedAt == nil,
      let counted = claims[number].countsFrom
    else { return }
    let terms = terms(ofClaim: number)
    guard terms.scenario.claimDelay.hasPassed(since: counted, at: instant, height: height) else {
      return
    }
    if disputes.holds(number) { return }
    if terms.scenario.sequence.executes {
      if claims[number].executionsWaiting == 0 {
        claims[number].executionsWaiting += 1
        claims[number].open += 1
        handOver(transaction(.execution, of: number, gas: terms.scenario.effectGas))
      }
    } else {
      takeEffect(number, at: instant, &scheduler)
    }
  }

  /// The claims whose delay ends with the host's block at `height`.
  mutating func matureClaims(height: Int, _ scheduler: inout Events) {
    for number in bridge.takeDue(at: height) {
      mature(number, at: scheduler.now, height: height, &scheduler)
    }
  }

  /// Takes back what took effect with blocks that a re-org dropped; `height` is that of the block
  /// built on what is left.
  mutating func reopenWindows(at height: Int) {
    if present.followsOrigins { rare.origins.reorganise(at: height) }
    if present.hasMarket { rare.market.reorganise(at: height) }
    for number in claims.indices
    where !claims[number].isFinal && claims[number].maturedAt != nil
      && claims[number].earlyIn == nil
    {
      guard let counted = claims[number].countsFrom,
        bridge.restart(
          terms(ofClaim: number).scenario.claimDelay, of: number, from: counted, height: height)
      else { continue }
      claims[number].undoEffect()
      takeBackRelease(ofClaim: number)
    }
  }

  mutating func includeExecution(
    _ transaction: SettlementTransaction, in block: BlockPlace, _ scheduler: inout Events
  ) {
    let number = transaction.reference
    claims[number].executionsWaiting -= 1
    guard claims[number].maturedAt == nil, let counted = claims[number].countsFrom else { return }
    let delay = terms(ofClaim: number).scenario.claimDelay
    guard delay.hasPassed(since: counted, at: block.time, height: block.height),
      !disputes.holds(number)
    else {
      // It reverts: the last blocks of its delay have dropped out of the chain, and are counted anew.
      _ = bridge.restart(delay, of: number, from: counted, height: block.height)
      return
    }
    takeEffect(number, at: block.time, &scheduler)
  }

  mutating func dropExecution(_ receipt: SettlementReceipt) {
    let number = receipt.transaction.reference
    claims[number].executionsWaiting += 1
    guard hasEffect(receipt) else { return }
    claims[number].undoEffect()
    takeBackRelease(ofClaim: number)
  }

  mutating func takeEffect(
    _ number: Int, at instant: SimTime, _ scheduler: inout Events
  ) {
    claims[number].maturedAt = instant
    disputes.takeEffect(number)
    releaseIfDue(number, &scheduler)
    finaliseIfDone(number, at: instant)
  }

  /// The block with a claim is final on the host.
  mutating func settleClaim(
    _ receipt: SettlementReceipt, provenAt: SimTime, at instant: SimTime
  ) {
    let number = receipt.transaction.reference
    claims[number].open -= 1
    let kind = receipt.transaction.kind
    if kind == .execution {
      if hasEffect(receipt) { claims[number].isExecuted = true }
      finaliseIfDone(number, at: instant)
      return
    }
    guard hasEffect(receipt), !claims[number].isSettled else { return forgetFinishedClaims() }
    claims[number].provenAt = provenAt
    if present.hasCalls, !surroundings.sharesProofs {
      calls.settleProof(batches: claims[number].batches, at: instant)
    }
    if kind != .stateClaim {
      record.prover.verified(
        claims[number].batches.count, isMeasured: claims[number].profile.count > 0, at: provenAt)
    }
    finaliseIfDone(number, at: instant)
  }

  /// A claim is final once it can be neither disputed nor re-organised away.
  mutating func finaliseIfDone(_ number: Int, at instant: SimTime) {
    let claim = claims[number]
    guard !claim.isFinal, let provenAt = claim.provenAt, claim.includedIn != nil,
      claim.maturedAt != nil, !terms[claim.terms].scenario.sequence.executes || claim.isExecuted,
      claim.earlyIn == nil || claim.isEarlySettled
    else { return }
    record.pass(.proven, claim, at: provenAt)
    record.pass(.final, claim, at: instant)
    record.inFlight.add(-claim.profile.count, at: instant.nanoseconds)
    record.finalTransactions += claim.transactionCount
    claims[number].isFinal = true
    finaliseGuests(of: claim)
    passWithdrawable(number, at: instant)
    forgetFinishedClaims()
  }

  mutating func forgetFinishedClaims() {
    while let first = claims.indices.first, claims[first].isDone { claims.removeFirst() }
  }
}
