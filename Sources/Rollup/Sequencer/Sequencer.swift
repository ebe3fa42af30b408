import EventKernel
import Ledger
import Randomness

/// What the sequencer schedules for itself.
public enum SequencerEvent: BitwiseCopyable, Sendable {
  /// It is time to seal a block.
  case seal
}

/// An event type that can carry the sequencer's events.
public protocol CarriesSequencerEvents: SimulationEvent {
  /// Wraps an event of a rollup's sequencer.
  static func sequencer(_ event: SequencerEvent, of rollup: RollupID) -> Self
}

/// One operator that orders transactions first come, first served and seals them into blocks.
///
/// No event is scheduled per transaction: arrivals since the last block are drawn when the next one
/// is sealed, which gives the same blocks, because the mempool shrinks only then.
public struct Sequencer: ~Copyable {
  /// What the scenario says about the sequencer.
  public let policy: Policy
  @usableFromInline let rollup: RollupID
  /// Bytes of one transaction, before compression, that a batch can publish.
  private let transactionBytesLimit: UInt64
  /// Layer 2 gas of one transaction that has room in a block, and of all that it can have.
  private let gasLimits: (transaction: UInt64, block: UInt64)
  /// Measured transactions that found the mempool full, or that no block or batch has room for.
  public private(set) var droppedMeasured = 0
  /// Their layer 2 gas.
  public private(set) var droppedMeasuredGas: UInt64 = 0
  /// Of the measured ones those that no block or batch has room for.
  public private(set) var oversizedMeasured = 0
  /// Layer 2 gas of attacks in the last block.
  public private(set) var attackGas: UInt64 = 0
  /// Measured transactions whose users gave up because gas cost more than they offer.
  public internal(set) var pricedOutMeasured = 0
  /// Their layer 2 gas.
  public internal(set) var pricedOutMeasuredGas: UInt64 = 0
  /// All transactions that reached the mempool.
  public internal(set) var accepted = 0

  /// Whom the operator leaves out; nil for nobody.
  let censor: Censor?
  /// Who waits for cheaper gas; nil where nobody minds what it costs.
  let underpriced: Underpriced?
  /// What gas costs in the next block, where somebody minds [wei per gas].
  var gasPrice: UInt64 = 0
  /// What transactions pay for their data; nil for nothing.
  public internal(set) var dataFees: DataFeeRate?
  /// What those of the planned stretch pay for theirs, as far as that is known.
  var stretchFees = StretchFees()
  var mempool = FIFOQueue<Transaction>(capacity: 1024)
  /// Layer 2 gas of what waits.
  var waitingGas: UInt64 = 0
  /// Whether the last block left transactions behind that were not executed in its time.
  private var leftUnexecuted = false
  /// Of the last block what has to do with the order, in its order.
  public private(set) var ordered: [OrderedTransaction] = []
  /// Whether blocks without transactions are left out, because nobody needs them.
  private let rests: Bool
  /// Up to how many arrivals a second nothing waits and nothing is dropped [1/s].
  let quietRate: Double
  /// Cohorts that are sealed with the next event; empty where that seals a block of transactions.
  var planned: [Cohort] = []
  /// When the last block was sealed.
  public internal(set) var lastSeal = SimTime.start

  /// A sequencer with an empty mempool.
  ///
  /// - Parameters:
  ///   - transactionBytesLimit: bytes of one transaction, before compression, that a batch can publish.
  ///   - gasLimits: layer 2 gas that can be executed in the time of a block: of one transaction, and of all.
  ///   - rests: whether blocks without transactions are left out.
  ///   - quietRate: up to how many arrivals a second blocks can be sealed in stretches [1/s].
  ///   - censor: whom the operator leaves out.
  ///   - patience: how long transactions wait that offer less for gas than it costs; nil where all pay whatever it
  ///     costs.
  public init(
    _ policy: Policy, of rollup: RollupID, transactionBytesLimit: UInt64 = .max,
    gasLimits: (transaction: UInt64, block: UInt64) = (.max, .max), rests: Bool = false,
    quietRate: Double = 0, censor: CensorPolicy = CensorPolicy(),
    patience: SimDuration? = nil, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.transactionBytesLimit = transactionBytesLimit
    self.gasLimits = (
      min(gasLimits.transaction, policy.blockGasLimit), min(gasLimits.block, policy.blockGasLimit)
    )
    self.rests = rests
    self.quietRate = quietRate
    self.censor = censor.censors ? Censor(censor, streams) : nil
    underpriced = patience.map { Underpriced(patience: $0, capacity: policy.mempoolCapacity) }
  }

  /// How many transactions wait.
  public var waiting: Int { mempool.count }

  /// When the transaction was submitted that has waited longest; nil if none waits.
  package var oldestSubmission: SimTime? { mempool.head?.submittedAt }

