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

/// A sealed layer 2 block: the soft confirmation of its transactions.
public struct SealedBlock: Sendable {
  /// When it was sealed.
  public var sealedAt: SimTime
  /// Its transactions by class.
  public var transactions = TransactionTotals()
  /// When the measured ones were submitted.
  public var submissions = Submissions()
  /// How many transactions it has.
  public var count = 0
  /// Their layer 2 gas.
  public var gas: UInt64 = 0
  /// Their bytes before compression.
  public var rawBytes: UInt64 = 0
  /// How many of them are of rollups that settle here.
  public var guests = 0
  /// What they pay for their gas; the sequencer does not know.
  public var feesPaid = Wei.zero

  /// Whether it has no transactions.
  public var isEmpty: Bool { count == 0 }
}

/// One operator that orders transactions first come, first served and seals them into blocks.
///
/// No event is scheduled per transaction: arrivals since the last block are drawn when the next one
/// is sealed, which gives the same blocks, because the mempool shrinks only then.
public struct Sequencer: ~Copyable {
  /// What a scenario says about the sequencer.
  public struct Policy: Hashable, Sendable {
    /// When blocks are sealed.
    public var sealing: Sealing
    /// Time between blocks that are sealed at an interval.
    public var blockInterval: SimDuration
    /// Layer 2 gas that fits into a block.
    public var blockGasLimit: UInt64
    /// Transactions that fit into a block.
    public var blockTransactionLimit: Int
    /// Transactions that wait at most; more are dropped.
    public var mempoolCapacity: Int
    /// Time between blocks that are sealed when they are full, at least.
    public var shortestInterval = SimDuration.seconds(1)
    /// What contracts on the rollup are told as the number of a block.
    public var blockNumber = BlockNumber.own

    /// Creates a policy.
    public init(
      sealing: Sealing, blockInterval: SimDuration, blockGasLimit: UInt64,
      blockTransactionLimit: Int, mempoolCapacity: Int
    ) {
      self.sealing = sealing
      self.blockInterval = blockInterval
      self.blockGasLimit = blockGasLimit
      self.blockTransactionLimit = blockTransactionLimit
      self.mempoolCapacity = mempoolCapacity
    }
  }

  /// What contracts on a rollup are told as the number of a block.
  public enum BlockNumber: String, CaseIterable, Sendable {
    /// The number of the rollup's own block.
    case own
    /// What the rollup's host tells, as the sequencer knows it when it seals the block.
    ///
    /// Source: Nitro, `execution/gethexec/sequencer.go`, whose blocks carry the parent chain's number, or
    /// if that is an Arbitrum chain the number that it carries (`arbutil.ParentHeaderToL1BlockNumber`).
    case host
  }

  /// When blocks are sealed.
  public enum Sealing: String, CaseIterable, Sendable {
    /// At a fixed interval, whether or not there are transactions.
    case interval
    /// As soon as a block is full, and else at the interval.
    case whenFull = "when_full"
    /// One block for each transaction, at once.
    case perTransaction = "per_transaction"
  }

  /// What the scenario says about the sequencer.
  public let policy: Policy
  @usableFromInline let rollup: RollupID
  /// Bytes of one transaction, before compression, that a batch can publish.
  private let transactionBytesLimit: UInt64
  /// Measured transactions that found the mempool full, or that no block or batch has room for.
  public private(set) var droppedMeasured = 0
  /// Their layer 2 gas.
  public private(set) var droppedMeasuredGas: UInt64 = 0
  /// Of the measured ones those that no block or batch has room for.
  public private(set) var oversizedMeasured = 0
  /// All transactions that reached the mempool.
  public private(set) var accepted = 0

  private var mempool = FIFOQueue<Transaction>(capacity: 1024)
  /// Layer 2 gas of what waits.
  private var waitingGas: UInt64 = 0

  /// A sequencer with an empty mempool.
  ///
  /// - Parameter transactionBytesLimit: bytes of one transaction, before compression, that a batch can
  ///   publish.
  public init(
    _ policy: Policy, of rollup: RollupID, transactionBytesLimit: UInt64 = .max
  ) {
    self.policy = policy
    self.rollup = rollup
    self.transactionBytesLimit = transactionBytesLimit
  }

