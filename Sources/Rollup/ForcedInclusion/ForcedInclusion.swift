import EventKernel
import Ledger
import Randomness

/// What forced inclusion schedules for itself.
public enum ForcedInclusionEvent: BitwiseCopyable, Sendable {
  /// A user who is left out sends a message to the host.
  case sends(UInt32)
  /// The operator serves a message, if it can.
  case serves(UInt32)
}

/// An event type that can carry the events of forced inclusion.
public protocol CarriesForcedInclusionEvents: SimulationEvent {
  /// Wraps an event of a rollup's forced inclusion.
  static func forced(_ event: ForcedInclusionEvent, of rollup: RollupID) -> Self
}

/// What users do whom the operator leaves out: they wait, or send their transactions through the host.
///
/// A message is included by the host, for its fee and after its delay; then the operator serves it, or the rule of the
/// rollup brings it in without the operator, and the next block of the rollup executes it. A transaction that forces a
/// message brings in all before it as well. Re-orgs of the host take all of this back.
public struct ForcedInclusion: ~Copyable {
  private struct Message {
    let submittedAt: SimTime
    let isMeasured: Bool
    /// What a rollup sends that settles on this one [B]; nil of a user.
    var guestBytes: UInt64?
    var sentAt = SimTime.start
    var includedIn: BlockPlace?
    var executedAt: SimTime?
    /// The transaction that forced it; nil while none has.
    var forcing: Int?
    var isFinal = false
    var isDone = false
  }

  /// A transaction that forces messages.
  private struct Forcing {
    /// Of the messages in blocks, in their order, the first that it does not bring in.
    var end: Int
    /// The first that it does, while a block has it.
    var begin: Int?
    var isFinal = false

    /// From where on it can be taken back what it brings in.
    var reach: Int { isFinal ? .max : begin ?? .max }
  }

  /// What the scenario says about it.
  public let policy: Policy
  /// What the run remembers of it.
  public private(set) var record = ForcedInclusionRecord()
  private let rollup: RollupID
  private var buffer: DelayBuffer
  private var messages = FIFOQueue<Message>()
  /// Messages in blocks of the host that are not done, in the order of the chain.
  private var inBlocks = FIFOQueue<Int>()
  /// Of those the first that nothing has brought in.
  private var firstUnserved = 0
  private var forcings = FIFOQueue<Forcing>()
  private var isForcing = false
  /// Messages whose operator was down when it was to serve them.
  private var overdue: [Int] = []
  /// Messages of rollups that settle on this one that are not executed for good, and how many are that were not yet taken.
  private var guestMessages = FIFOQueue<Int>()
  private var executedGuests = 0
  /// When the last of those is sent: they keep their order.
  private var lastGuestSend = SimTime.start
  private var guestStream: RandomStream
  private var patienceStream: RandomStream
  private var serviceStream: RandomStream

  /// Nobody has sent anything.
  public init(_ policy: Policy, of rollup: RollupID, _ streams: StreamSource) {
    self.policy = policy
    self.rollup = rollup
    buffer = DelayBuffer(policy.buffer)
    guestStream = streams.stream("forced.guests")
    patienceStream = streams.stream("forced.patience")
    serviceStream = streams.stream("forced.service")
  }

  /// Whether all that users sent is executed for good.
  public var isDone: Bool {
    !messages.indices.contains { messages[$0].guestBytes == nil }
  }

  /// Whether each that was left out waits, or is executed.
  public var isConserved: Bool { record.isConserved }

  /// Whether what was sent waits for a block of the host.
  public var waitsForHost: Bool {
    isForcing || messages.indices.contains { messages[$0].includedIn == nil }
  }

  // MARK: Users

  /// A transaction is left out.
  ///
  /// - Parameter end: when it is executed if its user waits; nil for never.
  public mutating func leaveOut<E: CarriesForcedInclusionEvents>(
    _ transaction: Sequencer.LeftOut, until end: SimTime?, _ scheduler: inout Scheduler<E>
  ) {
    if transaction.isMeasured { record.leaveOut() }
    // Both are drawn for each, so that a larger share sends at the same instants.
    let sends = patienceStream.uniform() < policy.share
    let patience = SimDuration(drawn: policy.patience.sample(&patienceStream))
    let sendsAt = max(transaction.submittedAt + patience, scheduler.now)
    guard sends, policy.rule != .none, end.map({ sendsAt < $0 }) ?? true else {
      if transaction.isMeasured { record.wait(from: transaction.submittedAt, until: end) }
      return
    }
    let number = messages.append(
      Message(submittedAt: transaction.submittedAt, isMeasured: transaction.isMeasured))
    scheduler.schedule(.forced(.sends(UInt32(number)), of: rollup), at: sendsAt)
  }

