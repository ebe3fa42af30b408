import EventKernel
import Ledger
import Randomness

/// What the batch poster schedules for itself.
public enum BatchPosterEvent: BitwiseCopyable, Sendable {
  /// The batch with this number has waited long enough.
  case deadline(batch: UInt32)
}

/// An event type that can carry the batch poster's events.
public protocol CarriesBatchPosterEvents: SimulationEvent {
  /// Wraps an event of a rollup's batch poster.
  static func batchPoster(_ event: BatchPosterEvent, of rollup: RollupID) -> Self
}

/// Collects blocks and closes a batch when it is full or when its first block has waited too long.
public struct BatchPoster: ~Copyable {
  /// What a scenario says about the batch poster.
  public struct Policy: Hashable, Sendable {
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
  @usableFromInline var ageLimit: SimDuration

  /// A batch poster without an open batch.
  ///
  /// - Parameters:
  ///   - state: what transactions write to.
  ///   - firstBatch: the share of the limits at which the first batch is closed: the phase at which the cycle
  ///     of batches begins.
  public init(
    _ policy: Policy, of rollup: RollupID, writingTo state: Workload.StatePolicy,
    firstBatch: Double = 1, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    slots = WrittenSlots(state, streams)
    byteLimit = UInt64(Double(policy.maxBytes) * firstBatch)
    ageLimit = SimDuration(nanoseconds: Int64(Double(policy.maxAge.nanoseconds) * firstBatch))
  }

  /// How many transactions wait in the open batch.
  public var waiting: Int { open.count }

  /// Their layer 2 gas.
  package var waitingGas: UInt64 { open.gas }

  /// Their bytes before compression.
  package var waitingBytes: UInt64 { open.rawBytes }

  /// When the open batch is closed at the latest; nil without one.
  public var closesAt: SimTime? {
    mutating get { open.count > 0 ? open.openedAt + ageLimit : nil }
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
    if policy.format == .stateDifferences { draw(writes: block.transactions.writes) }
  }

  @usableFromInline
  mutating func draw(writes: UInt64) { slots.draw(writes: writes) }

  /// Whether the open batch has to be closed before `block`, which was examined, is added, because both do
  /// not fit.
  public mutating func isFull(for block: SealedBlock) -> Bool {
    guard open.count > 0 else { return false }
    var transactions = open.transactions
    transactions.add(block.transactions)
    let bytes = policy.dataBytes(transactions, slots.withBlock)
    return policy.publishedBytes(rawBytes: bytes) > byteLimit
  }

  /// Whether the open batch is full to the byte.
  public var isFull: Bool {
    mutating get {
      let bytes = policy.dataBytes(open.transactions, open.slots)
      return policy.publishedBytes(rawBytes: bytes) >= byteLimit
    }
  }

  /// Adds a block with transactions, which was examined.
  @inlinable
  public mutating func append<E: CarriesBatchPosterEvents>(
    _ block: SealedBlock, _ scheduler: inout Scheduler<E>
  ) {
    if waiting == 0 {
      scheduler.schedule(.batchPoster(.deadline(batch: closed), of: rollup), after: ageLimit)
    }
    collect(block)
  }

  @usableFromInline
  mutating func collect(_ block: SealedBlock) {
    if policy.format == .stateDifferences { slots.append() }
    open.append(block, writing: slots.open)
  }

  /// The batch that is due, or nil if it was closed before its deadline.
  public mutating func handle(_ event: BatchPosterEvent, at instant: SimTime) -> Batch? {
    switch event {
    case .deadline(let batch): batch == closed ? close(at: instant) : nil
    }
  }

  /// Closes the open batch.
  public mutating func close(at instant: SimTime) -> Batch {
    open.closedAt = instant
    closed += 1
    if policy.format == .stateDifferences { slots.close() }
    (byteLimit, ageLimit) = (policy.maxBytes, policy.maxAge)
    defer { open = Batch() }
    return open
  }

  /// Collects the next batch by another policy; none may be open.
  public mutating func adopt(_ policy: Policy) {
    precondition(open.count == 0, "a batch is closed under the policy that it was begun under")
    self.policy = policy
    (byteLimit, ageLimit) = (policy.maxBytes, policy.maxAge)
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
  }
}
