import EventKernel
import Ledger
import Statistics

/// How settlement transactions were included, from those in final blocks.
public struct InclusionRecord: Sendable {
  private(set) var delays = LatencyHistogram()
  private(set) var replacements = 0
  /// What was paid for blobs.
  private(set) var blobFees = Wei.zero
  private(set) var blobs: UInt64 = 0
  /// Blobs in blocks of the measured window, those that a re-org dropped included.
  private(set) var blobsInWindow: UInt64 = 0

  /// A record of no transaction.
  public init() {}

  /// Notes a transaction whose block is final.
  public mutating func settle(_ receipt: SettlementReceipt) {
    delays.record((receipt.includedAt - receipt.submittedAt).nanoseconds)
    replacements += receipt.replacements
    blobFees += receipt.blobBurned
    blobs += receipt.transaction.blobs
  }

  /// Notes a transaction in a block of the measured window.
  public mutating func include(_ receipt: SettlementReceipt) {
    blobsInWindow += receipt.transaction.blobs
  }

  /// How many settlement transactions there were.
  var transactions: Double { Double(delays.count) }
}