  /// A transaction is left out that a rollup sends which settles on this one: it goes through the host, behind
  /// those before it.
  ///
  /// - Parameter bytes: that it has.
  public mutating func leaveOutGuest<E: CarriesForcedInclusionEvents>(
    bytes: UInt64, _ scheduler: inout Scheduler<E>
  ) {
    let patience = SimDuration(drawn: policy.patience.sample(&guestStream))
    lastGuestSend = max(lastGuestSend, scheduler.now + patience)
    let number = messages.append(
      Message(submittedAt: scheduler.now, isMeasured: false, guestBytes: bytes))
    guestMessages.append(number)
    scheduler.schedule(.forced(.sends(UInt32(number)), of: rollup), at: lastGuestSend)
  }

  /// Bytes of what a message brings from a rollup that settles on this one; nil of a user's.
  public func guestBytes(of number: Int) -> UInt64? { messages[number].guestBytes }

  /// How many messages of such rollups are executed for good, in their order, since they were last taken.
  public mutating func takeExecutedGuests() -> Int {
    defer { executedGuests = 0 }
    return executedGuests
  }

  /// A message is sent.
  public mutating func send(_ number: Int, at now: SimTime) { messages[number].sentAt = now }

  // MARK: Blocks of the host

  /// A block has a message.
  public mutating func include<E: CarriesForcedInclusionEvents>(
    _ number: Int, in block: BlockPlace, _ scheduler: inout Scheduler<E>
  ) {
    messages[number].includedIn = block
    inBlocks.append(number)
    // Drawn for each, whatever the operator does.
    let service = SimDuration(drawn: policy.service.sample(&serviceStream))
    let serves = policy.inbox == .serves
    guard serves || policy.rule == .request && policy.delayBlocks == 0 else { return }
    scheduler.schedule(
      .forced(.serves(UInt32(number)), of: rollup), after: serves ? service : policy.delay)
  }

  /// A re-org has dropped the block with a message, and what came after it.
  public mutating func drop(_ number: Int) {
    guard let height = messages[number].includedIn?.height else { return }
    while let last = inBlocks.last, (messages[last].includedIn?.height ?? .max) >= height {
      inBlocks.removeLast()
      messages[last].includedIn = nil
      undo(last)
    }
    messages[number].includedIn = nil
    undo(number)
    firstUnserved = min(firstUnserved, inBlocks.indices.upperBound)
  }

  private mutating func undo(_ number: Int) {
    guard messages[number].executedAt != nil else { return }
    messages[number].executedAt = nil
    messages[number].forcing = nil
    if messages[number].isMeasured { record.undo() }
  }

  /// The operator serves a message, unless something else has, or it is in no block.
  ///
  /// - Parameters:
  ///   - next: when the next block of the rollup is made; nil while nobody makes one.
  ///   - height: of the host.
  public mutating func serve(_ number: Int, in next: SimTime?, height: Int) {
    guard messages.indices.contains(number), let block = messages[number].includedIn,
      messages[number].executedAt == nil
    else { return }
    guard let next else { return overdue.append(number) }
    messages[number].executedAt = next
    if policy.buffer.isUsed {
      buffer.sequence(messageIn: UInt64(block.height), at: UInt64(height))
    }
    record.note(buffer: buffer)
    skipServed()
  }

  /// The operator is back, and serves what it could not.
  public mutating func serveOverdue(in next: SimTime, height: Int) {
    let numbers = overdue
    overdue.removeAll()
    for number in numbers { serve(number, in: next, height: height) }
  }

  private mutating func skipServed() {
    firstUnserved = max(firstUnserved, inBlocks.indices.lowerBound)
    while inBlocks.indices.contains(firstUnserved),
      messages[inBlocks[firstUnserved]].executedAt != nil
    {
      firstUnserved += 1
    }
  }

  /// The host has made a block.
  ///
  /// - Returns: the number of a transaction that somebody has to send to force messages; nil for none.
  public mutating func endBlock(at now: SimTime, height: Int) -> Int? {
    defer { forgetDone() }
    if policy.rule == .derivation { takeBack(at: now, height: height) }
    skipServed()
    switch policy.rule {
    case .none: return nil
    case .derivation: serveDue(at: now, height: height)
    case .request:
      // At the last moment that the contract leaves it.
      if policy.delayBlocks > 0, policy.inbox == .delays { serveDue(at: now, height: height) }
    case .transaction: return forcing(at: now, height: height)
    }
    return nil
  }

  private mutating func serveDue(at now: SimTime, height: Int) {
    while isDue(firstUnserved, at: now, height: height) {
      messages[inBlocks[firstUnserved]].executedAt = now
      skipServed()
    }
  }

  /// Takes back what blocks brought in that a re-org has dropped.
  private mutating func takeBack(at now: SimTime, height: Int) {
    while firstUnserved > inBlocks.indices.lowerBound, firstUnserved <= inBlocks.indices.upperBound,
      !isDue(firstUnserved - 1, at: now, height: height), policy.inbox == .delays
    {
      firstUnserved -= 1
      undo(inBlocks[firstUnserved])
    }
  }