  /// Schedules the next block, or the first.
  ///
  /// - Parameter bounds: how far a stretch of several may reach.
  @inlinable
  public mutating func scheduleNext<E: CarriesSequencerEvents>(
    _ workload: inout Workload, _ bounds: StretchBounds, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.sequencer(.seal, of: rollup), at: nextSeal(&workload, bounds))
  }

  @usableFromInline
  mutating func nextSeal(_ workload: inout Workload, _ bounds: StretchBounds) -> SimTime {
    if workload.isInCohorts, let end = planStretch(&workload, bounds) { return end }
    return switch policy.sealing {
    case .interval: nextInterval(&workload)
    case .whenFull: whenFull(&workload)
    case .perTransaction: workload.nextArrival
    }
  }

  /// The next block, or if blocks without transactions are left out, the next that has some.
  @inline(__always)
  private func nextInterval(_ workload: inout Workload) -> SimTime {
    let next = lastSeal + policy.blockInterval
    let arrival = workload.nextArrival
    return rests && mempool.isEmpty && waitingForPrice == 0 && arrival > next
      ? firstSeal(noEarlierThan: arrival) : next
  }

  /// The first block at the interval, counted from the last one, that is not before an instant.
  @inline(__always)
  private func firstSeal(noEarlierThan instant: SimTime) -> SimTime {
    let interval = policy.blockInterval.nanoseconds
    let passed = max(0, (instant - lastSeal).nanoseconds)
    let (wait, overflows) = (passed / interval + (passed % interval == 0 ? 0 : 1))
      .multipliedReportingOverflow(by: interval)
    let (end, endOverflows) = lastSeal.nanoseconds.addingReportingOverflow(wait)
    return overflows || endOverflows ? .distantFuture : SimTime(nanoseconds: end)
  }

  /// When what waits fills a block, or at the latest after the interval.
  ///
  /// Until then the mempool only grows, so who finds it full is the same whenever arrivals are drawn.
  private mutating func whenFull(_ workload: inout Workload) -> SimTime {
    let earliest = lastSeal + policy.shortestInterval
    let latest = max(earliest, lastSeal + policy.blockInterval)
    while !fillsBlock {
      guard workload.draw(through: latest) else { return latest }
      let arrival = workload.nextArrival
      guard arrival < latest else { return latest }
      admit(&workload, through: arrival)
      if fillsBlock { return max(earliest, arrival) }
    }
    return earliest
  }

  private var fillsBlock: Bool {
    mempool.count >= policy.blockTransactionLimit || waitingGas >= gasLimits.block
      || leftUnexecuted && !mempool.isEmpty
  }

  /// Takes a transaction of a rollup that settles here, behind what users have submitted before; it
  /// finds room however full the mempool is.
  ///
  /// It must fit into a block and a batch.
  public mutating func admit(
    guestGas gas: UInt64, bytes: UInt64, _ workload: inout Workload, at now: SimTime
  ) {
    admit(&workload, through: now)
    let transaction = Transaction(guestGas: gas, bytes: bytes, at: now)
    precondition(fits(transaction), "a transaction of a guest is too large for its host")
    enqueue(transaction)
  }

  /// Lets what is submitted through an instant wait.
  ///
  /// - Parameter taken: how many transactions a block has already that is being sealed.
  public mutating func admit(
    _ workload: inout Workload, through instant: SimTime, behind taken: Int = 0
  ) {
    while workload.draw(through: instant) {
      let transaction = workload.next()
      if let censor, censor.leavesOut(transaction) { continue }
      let fits = fits(transaction)
      if fits, isTooDear(for: transaction, at: instant) { continue }
      if fits, mempool.count + taken < policy.mempoolCapacity {
        enqueue(transaction)
      } else {
        noteDropped(transaction, isOversized: !fits)
      }
    }
  }

  /// Puts a transaction behind those that wait.
  @inline(__always)
  mutating func enqueue(_ transaction: Transaction) {
    mempool.append(transaction)
    waitingGas &+= UInt64(transaction.gas)
    accepted &+= 1
  }

  /// Counts a transaction that is dropped, if it is measured.
  mutating func noteDropped(_ transaction: Transaction, isOversized: Bool) {
    guard transaction.isMeasured else { return }
    droppedMeasured += 1
    droppedMeasuredGas += UInt64(transaction.gas)
    if isOversized { oversizedMeasured += 1 }
  }

  /// Whether a block and a batch have room for a transaction: one that is larger would wait for ever.
  func fits(_ transaction: Transaction) -> Bool {
    UInt64(transaction.gas) <= gasLimits.transaction
      && UInt64(transaction.bytes) <= transactionBytesLimit
  }

  private mutating func beginBlock(at instant: SimTime) {
    lastSeal = instant
    attackGas = 0
    if !ordered.isEmpty { ordered.removeAll(keepingCapacity: true) }
  }

  /// Seals the block that is due now, or several, into one that is empty so far: it would be copied if it were
  /// returned.
  public mutating func seal(_ workload: inout Workload, into block: inout SealedBlock) {
    let instant = block.sealedAt
    beginBlock(at: instant)
    if !planned.isEmpty { sealStretch(&workload, into: &block) }
    if block.stretch != nil, workload.hasNone(before: instant) { return }
    if mempool.isEmpty, censor == nil, underpriced == nil, !workload.hasAttack,
      sealAtOnce(&workload, into: &block)
    {
      return
    }
    admit(&workload, through: instant, behind: block.count)
    let taken = block.gas
    while let transaction = mempool.head, block.count < policy.blockTransactionLimit {
      guard block.gas + UInt64(transaction.gas) <= policy.blockGasLimit else { break }
      take(transaction, into: &block)
    }
    waitingGas &-= block.gas - taken
  }

  /// Seals the block that is due now with what is executed in its time.
  public mutating func seal(
    _ workload: inout Workload, executedBy execution: inout Execution,
    into block: inout SealedBlock
  ) {
    let instant = block.sealedAt
    beginBlock(at: instant)
    admit(&workload, through: instant)
    execution.begin()
    var room = policy.blockGasLimit
    for number in mempool.indices.prefix(policy.blockTransactionLimit) {
      let gas = UInt64(mempool[number].gas)
      guard gas <= room, execution.offer(mempool[number]) else { break }
      room -= gas
    }
    for _ in 0..<execution.run(at: instant) {
      if let transaction = mempool.head { take(transaction, into: &block) }
    }
    waitingGas &-= block.gas
    leftUnexecuted = execution.isLimiting
  }

  /// Takes the first that waits into a block.
  @inline(__always)
  private mutating func take(_ transaction: Transaction, into block: inout SealedBlock) {
    block.transactions.add(transaction)
    if transaction.isMeasured { block.submissions.add(transaction.submittedAt) }
    // What guests pay for theirs is told them with their receipts.
    if let dataFees, !transaction.isGuest {
      block.dataFees += dataFees.fee(
        bytes: UInt64(transaction.bytes), writes: UInt64(transaction.writes))
    }
    if transaction.isAttack { attackGas &+= UInt64(transaction.gas) }
    if transaction.ticket > 0 {
      ordered.append(OrderedTransaction(ticket: transaction.ticket, gas: transaction.gas))
    }
    if transaction.isGuest {
      block.guests += 1
      block.guestGas += UInt64(transaction.gas)
    }
    mempool.removeFirst()
  }

  /// Seals what was submitted since the last block while nothing waits.
  ///
  /// - Returns: whether the block has all of it.
  @inline(__always)
  private mutating func sealAtOnce(
    _ workload: inout Workload, into block: inout SealedBlock
  ) -> Bool {
    block.stretch == nil
      ? fillAtOnce(&workload, into: &block) : endStretch(&workload, into: &block)
  }

  /// The same behind a stretch that was counted.
  @inline(never)
  private mutating func endStretch(
    _ workload: inout Workload, into block: inout SealedBlock
  ) -> Bool {
    let stretch = block
    let hasAll = fillAtOnce(&workload, into: &block)
    block.endStretch(stretch)
    return hasAll
  }

  /// - Returns: whether the block has all of it.
  @inline(__always)
  private mutating func fillAtOnce(
    _ workload: inout Workload, into block: inout SealedBlock
  ) -> Bool {
    let before = block.count
    let most = min(policy.blockTransactionLimit, policy.mempoolCapacity)
    var room = TransactionBuffer.Room(
      count: most - min(before, most),
      gas: policy.blockGasLimit - min(block.gas, policy.blockGasLimit),
      bytes: transactionBytesLimit)
    var hadRoom = true
    while hadRoom, workload.draw(through: block.sealedAt) {
      hadRoom = workload.take(through: block.sealedAt, &room, into: &block, at: dataFees)
    }
    accepted &+= block.count &- before
    return hadRoom
  }

  /// When the block is sealed that has what is submitted now, while blocks have room: where they are sealed when they
  /// are full, at the latest.
  public func usualSeal(after now: SimTime) -> SimTime {
    policy.sealing == .perTransaction ? now : firstSeal(noEarlierThan: now)
  }

  /// Takes the transactions that the operator left out since the last block.
  public mutating func takeLeftOut() -> [LeftOut] { censor?.takeLeftOut() ?? [] }

  /// Counts transactions that are sealed without having waited.
  mutating func accept(_ count: Int) { accepted += count }
}

extension Sequencer: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Sequencer { Sequencer(copying: self, draws) }

  private init(copying other: borrowing Sequencer, _ draws: Draws) {
    policy = other.policy
    rollup = other.rollup
    transactionBytesLimit = other.transactionBytesLimit
    gasLimits = other.gasLimits
    leftUnexecuted = other.leftUnexecuted
    droppedMeasured = other.droppedMeasured
    droppedMeasuredGas = other.droppedMeasuredGas
    oversizedMeasured = other.oversizedMeasured
    attackGas = other.attackGas
    accepted = other.accepted
    censor = other.censor?.copy(drawing: draws)
    underpriced = other.underpriced?.copy()
    gasPrice = other.gasPrice
    dataFees = other.dataFees
    stretchFees = other.stretchFees
    pricedOutMeasured = other.pricedOutMeasured
    pricedOutMeasuredGas = other.pricedOutMeasuredGas
    mempool = other.mempool
    waitingGas = other.waitingGas
    ordered = other.ordered
    rests = other.rests
    quietRate = other.quietRate
    planned = other.planned
    lastSeal = other.lastSeal
  }
}