  /// How many transactions wait.
  public var waiting: Int { mempool.count }

  /// When the transaction was submitted that has waited longest; nil if none waits.
  package var oldestSubmission: SimTime? { mempool.head?.submittedAt }

  /// Schedules the first block.
  public mutating func start<E: CarriesSequencerEvents>(
    _ workload: inout Workload, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.sequencer(.seal, of: rollup), at: nextSeal(after: .start, &workload))
  }

  /// Seals the block that is due now and schedules the next one.
  @inlinable
  public mutating func handle<E: CarriesSequencerEvents>(
    _ event: SequencerEvent, _ workload: inout Workload, _ scheduler: inout Scheduler<E>
  ) -> SealedBlock {
    let block = seal(&workload, at: scheduler.now)
    scheduler.schedule(.sequencer(.seal, of: rollup), at: nextSeal(after: scheduler.now, &workload))
    return block
  }

  @usableFromInline
  mutating func nextSeal(after instant: SimTime, _ workload: inout Workload) -> SimTime {
    switch policy.sealing {
    case .interval: instant + policy.blockInterval
    case .whenFull: whenFull(after: instant, &workload)
    case .perTransaction: workload.nextArrival
    }
  }

  /// When what waits fills a block, or at the latest after the interval.
  ///
  /// Until then the mempool only grows, so who finds it full is the same whenever arrivals are drawn.
  private mutating func whenFull(after instant: SimTime, _ workload: inout Workload) -> SimTime {
    let earliest = instant + policy.shortestInterval
    let latest = max(earliest, instant + policy.blockInterval)
    while !fillsBlock {
      let arrival = workload.nextArrival
      guard arrival < latest else { return latest }
      admit(&workload, through: arrival)
      if fillsBlock { return max(earliest, arrival) }
    }
    return earliest
  }

  private var fillsBlock: Bool {
    mempool.count >= policy.blockTransactionLimit || waitingGas >= policy.blockGasLimit
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
    mempool.append(transaction)
    waitingGas &+= UInt64(transaction.gas)
    accepted &+= 1
  }

  private mutating func admit(_ workload: inout Workload, through instant: SimTime) {
    while workload.nextArrival <= instant {
      let transaction = workload.next()
      let fits = fits(transaction)
      if fits, mempool.count < policy.mempoolCapacity {
        mempool.append(transaction)
        waitingGas &+= UInt64(transaction.gas)
        accepted &+= 1
      } else if transaction.isMeasured {
        droppedMeasured += 1
        droppedMeasuredGas += UInt64(transaction.gas)
        if !fits { oversizedMeasured += 1 }
      }
    }
  }

  /// Whether a block and a batch have room for a transaction: one that is larger would wait for ever.
  private func fits(_ transaction: Transaction) -> Bool {
    UInt64(transaction.gas) <= policy.blockGasLimit
      && UInt64(transaction.bytes) <= transactionBytesLimit
  }

  @usableFromInline
  mutating func seal(_ workload: inout Workload, at instant: SimTime) -> SealedBlock {
    admit(&workload, through: instant)
    var block = SealedBlock(sealedAt: instant)
    while let transaction = mempool.head, block.count < policy.blockTransactionLimit {
      let gas = block.gas + UInt64(transaction.gas)
      guard gas <= policy.blockGasLimit else { break }
      block.count += 1
      block.gas = gas
      block.rawBytes += UInt64(transaction.bytes)
      block.transactions.add(transaction)
      if transaction.isMeasured { block.submissions.add(transaction.submittedAt) }
      if transaction.isGuest { block.guests += 1 }
      mempool.removeFirst()
    }
    waitingGas &-= block.gas
    return block
  }
}

extension Sequencer: Splittable {
  /// A copy in the same state: it draws nothing itself.
  public func copy(drawing draws: Draws) -> Sequencer { Sequencer(copying: self) }

  private init(copying other: borrowing Sequencer) {
    policy = other.policy
    rollup = other.rollup
    transactionBytesLimit = other.transactionBytesLimit
    droppedMeasured = other.droppedMeasured
    droppedMeasuredGas = other.droppedMeasuredGas
    oversizedMeasured = other.oversizedMeasured
    accepted = other.accepted
    mempool = other.mempool
    waitingGas = other.waitingGas
  }
}
