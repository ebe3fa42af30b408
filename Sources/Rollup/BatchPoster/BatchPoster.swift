import EventKernel
import Ledger
import Randomness

/// What the batch poster schedules for itself.
public enum BatchPosterEvent: BitwiseCopyable, Sendable {
  /// The batch with this number has waited long enough.
  case deadline(batch: UInt32)
  /// The closed batch with this number is handed over at any fee, if it is not yet.
  case overdue(batch: UInt32)
}

/// An event type that can carry the batch poster's events.
public protocol CarriesBatchPosterEvents: SimulationEvent {
  /// Wraps an event of a rollup's batch poster.
  static func batchPoster(_ event: BatchPosterEvent, of rollup: RollupID) -> Self
}

/// Collects blocks, closes a batch when it is full or when its first block has waited too long, and holds
/// closed ones back as long as its policy says.
public struct BatchPoster: ~Copyable {
  /// What a scenario says about the batch poster.
  public struct Policy: Hashable, Sendable {
    /// The word for a rollup that posts its data itself.
    public static let own = "own"

    /// The name of the service that posts its data with that of others, or `own`.
    public var service = own
    /// Bytes after compression at which a batch is full.
    public var maxBytes: UInt64
    /// Time after the sealing of its first block at which a batch is closed.
    public var maxAge: SimDuration
    /// What it publishes of transactions.
    public var format = DataFormat.transactions
    /// Bytes after compression per byte before, of a large batch.
    public var compressionRatio: Double
    /// Bytes before compression at which half of what large batches save is saved.
    public var compressionWarmUp: UInt64 = 0
    /// Bytes of a slot in state differences.
    public var slotBytes: UInt64 = 40
    /// Bytes of a slot in state differences that nobody wrote before.
    public var newSlotBytes: UInt64 = 64
    /// Bytes of a transaction beside state differences.
    public var messageBytes: UInt64 = 0
    /// Bytes of a batch that no transaction accounts for.
    public var overheadBytes: UInt64
    /// What carries the data to the settlement chain.
    public var carrier: DataCarrier
    /// Calldata of one settlement transaction [B].
    public var calldataPerTransaction: UInt64
    /// Data that one blob holds [B].
    public var bytesPerBlob: UInt64
    /// Blobs of one settlement transaction.
    public var blobsPerTransaction: UInt64
    /// Gas that a data transaction executes beside its calldata.
    public var gas: UInt64
    /// Share of zero bytes in published calldata.
    public var zeroByteShare: Double
    /// When batches are closed and handed over.
    public var posting = PostingPolicy.baseCase
    /// Whether the carrier is always the same.
    public var carrierChoice = CarrierChoice.fixed
    /// How much less the other carrier has to cost, as a share of that.
    public var carrierMargin = 0.1

    /// Creates a policy.
    public init(
      maxBytes: UInt64, maxAge: SimDuration, compressionRatio: Double, overheadBytes: UInt64,
      carrier: DataCarrier, calldataPerTransaction: UInt64, bytesPerBlob: UInt64,
      blobsPerTransaction: UInt64, gas: UInt64, zeroByteShare: Double
    ) {
      self.maxBytes = maxBytes
      self.maxAge = maxAge
      self.compressionRatio = compressionRatio
      self.overheadBytes = overheadBytes
      self.carrier = carrier
      self.calldataPerTransaction = calldataPerTransaction
      self.bytesPerBlob = bytesPerBlob
      self.blobsPerTransaction = blobsPerTransaction
      self.gas = gas
      self.zeroByteShare = zeroByteShare
    }
  }

  /// What the scenario says about the batch poster.
  public private(set) var policy: Policy
  @usableFromInline let rollup: RollupID
  /// The batch that collects blocks; empty while there is none.
  private var open = Batch()
  /// What it writes, where that is published.
  private var slots: WrittenSlots
  /// Batches closed so far: outdates the deadlines of those.
  public private(set) var closed: UInt32 = 0

  /// Bytes and age at which the open batch is closed.
  private var byteLimit: UInt64
  private var ageLimit: SimDuration
  /// The share of an interval at which the grid of batches begins.
  private let phase: Double
  /// Batches that are closed and held back.
  private var held: HeldBatches
  /// What carried the last batch.
  private var carrier: DataCarrier