  /// Whether a message has been in a block as long as the rule wants.
  private func isDue(_ place: Int, at now: SimTime, height: Int) -> Bool {
    guard inBlocks.indices.contains(place), let block = messages[inBlocks[place]].includedIn
    else { return false }
    var blocks = policy.delayBlocks
    if policy.buffer.isUsed {
      blocks = min(blocks, Int(buffer.available(toMessageIn: UInt64(block.height))))
    }
    return height >= block.height + blocks && now >= block.time + policy.delay
  }

  /// The transaction that forces all messages that are due, if there are any and none is on its way.
  private mutating func forcing(at now: SimTime, height: Int) -> Int? {
    guard !isForcing, isDue(firstUnserved, at: now, height: height) else { return nil }
    var end = firstUnserved + 1
    while isDue(end, at: now, height: height) { end += 1 }
    isForcing = true
    return forcings.append(Forcing(end: end))
  }

  /// A block has a transaction that forces messages.
  ///
  /// - Parameter next: when the next block of the rollup is made, which anybody can derive.
  public mutating func includeForcing(_ number: Int, in block: BlockPlace, next: SimTime) {
    isForcing = false
    skipServed()
    forcings[number].begin = firstUnserved
    let end = forcings[number].end
    // It reverts if a re-org has moved the message that it names to a later block.
    guard firstUnserved < end, isDue(end - 1, at: block.time, height: block.height - 1),
      let last = messages[inBlocks[end - 1]].includedIn
    else { return }
    if policy.buffer.isUsed {
      buffer.sequence(messageIn: UInt64(last.height), at: UInt64(block.height))
      record.note(buffer: buffer)
    }
    for place in firstUnserved..<end where messages[inBlocks[place]].executedAt == nil {
      messages[inBlocks[place]].executedAt = next
      messages[inBlocks[place]].forcing = number
    }
    skipServed()
  }

  /// A re-org has dropped that block: it waits for another one.
  public mutating func dropForcing(_ number: Int) {
    isForcing = true
    guard let begin = forcings[number].begin else { return }
    forcings[number].begin = nil
    let first = max(begin, inBlocks.indices.lowerBound)
    for place in first..<max(first, inBlocks.indices.upperBound)
    where messages[inBlocks[place]].forcing == number { undo(inBlocks[place]) }
    firstUnserved = min(firstUnserved, first)
  }

  /// The block with a message is final.
  public mutating func settle(_ number: Int, in block: SimTime, cost: Wei) {
    messages[number].isFinal = true
    if messages[number].isMeasured {
      record.include(sentAt: messages[number].sentAt, in: block, cost: cost)
    }
  }

  /// The block with a transaction that forces messages is final.
  public mutating func settleForcing(_ number: Int, cost: Wei) {
    forcings[number].isFinal = true
    record.force(cost: cost)
    while let head = forcings.head, head.isFinal { forcings.removeFirst() }
  }

  /// Forgets what is executed for good, in the order of sending.
  private mutating func forgetDone() {
    // What a transaction on its way to finality has brought in can be taken back.
    var safe = Int.max
    for number in forcings.indices { safe = min(safe, forcings[number].reach) }
    while let number = inBlocks.head, inBlocks.indices.lowerBound < safe,
      messages[number].isFinal, messages[number].executedAt != nil
    {
      inBlocks.removeFirst()
      messages[number].isDone = true
    }
    // In an order of their own: none waits for a user who takes longer.
    while let number = guestMessages.head, messages[number].isDone {
      guestMessages.removeFirst()
      executedGuests += 1
    }
    while let message = messages.head, message.isDone, let executedAt = message.executedAt {
      if message.isMeasured {
        record.execute(from: message.submittedAt, sentAt: message.sentAt, at: executedAt)
      }
      messages.removeFirst()
    }
  }
}

extension ForcedInclusion: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> ForcedInclusion {
    ForcedInclusion(copying: self, draws)
  }

  private init(copying other: borrowing ForcedInclusion, _ draws: Draws) {
    policy = other.policy
    record = other.record
    rollup = other.rollup
    buffer = other.buffer
    messages = other.messages
    inBlocks = other.inBlocks
    firstUnserved = other.firstUnserved
    forcings = other.forcings
    isForcing = other.isForcing
    overdue = other.overdue
    guestMessages = other.guestMessages
    executedGuests = other.executedGuests
    lastGuestSend = other.lastGuestSend
    guestStream = other.guestStream.copy(drawing: draws)
    patienceStream = other.patienceStream.copy(drawing: draws)
    serviceStream = other.serviceStream.copy(drawing: draws)
  }
}
