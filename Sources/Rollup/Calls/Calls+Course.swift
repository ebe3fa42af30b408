import EventKernel
import Foundation
import Ledger

// From the rollup of the caller to that of the called.

extension Calls {
  // MARK: Out of the first rollup

  /// The bridge lets out what batches have.
  ///
  /// - Returns: the numbers of those whose message is to be sent to the host.
  public mutating func release(batches: Range<Int>) -> [Int] {
    guard policy.hasMessages else { return [] }
    var messages: [Int] = []
    for number in trueOnes(in: batches) where !open[number].isReleased {
      open[number].isReleased = true
      guard open[number].reachedIn == nil, open[number].messagesWaiting == 0 else { continue }
      open[number].messagesWaiting += 1
      messages.append(number)
    }
    return messages
  }

  /// A re-org has dropped what let them out.
  public mutating func takeBackRelease(batches: Range<Int>) {
    for number in trueOnes(in: batches) { open[number].isReleased = false }
  }

  private func trueOnes(in batches: Range<Int>) -> [Int] {
    open.requests(in: batches).filter { open[$0].fakeClaim == nil }
  }

  /// A block of the host has a proof of the state that batches lead to.
  public mutating func prove(batches: Range<Int>, in block: BlockPlace) {
    guard policy.path == .proof else { return }
    for number in trueOnes(in: batches) where open[number].reachedIn == nil {
      reach(number, in: block)
    }
  }

  /// A re-org has dropped that block.
  public mutating func dropProof(batches: Range<Int>) {
    guard policy.path == .proof else { return }
    for number in trueOnes(in: batches) { takeBack(number) }
  }

  /// That block is final.
  public mutating func settleProof(batches: Range<Int>, at now: SimTime) {
    guard policy.path == .proof else { return }
    for number in trueOnes(in: batches)
    where open[number].reachedIn != nil && !open[number].isFinal {
      finalise(number, at: now)
    }
  }

  // MARK: Blocks of the host

  /// A block of the host has a message; before its time, and after another that counts, it reverts.
  public mutating func include(_ number: Int, in block: BlockPlace) {
    guard open.indices.contains(number) else { return }
    open[number].messagesWaiting -= 1
    if open[number].reachedIn == nil, open[number].isReleased { reach(number, in: block) }
  }

  private mutating func reach(_ number: Int, in block: BlockPlace) {
    open[number].reachedIn = block
    uncredited.append(number)
  }

  /// A re-org has dropped the block of a message; the host includes it anew.
  public mutating func drop(_ number: Int, from block: SimTime) {
    guard open.indices.contains(number) else { return }
    open[number].messagesWaiting += 1
    if open[number].reachedIn?.time == block { takeBack(number) }
  }

  private mutating func takeBack(_ number: Int) {
    guard let height = open[number].reachedIn?.height else { return }
    // A re-org drops the end of the chain: those at or above this one's block go with it.
    while let last = uncredited.last,
      open[last].reachedIn.map({ $0.height >= height }) ?? true
    {
      uncredited.removeLast()
    }
    open[number].reachedIn = nil
    open[number].arrivesAt = nil
    guard open[number].hasArrived else { return }
    open[number].hasArrived = false
    guard policy.path != .liquidity else { return }
    open[number].outcome = nil
    record.undo()
  }

  /// The block of a message is safe.
  public mutating func secure(_ number: Int, from block: SimTime, at now: SimTime) {
    guard open.indices.contains(number), open[number].reachedIn?.time == block,
      credit.credit == .safe
    else { return }
    credit(number, at: now)
  }

  /// The block of a message is final.
  ///
  /// - Parameter cost: what the message cost.
  public mutating func settle(
    _ number: Int, from block: SimTime, cost: Wei, at now: SimTime
  ) {
    guard open.indices.contains(number) else { return }
    open[number].cost += cost
    guard open[number].reachedIn?.time == block else { return }
    finalise(number, at: now)
  }

  /// What a call rests on is final; a host that is a rollup says nothing of safe blocks.
  private mutating func finalise(_ number: Int, at now: SimTime) {
    open[number].isFinal = true
    if credit.credit != .confirmations {
      while let head = uncredited.head, open[head].isFinal { credit(head, at: now) }
    }
    finishIfDone(number, at: now)
  }

  /// The other rollup takes what has enough blocks on top when the host is at `height`.
  public mutating func credit(at height: Int, _ now: SimTime) {
    guard credit.credit == .confirmations else { return }
    while let number = uncredited.head, let own = open[number].reachedIn?.height,
      height - own >= credit.confirmations
    {
      credit(number, at: now)
    }
  }

  private mutating func credit(_ number: Int, at now: SimTime) {
    guard uncredited.head == number else { return }
    uncredited.removeFirst()
    wanted.append(Wanted(event: .arrives(UInt32(number)), from: now))
  }

  // MARK: Into the other rollup

  /// It is known in which block of the other rollup something comes.
  public mutating func expect(_ event: CallEvent, at instant: SimTime) {
    guard case .arrives(let number) = event, open.indices.contains(Int(number)) else { return }
    open[Int(number)].arrivesAt = instant
  }

  /// Whether something still comes then: a re-org can have undone that.
  public func isExpected(_ event: CallEvent, at now: SimTime) -> Bool {
    switch event {
    case .due, .pays: true
    case .executes(let number): open.indices.contains(Int(number)) && !open[Int(number)].isOver
    case .arrives(let number):
      open.indices.contains(Int(number)) && open[Int(number)].arrivesAt == now
    }
  }

  /// A block of the other rollup has what came through the host: a call, or a provider's money.
  ///
  /// - Parameter cost: of the leg there.
  public mutating func arrive(_ number: Int, cost: Wei, at now: SimTime) {
    open[number].hasArrived = true
    open[number].arrivesAt = nil
    if policy.path != .liquidity { execute(number, cost: cost, at: now) }
    finishIfDone(number, at: now)
  }

  /// A block of the other rollup has the second leg.
  ///
  /// - Parameter cost: of that leg; of both where they come at one instant.
  public mutating func execute(_ number: Int, cost: Wei, at now: SimTime) {
    let call = open[number]
    let rise = price.logarithm(at: now) - call.price
    open[number].outcome = (now, rise <= log1p(policy.slippage))
    open[number].cost += cost
    finishIfDone(number, at: now)
  }

  private mutating func finishIfDone(_ number: Int, at now: SimTime) {
    guard open.indices.contains(number), !open[number].isOver else { return }
    let call = open[number]
    guard let outcome = call.outcome else { return }
    guard policy.path == .sequencer || call.hasArrived && call.isFinal else { return }
    if policy.path == .liquidity {
      pool.receive(call.amount)
      record.note(pool, at: now)
    }
    record.finish(call, outcome, leavesLeg: policy.path != .sequencer)
    open[number].isOver = true
    forgetDone()
  }

  mutating func forgetDone() {
    while let head = open.head, head.isOver { open.removeFirst() }
  }
}
