import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of its batches.
public struct BatchRecord: Sendable {
  private(set) var size = Tally()
  private(set) var bytes = Tally()
  private(set) var blobs = Tally()
  private(set) var interval = Tally()
  private(set) var waitSum = Tally()
  private(set) var writes = Tally()
  private(set) var slots = Tally()
  private var lastClosedAt: SimTime?
  /// Sums over batches with measured transactions.
  public private(set) var posted = PostedTotals()

  /// A record of no batch.
  public init() {}

  /// Mean transactions of a batch; nil without any.
  public var meanSize: Double? { size.meanIfAny }

  /// Notes a batch that is closed.
  ///
  /// - Parameter isMeasuring: whether the clock is between warm-up and horizon.
  public mutating func close(_ batch: Batch, bytes: UInt64, isMeasuring: Bool) {
    defer { lastClosedAt = batch.closedAt }
    guard isMeasuring else { return }
    size.record(Double(batch.count))
    self.bytes.record(Double(bytes))
    waitSum.record(batch.totalWait)
    writes.record(Double(batch.transactions.writes))
    slots.record(Double(batch.slots.distinct))
    if let lastClosedAt { interval.record((batch.closedAt - lastClosedAt).seconds) }
  }

  /// Notes what carries a batch.
  ///
  /// - Parameter isMeasuring: whether the clock is between warm-up and horizon.
  public mutating func carry(_ batch: Batch, bytes: UInt64, blobs: UInt64, isMeasuring: Bool) {
    if batch.profile.count > 0 {
      posted.add(
        batch.transactions, batch.slots, publishedBytes: bytes, blobs: blobs,
        feePaid: batch.feesPaid)
    }
    if isMeasuring { self.blobs.record(Double(blobs)) }
  }
}

/// Sums over posted batches.
public struct PostedTotals: Sendable {
  /// Transactions.
  public private(set) var transactions = 0
  private(set) var rawBytes: UInt64 = 0
  private(set) var publishedBytes: UInt64 = 0
  private(set) var blobs: UInt64 = 0
  private(set) var feePaid = Wei.zero
  private(set) var writes: UInt64 = 0
  private(set) var slots = 0

  mutating func add(
    _ totals: TransactionTotals, _ slots: SlotCounts, publishedBytes bytes: UInt64, blobs: UInt64,
    feePaid: Wei
  ) {
    transactions += totals.count
    writes += UInt64(totals.writes)
    self.slots += slots.distinct
    rawBytes += totals.bytes
    publishedBytes += bytes
    self.blobs += blobs
    self.feePaid += feePaid
  }

  /// What is paid per transaction for layer 2 gas and for data [wei]; nil if there is none.
  public var feePerTransaction: Double? { perTransaction(feePaid.asDouble) }

  /// An amount per transaction; nil if there is none.
  func perTransaction(_ amount: Double) -> Double? {
    transactions > 0 ? amount / Double(transactions) : nil
  }
}

extension BatchRecord {
  /// The measures of batches and of their data.
  public static let measures: [PartMeasure<BatchPoster.Policy, BatchRecord>] = [
    .init(
      .bytes, "raw_per_tx", unit: "B", rests: .parts(["workload"]),
      "Bytes of a transaction before compression."
    ) { $1.posted.perTransaction(Double($1.posted.rawBytes)) },
    .init(.bytes, "posted_per_tx", unit: "B", "Bytes published per transaction.") {
      $1.posted.perTransaction(Double($1.posted.publishedBytes))
    },
    .init(
      .bytes, "blob_per_tx", unit: "B",
      "Blob bytes paid for per transaction, padding included; 0 with calldata."
    ) { $1.posted.perTransaction(Double($1.posted.blobs) * DataCarrier.bytesPaidPerBlob) }
    .applies { !$0.sharesBlobs },
    .init(.batch, "size_tx_mean", unit: "1", "Transactions in a batch.") { $1.size.meanIfAny },
    .init(.batch, "size_bytes_mean", unit: "B", "Bytes that a batch publishes.") {
      $1.bytes.meanIfAny
    },
    .init(.batch, "blobs_mean", unit: "1", "Blobs that a batch takes.") { $1.blobs.meanIfAny }
      .applies { !$0.sharesBlobs },
    .init(.batch, "interval_s_mean", unit: "s", "Time from one batch to the next.") {
      $1.interval.meanIfAny
    },
    .init(
      .batch, "wait_s_mean", unit: "s",
      "Time from a transaction's block to the closing of its batch, mean over transactions."
    ) { _, record in record.size.meanIfAny.map { record.waitSum.mean / $0 } },
    .init(.batch, "closed_count", unit: "1", "Batches closed in the measured window.") {
      Double($1.size.count)
    },
  ]
}
