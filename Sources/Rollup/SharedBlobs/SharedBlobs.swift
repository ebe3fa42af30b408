import EventKernel
import Ledger

/// What a service schedules that posts data of several rollups together.
public enum SharedBlobEvent: BitwiseCopyable, Sendable {
  /// The data of a transaction has waited long enough for more.
  case deadline(transaction: UInt32)
}

/// An event type that can carry the events of services that share blobs.
public protocol CarriesSharedBlobEvents: SimulationEvent {
  /// Wraps an event of such a service.
  static func sharedBlobs(_ event: SharedBlobEvent, of service: ServiceID) -> Self
}

/// The data of a batch that a rollup gives to a service, to post it with that of others.
public struct SharedData: Sendable {
  /// The rollup.
  public let rollup: RollupID
  /// Its batch.
  public let batch: Int
  /// Bytes that the batch publishes.
  public let bytes: UInt64
  /// Gas of the transaction that it would take alone, beside blobs.
  public let gasAlone: UInt64
  /// Data that one blob of its own would hold [B].
  public let bytesPerBlobAlone: UInt64
  /// When it was handed over.
  public let since: SimTime

  /// Data that a rollup hands over at `since`.
  public init(
    of rollup: RollupID, batch: Int, bytes: UInt64, gasAlone: UInt64, bytesPerBlobAlone: UInt64,
    since: SimTime
  ) {
    self.rollup = rollup
    self.batch = batch
    self.bytes = bytes
    self.gasAlone = gasAlone
    self.bytesPerBlobAlone = bytesPerBlobAlone
    self.since = since
  }
}

/// A part of a batch in a transaction that rollups share.
public struct SharedPiece: Sendable {
  /// The data that it is a part of.
  public let data: SharedData
  /// Bytes of the batch before it, in earlier transactions.
  let before: UInt64
  /// Bytes in this transaction.
  public let bytes: UInt64
  /// Whether the batch ends here.
  public let isLast: Bool

  /// Blobs that it would add to those of its batch, if that were posted alone.
  var blobsAlone: UInt64 {
    func blobs(_ bytes: UInt64) -> UInt64 {
      (bytes + data.bytesPerBlobAlone - 1) / data.bytesPerBlobAlone
    }
    return blobs(before + bytes) - blobs(before)
  }

  /// Gas of the transaction that its batch would take alone: that of the first piece.
  var gasAlone: UInt64 { before == 0 ? data.gasAlone : 0 }
}

/// A transaction that a service posts for several rollups.
public struct BlobsToPost: Sendable {
  /// Its number.
  public let number: Int
  /// Its blobs.
  public let blobs: UInt64
  /// Gas that it executes.
  public let gas: UInt64
}

/// Blobs that several rollups share.
///
/// A service takes the data of batches as it comes, one behind the other and across the edges of blobs, and
/// posts what it has once the blobs of a transaction are full or the first of it has waited long enough. A batch
/// is there when its last piece is. What a transaction cost is split among those whose data it has.
///
/// Source: Crapis, Felten, Mamageishvili, "EIP-4844 Economics and Rollup Strategies", arXiv 2310.01155; Lee,
/// "180 Days After EIP-4844", arXiv 2410.04111.
public struct SharedBlobs {
  /// What the scenario says about the service.
  public let policy: Policy
  /// What the run remembers of it.
  public private(set) var record = SharedBlobRecord()
  let service: ServiceID
  /// Pieces whose gas a transaction has room for.
  private let mostPieces: Int

  private struct Transaction {
    let pieces: [SharedPiece]
    var isSettled = false
  }

  /// Transactions that are not in final blocks, numbered in the order of posting.
  private var transactions = FIFOQueue<Transaction>()
  private var waiting: [SharedPiece] = []
  private var waitingBytes: UInt64 = 0

  /// A service that has no data.
  ///
  /// - Parameter gasLimit: what a transaction may execute.
  public init(_ policy: Policy, _ service: ServiceID, gasLimit: UInt64) {
    self.policy = policy
    self.service = service
    mostPieces = policy.pieces(within: gasLimit)
  }

  /// Takes the data of a batch.
  ///
  /// - Returns: the transactions that it fills.
  public mutating func accept<E: CarriesSharedBlobEvents>(
    _ data: SharedData, _ scheduler: inout Scheduler<E>
  ) -> [BlobsToPost] {
    var posted: [BlobsToPost] = []
    let all = max(data.bytes, 1)
    var left = all
    while left > 0 {
      if waiting.isEmpty {
        let number = UInt32(transactions.indices.upperBound)
        scheduler.schedule(
          .sharedBlobs(.deadline(transaction: number), of: service), after: policy.maxWait)
      }
      let bytes = min(left, policy.capacity - waitingBytes)
      waiting.append(
        SharedPiece(data: data, before: all - left, bytes: bytes, isLast: left == bytes))
      left -= bytes
      waitingBytes += bytes
      if waitingBytes == policy.capacity || waiting.count == mostPieces {
        posted.append(close(at: scheduler.now))
      }
    }
    return posted
  }

  /// The transaction whose wait is over; nil if it was full before.
  public mutating func handle(_ event: SharedBlobEvent, at now: SimTime) -> BlobsToPost? {
    guard case .deadline(let number) = event, Int(number) == transactions.indices.upperBound else {
      return nil
    }
    return close(at: now)
  }

  private mutating func close(at now: SimTime) -> BlobsToPost {
    let post = BlobsToPost(
      number: transactions.indices.upperBound,
      blobs: (waitingBytes + policy.bytesPerBlob - 1) / policy.bytesPerBlob,
      gas: policy.gas + policy.gasPerBatch * UInt64(waiting.count))
    record.post(waiting, blobs: post.blobs, policy, at: now)
    transactions.append(Transaction(pieces: waiting))
    waiting.removeAll(keepingCapacity: true)
    waitingBytes = 0
    return post
  }

  /// What a transaction has that is not in a final block.
  public func pieces(of number: Int) -> [SharedPiece] { transactions[number].pieces }

  /// Takes note that the block with a transaction is final.
  ///
  /// - Parameter bill: what it cost.
  /// - Returns: what each piece has of it, in their order, and what it would have cost alone.
  public mutating func settle(_ number: Int, _ bill: SharedBill) -> [SharedBill.Part] {
    let parts = bill.split(among: transactions[number].pieces, by: policy.split)
    record.settle(bill.total, alone: parts.reduce(.zero) { $0 + $1.alone })
    transactions[number].isSettled = true
    while let head = transactions.head, head.isSettled { transactions.removeFirst() }
    return parts
  }

  /// Notes that the measured window begins or ends.
  public mutating func window(begins: Bool) { record.isMeasuring = begins }
}