  /// A batch poster without an open batch.
  ///
  /// - Parameters:
  ///   - state: what transactions write to.
  ///   - firstBatch: the share of the limits at which the first batch is closed: the phase at which the cycle
  ///     of batches begins.
  ///   - basis: what the operator knows of costs; nil where no policy asks.
  public init(
    _ policy: Policy, of rollup: RollupID, writingTo state: Workload.StatePolicy,
    firstBatch: Double = 1, knowing basis: PostingBasis? = nil, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    slots = WrittenSlots(state, streams)
    phase = firstBatch
    byteLimit = UInt64(Double(policy.maxBytes) * firstBatch)
    ageLimit = SimDuration(nanoseconds: Int64(Double(policy.ageLimit.nanoseconds) * firstBatch))
    held = HeldBatches(policy, basis)
    carrier = policy.carrier
  }

  /// How many transactions wait in the open batch.
  public var waiting: Int { open.count }

  /// Their layer 2 gas.
  package var waitingGas: UInt64 { open.gas }

  /// Their bytes before compression.
  package var waitingBytes: UInt64 { open.rawBytes }

  /// When the open batch is closed at the latest; nil without one.
  public var closesAt: SimTime? {
    mutating get { open.count > 0 ? closing(of: open.openedAt) : nil }
  }

  /// When a batch that is opened at an instant is closed at the latest.
  @usableFromInline
  mutating func closing(of opening: SimTime) -> SimTime {
    guard policy.posting.rule == .interval else { return opening + ageLimit }
    let interval = policy.posting.interval.nanoseconds
    let first = Int64(Double(interval) * phase)
    // The first instant of the grid that is not before it: a block at that instant is part of the batch.
    let passed = max(0, opening.nanoseconds - first + interval - 1) / interval
    return SimTime(nanoseconds: first + passed * interval)
  }

  // What is asked for each block is mutating, since the compiler would copy the poster for what only reads it.

  /// Bytes of transactions, before compression, that the open batch has room for.
  public var room: UInt64 {
    mutating get {
      let published = Double(byteLimit - min(byteLimit, policy.overheadBytes))
      var room = UInt64(policy.uncompressed(published))
      // Rounding may be off by one either way.
      room += 1
      while room > 0, policy.publishedBytes(rawBytes: room) > byteLimit { room -= 1 }
      return room - min(room, open.rawBytes)
    }
  }

  /// Looks at a block before it is added: where state differences are published, which slots it writes.
  @inlinable
  public mutating func examine(_ block: SealedBlock) {
    if policy.format == .stateDifferences { draw(writes: UInt64(block.transactions.writes)) }
  }

  @usableFromInline
  mutating func draw(writes: UInt64) { slots.draw(writes: writes) }

  /// Whether the open batch has to be closed before `block`, which was examined, is added, because both do
  /// not fit.
  public mutating func isFull(for block: SealedBlock) -> Bool {
    guard open.count > 0 else { return false }
    var transactions = open.transactions
    transactions.add(block.transactions)
    return policy.publishes(moreThan: byteLimit, transactions, slots.withBlock)
  }

  /// Whether the open batch is full to the byte.
  public var isFull: Bool {
    mutating get {
      byteLimit == 0 || policy.publishes(moreThan: byteLimit - 1, open.transactions, open.slots)
    }
  }

  /// Adds a block with transactions, which was examined.
  ///
  /// - Parameter fees: what they pay for it.
  @inlinable
  public mutating func append<E: CarriesBatchPosterEvents>(
    _ block: SealedBlock, paying fees: Wei, _ scheduler: inout Scheduler<E>
  ) {
    if waiting == 0 {
      scheduler.schedule(
        .batchPoster(.deadline(batch: closed), of: rollup), at: closing(of: scheduler.now))
    }
    collect(block, paying: fees)
  }

  @usableFromInline
  mutating func collect(_ block: SealedBlock, paying fees: Wei) {
    if policy.format == .stateDifferences { slots.append() }
    open.append(block, paying: fees, writing: slots.open)
  }

  /// The batch that is due, or nil if it was closed before its deadline.
  public mutating func handle(_ event: BatchPosterEvent, at instant: SimTime) -> Batch? {
    switch event {
    case .deadline(let batch): batch == closed ? close(at: instant) : nil
    case .overdue: nil
    }
  }

