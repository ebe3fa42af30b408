import EventKernel
import Ledger
import Statistics

// From what a provider waits for to his payment, and from the claim to his having it back.

extension FastExits {
  /// Batches have passed a stage: providers who waited for that pay after their delay.
  public mutating func pass<E: CarriesFastExitEvents>(
    _ stage: Stage, batches: Range<Int>, _ scheduler: inout Scheduler<E>
  ) {
    guard policy.paysAfter == stage else { return }
    for number in open.requests(in: batches) where open[number].fakeClaim == nil {
      schedulePayment(of: number, from: scheduler.now, &scheduler)
    }
  }

  /// The block with the data of a batch is final.
  public mutating func settle(batch: Int) {
    if policy.paysAfter == .settled { open.settle(batch: batch) }
  }

  /// Providers pay who waited for what is final since the last time.
  public mutating func paySettled<E: CarriesFastExitEvents>(_ scheduler: inout Scheduler<E>) {
    for batch in open.takeSettled() { pass(.settled, batches: batch..<batch + 1, &scheduler) }
  }

  /// What says that a withdrawal exists that a provider is about to pay; nil where nobody waits for it.
  public func source(of number: Int) -> FastExitSource? {
    guard open.indices.contains(number), !open[number].isOver else { return nil }
    return open[number].fakeClaim.map(FastExitSource.claim) ?? .batch(open[number].batch)
  }

  /// A provider is about to pay.
  ///
  /// - Parameter claim: how the claim is that says that a withdrawal exists.
  /// - Returns: whether he sends the transaction.
  public mutating func pays(_ number: Int, _ claim: SeenClaim, at now: SimTime) -> Bool {
    let isFake = open[number].fakeClaim != nil
    if policy.paysAfter == .claimed {
      guard claim != .missing else {
        // He waits for it again, and an adversary has to begin anew.
        open[number].isScheduled = false
        if let claim = open[number].fakeClaim {
          fakedClaims.remove(claim)
          withdrawOffer(number, at: now)
        }
        return false
      }
      // Who computes the state himself pays what is right, contested or not; others pay what nobody contests.
      if providerStream.bernoulli(policy.checks) ? isFake : claim == .contested {
        withdrawOffer(number, at: now)
        return false
      }
    }
    open[number].isUnderway = true
    return true
  }

  /// A provider does not pay: the user waits for the bridge.
  private mutating func withdrawOffer(_ number: Int, at now: SimTime) {
    pool.receive(open[number].amount)
    record.note(pool, at: now)
    if open[number].fakeClaim != nil {
      open[number].isOver = true
    } else {
      record.turnAway(open[number])
      open[number].way = .slow
      open[number].fee = .zero
    }
    forgetDone()
  }

  /// The block with a payment is final.
  ///
  /// - Parameters:
  ///   - block: when it was made.
  ///   - cost: what the transaction cost.
  /// - Returns: what the provider has taken, and whether of an adversary.
  public mutating func settle(
    _ number: Int, in block: SimTime, cost: Wei
  ) -> (fee: Wei, isFake: Bool) {
    open[number].isUnderway = false
    open[number].isPaid = true
    let request = open[number]
    if request.fakeClaim == nil { expectedPayment = block - request.submittedAt }
    record.pay(request, at: block, cost: cost)
    if request.isLost { record.lose(request) }
    forgetDone()
    return (request.fee, request.fakeClaim != nil)
  }

  /// A claim has paid out for good what it covers.
  ///
  /// - Parameter instant: when.
  public mutating func release(claim: Int, batches: Range<Int>, at instant: SimTime, _ now: SimTime)
  {
    var waits = Tally()
    for number in open.requests(in: batches)
    where open[number].fakeClaim == nil && !open[number].isOver {
      open[number].isOver = true
      let request = open[number]
      waits.record((instant - request.submittedAt).seconds)
      if request.way == .fast { pool.receive(request.amount) }
      // Where the bridge is faster than the provider, who has not paid by then need not.
      if !request.isUnderway, !request.isPaid { record.release(request, at: instant) }
    }
    if let wait = waits.meanIfAny { expectedWait = SimDuration(drawn: wait) }
    for number in fakes(of: claim) {
      open[number].isOver = true
      pool.receive(open[number].amount)
    }
    record.note(pool, at: now)
    forgetDone()
  }

  /// A claim is rejected: what was paid for what it said does not come in.
  ///
  /// - Returns: what is lost.
  public mutating func reject(claim: Int, at now: SimTime) -> Wei {
    var lost = Wei.zero
    for number in fakes(of: claim) {
      let request = open[number]
      open[number].isOver = true
      if request.isPaid || request.isUnderway {
        open[number].isLost = true
        pool.lose(request.amount)
        lost += request.amount
        if request.isPaid { record.lose(request) }
      } else {
        pool.receive(request.amount)
      }
    }
    fakedClaims.remove(claim)
    record.note(pool, at: now)
    forgetDone()
    return lost
  }

  private func fakes(of claim: Int) -> [Int] {
    guard policy.fakeAmount > 0 else { return [] }
    return open.fakes(of: claim)
  }

  private mutating func forgetDone() {
    while let head = open.head, head.isDone { open.removeFirst() }
  }
}

/// What anybody sees of a claim.
public enum SeenClaim: Sendable {
  /// No block has it.
  case missing
  /// There is a dispute about it.
  case contested
  /// A block has it, and nobody says anything.
  case undisputed
}

/// What says that a withdrawal exists.
public enum FastExitSource: Sendable {
  /// The batch that has it.
  case batch(Int)
  /// A wrong claim, and nothing else.
  case claim(Int)
}
