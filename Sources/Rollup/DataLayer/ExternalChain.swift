import EventKernel
import Ledger
import Randomness

/// What a chain that keeps data schedules for itself.
public enum ExternalChainEvent: BitwiseCopyable, Sendable {
  /// It makes a block with data of the rollup.
  case block
  /// The host knows the header of the block that has a batch.
  case attested(batch: UInt32)
}

/// A chain that keeps the data of one rollup: a queue for its blocks, in which a batch is final at once, and a
/// relay that tells the host of them.
///
/// Blobs of a batch go in order into the first block with room. What others put there is not simulated: a
/// scenario says what room the rollup has.
public struct ExternalChain: ~Copyable {
  /// A batch whose blobs are in blocks.
  struct Kept {
    let batch: Int
    /// Gas that it took.
    let gas: UInt64
  }

  private struct Waiting {
    let batch: Int
    var bytesLeft: UInt64
    var gas: UInt64 = 0
  }

  let policy: Policy
  private let firstBlock: SimDuration
  private let firstRelay: SimDuration
  private var queue = FIFOQueue<Waiting>()
  private var isScheduled = false
  private var lastAttestation = SimTime.start
  private var relayStream: RandomStream

  /// A chain with no data.
  ///
  /// - Parameter isAligned: whether blocks and relays begin with the run, and not at random phases.
  init(_ policy: Policy, isAligned: Bool, _ streams: StreamSource) {
    self.policy = policy
    relayStream = streams.stream("data.relay")
    let phases = isAligned ? (0, 0) : (relayStream.uniform(), relayStream.uniform())
    func offset(_ interval: SimDuration, _ phase: Double) -> SimDuration {
      SimDuration(nanoseconds: Int64(Double(interval.nanoseconds) * phase))
    }
    firstBlock = offset(policy.blockInterval, phases.0)
    firstRelay = offset(policy.relayInterval, phases.1)
  }

  /// The first instant after `time` of those at an interval; the same instant where there is none.
  private static func next(
    _ interval: SimDuration, from first: SimDuration, after time: SimTime
  ) -> SimTime {
    guard interval > .zero else { return time }
    let start = SimTime.start + first
    guard time >= start else { return start }
    return start + interval * ((time - start).nanoseconds / interval.nanoseconds + 1)
  }

  /// Takes a batch.
  mutating func accept<E: CarriesDataLayerEvents>(
    _ batch: Int, bytes: UInt64, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    queue.append(Waiting(batch: batch, bytesLeft: max(bytes, 1)))
    schedule(rollup, &scheduler)
  }

  private mutating func schedule<E: CarriesDataLayerEvents>(
    _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    guard !isScheduled, !queue.isEmpty else { return }
    isScheduled = true
    scheduler.schedule(
      .dataLayer(.external(.block), of: rollup),
      at: Self.next(policy.blockInterval, from: firstBlock, after: scheduler.now))
  }

  /// Makes a block: whole blobs in order, as far as there is room.
  ///
  /// - Returns: the batches that are in blocks with all their blobs now.
  mutating func makeBlock<E: CarriesDataLayerEvents>(
    _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) -> [Kept] {
    isScheduled = false
    var room = policy.blockBytes
    var kept: [Kept] = []
    while let head = queue.head {
      let number = queue.indices.lowerBound
      let blob = min(head.bytesLeft, policy.blobBytes)
      guard blob <= room else { break }
      room -= blob
      queue[number].bytesLeft -= blob
      queue[number].gas += policy.gas(ofBlob: blob)
      guard queue[number].bytesLeft == 0 else { continue }
      kept.append(Kept(batch: head.batch, gas: queue[number].gas))
      queue.removeFirst()
      relay(head.batch, rollup, &scheduler)
    }
    schedule(rollup, &scheduler)
    return kept
  }

  /// The host learns of blocks in their order.
  private mutating func relay<E: CarriesDataLayerEvents>(
    _ batch: Int, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    let delay = SimDuration(drawn: policy.relayDelay.sample(&relayStream))
    let relay = Self.next(policy.relayInterval, from: firstRelay, after: scheduler.now)
    lastAttestation = max(lastAttestation, relay + delay)
    scheduler.schedule(
      .dataLayer(.external(.attested(batch: UInt32(batch))), of: rollup), at: lastAttestation)
  }
}

extension ExternalChain: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> ExternalChain { ExternalChain(copying: self, draws) }

  private init(copying other: borrowing ExternalChain, _ draws: Draws) {
    policy = other.policy
    firstBlock = other.firstBlock
    firstRelay = other.firstRelay
    queue = other.queue
    isScheduled = other.isScheduled
    lastAttestation = other.lastAttestation
    relayStream = other.relayStream.copy(drawing: draws)
  }
}