  /// Closes the open batch.
  public mutating func close(at instant: SimTime) -> Batch {
    open.closedAt = instant
    closed += 1
    if policy.format == .stateDifferences { slots.close() }
    (byteLimit, ageLimit) = (policy.maxBytes, policy.ageLimit)
    defer { open = Batch() }
    return open
  }

  /// Forgets what the open batch has, and its deadline.
  public mutating func discard() -> Batch { close(at: .start) }

  /// Collects the next batch by another policy; none may be open or held back.
  public mutating func adopt(_ policy: Policy, _ basis: PostingBasis? = nil) {
    precondition(
      open.count == 0 && held.count == 0,
      "a batch is closed and handed over under the policy that it was begun under")
    self.policy = policy
    (byteLimit, ageLimit) = (policy.maxBytes, policy.ageLimit)
    held = HeldBatches(policy, basis)
    carrier = policy.carrier
  }
}

extension BatchPoster.Policy {
  /// Time after its first block at which a batch is closed, where no grid says when.
  ///
  /// What is weighed against the cost of delay waits as long as may be: a batch that is cut off earlier would
  /// only be padded.
  var ageLimit: SimDuration {
    posting.rule == .costOfDelay ? posting.deadline : maxAge
  }

  /// Time that a batch collects blocks at most.
  public var longestAge: SimDuration {
    posting.rule == .interval ? posting.interval : ageLimit
  }
}

// MARK: Closed batches

extension BatchPoster {
  /// How many closed batches are not handed over.
  public var heldCount: Int { held.count }

  /// Keeps a closed batch until it is handed over.
  public mutating func hold(_ batch: Batch, number: Int, at now: SimTime) {
    held.hold(batch, number, at: now)
  }

  /// How many of the batches that are held are handed over now: because fees let them go, and behind those
  /// because their deadline has come.
  public func due(at now: SimTime) -> (byFee: Int, byDeadline: Int) {
    held.due(at: now)
  }

  /// The batch that is handed over next.
  public mutating func takeHeld() -> HeldBatch { held.takeFirst() }

  /// Schedules the instant at which a batch that is held back is handed over at any fee.
  @inlinable
  public mutating func awaitDeadline<E: CarriesBatchPosterEvents>(
    of batch: Batch, number: Int, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(
      .batchPoster(.overdue(batch: UInt32(number)), of: rollup), at: deadline(of: batch))
  }

  @usableFromInline
  func deadline(of batch: Batch) -> SimTime { batch.openedAt + policy.posting.deadline }

  /// The fees that the next block charges; nil before any is known.
  public var observed: ObservedFees? { held.observed }

  /// The carrier of a batch that is handed over now, and whether it is another than that of the last.
  ///
  /// - Parameter costs: what it would cost.
  public mutating func choose(_ costs: CarrierCosts) -> (carrier: DataCarrier, isAnother: Bool) {
    let last = carrier
    carrier = costs.choice(after: last, margin: policy.carrierMargin)
    return (carrier, carrier != last)
  }

  /// Takes note of the fees to which a block of the settlement chain has led.
  public mutating func observe(_ fees: ObservedFees) { held.observe(fees) }

  /// Whether fees are such that the open batch is closed before it is full.
  public func closesEarly(at now: SimTime) -> Bool {
    guard open.count > 0, policy.posting.closesEarly else { return false }
    if policy.posting.rule != .costOfDelay {
      let bytes = Double(policy.publishedBytes(open.transactions, open.slots))
      guard bytes >= policy.posting.earlyFill * Double(policy.maxBytes) else { return false }
    }
    return held.isFavourable(toOpen: open.count, since: open.openedAt, at: now)
  }
}

extension BatchPoster: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> BatchPoster { BatchPoster(copying: self, draws) }

  private init(copying other: borrowing BatchPoster, _ draws: Draws) {
    policy = other.policy
    rollup = other.rollup
    open = other.open
    slots = other.slots.copy(drawing: draws)
    closed = other.closed
    byteLimit = other.byteLimit
    ageLimit = other.ageLimit
    phase = other.phase
    held = other.held
    carrier = other.carrier
  }
}
