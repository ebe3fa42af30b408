import EventKernel
import Ledger

// Who pays on the other rollup, and has it back through the bridge; or not, where a claim was wrong.

extension Calls {
  /// Batches have passed a stage: providers who waited for that pay after their delay.
  public mutating func pass<E: CarriesCallEvents>(
    _ stage: FastExits.Stage, batches: Range<Int>, _ scheduler: inout Scheduler<E>
  ) {
    guard policy.hasProviders, policy.paysAfter == stage else { return }
    for number in open.requests(in: batches) where open[number].fakeClaim == nil {
      schedulePayment(of: number, from: scheduler.now, &scheduler)
    }
  }

  /// The block with the data of a batch is final.
  public mutating func settle(batch: Int) {
    if policy.hasProviders, policy.paysAfter == .settled { open.settle(batch: batch) }
  }

  /// Providers pay who waited for what is final since the last time.
  public mutating func paySettled<E: CarriesCallEvents>(_ scheduler: inout Scheduler<E>) {
    for batch in open.takeSettled() { pass(.settled, batches: batch..<batch + 1, &scheduler) }
  }

  /// A provider pays: his transaction comes into the next block of the other rollup.
  ///
  /// - Returns: what he takes, and whether of an adversary.
  public mutating func pays(_ number: Int, at now: SimTime) -> (fee: Wei, isFake: Bool)? {
    guard open.indices.contains(number), !open[number].isOver else { return nil }
    let isFake = open[number].fakeClaim != nil
    if isFake {
      // What an adversary calls for is of use to him whatever it costs.
      open[number].outcome = (now, true)
    } else {
      wanted.append(Wanted(event: .executes(UInt32(number)), from: now))
    }
    return (open[number].fee, isFake)
  }

  // MARK: Wrong claims

  /// An adversary calls with what a wrong claim says that he has.
  public mutating func askFake<E: CarriesCallEvents>(
    byClaim claim: Int, _ scheduler: inout Scheduler<E>
  ) {
    guard policy.hasProviders, policy.fakeAmount > 0, policy.paysAfter == .claimed,
      !fakedClaims.contains(claim)
    else { return }
    let now = scheduler.now
    let amount = min(Wei(coins: policy.fakeAmount), pool.free)
    guard amount > .zero, let fee = borrow(amount, at: now) else { return }
    fakedClaims.insert(claim)
    var call = Call(sentAt: now, softAt: now, price: price.logarithm(at: now), amount: amount)
    call.fee = fee
    call.fakeClaim = claim
    schedulePayment(of: open.append(call), from: now, &scheduler)
  }

  /// A wrong claim has taken effect: what it says is paid.
  public mutating func release(claim: Int, at now: SimTime) {
    for number in fakes(of: claim) { finish(number, isPaid: true, at: now) }
  }

  /// A claim is rejected: what was paid for what it said does not come in.
  ///
  /// - Returns: what is lost.
  public mutating func reject(claim: Int, at now: SimTime) -> Wei {
    let lost = pool.lost
    for number in fakes(of: claim) { finish(number, isPaid: open[number].outcome == nil, at: now) }
    fakedClaims.remove(claim)
    return pool.lost - lost
  }

  /// A provider has his money back, or never will.
  private mutating func finish(_ number: Int, isPaid: Bool, at now: SimTime) {
    let amount = open[number].amount
    open[number].isOver = true
    if isPaid {
      pool.receive(amount)
    } else {
      pool.lose(amount)
      record.lose(open[number])
    }
    record.note(pool, at: now)
    forgetDone()
  }

  private func fakes(of claim: Int) -> [Int] {
    guard policy.fakeAmount > 0 else { return [] }
    return open.fakes(of: claim)
  }
}
