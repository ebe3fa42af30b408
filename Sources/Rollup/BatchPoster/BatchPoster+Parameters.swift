import Declarations
import EventKernel

extension BatchPoster.Policy {
  /// What a scenario can say about the batch poster.
  public static let parameters: [PartParameter<BatchPoster.Policy>] =
    [
      .whole(
        "max_bytes", .bytes, \.maxBytes, "Bytes after compression at which a batch is full."),
      .duration("max_age", \.maxAge, "Time after its first block at which a batch is closed.")
        .titled(
          "Age at which a batch is closed"
        ).used { $0.posting.rule != .interval && $0.posting.rule != .costOfDelay },
      .word("format", \.format, "What is published of transactions: they, or what they changed.")
        .titled("Format of data"),
      .whole(
        "slot_bytes", .bytes, \.slotBytes,
        "Bytes, before compression, of a storage slot in state differences."
      ).titled("Bytes of a slot").used { $0.format == .stateDifferences },
      .whole(
        "new_slot_bytes", .bytes, \.newSlotBytes,
        "Bytes, before compression, of a storage slot in state differences that nobody wrote before."
      ).titled("Bytes of a new slot").used { $0.format == .stateDifferences },
      .whole(
        "message_bytes", .bytes, \.messageBytes,
        "Bytes of a transaction, before compression, beside state differences: they do not collapse."
      ).titled("Bytes of a transaction beside state differences").used {
        $0.format == .stateDifferences
      },
      .number(
        "compression", .share, \.compressionRatio,
        "Bytes after compression per byte before, of a large batch."),
      .whole(
        "compression_warmup", .bytes, \.compressionWarmUp,
        "Bytes of a batch, before compression, at which half of what large ones save is saved; 0 B for a constant ratio."
      ).titled("Warm-up of compression"),
      .whole(
        "overhead_bytes", .bytes, \.overheadBytes, "Bytes of a batch beside its transactions."),
      .word("carrier", \.carrier, "What carries the data to the settlement chain.").titled(
        "Carrier of data"),
      .whole(
        "calldata_bytes", .bytes, \.calldataPerTransaction,
        "Calldata of one settlement transaction."
      ).used { $0.carriers.contains(.calldata) },
      .whole("blob_bytes", .bytes, \.bytesPerBlob, "Data that one blob holds.")
        .used { $0.carriers.contains(.blobs) },
      .whole(
        "blobs_per_transaction", .count, \.blobsPerTransaction,
        "Blobs of one settlement transaction."
      ).used { $0.carriers.contains(.blobs) },
      .whole("gas", .gas, \.gas, "Gas that a data transaction executes beside its calldata."),
      .number("zero_bytes", .share, \.zeroByteShare, "Share of zero bytes in published calldata.")
        .used { $0.carriers.contains(.calldata) },
      .word(
        "carrier_choice", \.carrierChoice,
        "Whether the carrier is always the same, or the cheaper one at the fees of the next block."
      ).titled("Choice of the carrier"),
      .number(
        "carrier_margin", .share, \.carrierMargin,
        "How much less the other carrier has to cost, as a share of that, before it is taken."
      ).used { $0.carrierChoice == .cheaper },
    ]
    + PostingPolicy.parameters.lifted(under: "", to: \.posting)

  /// Data of one blob or of the calldata of one transaction [B].
  static var dataSizes: ClosedRange<UInt64> { 100...1_000_000_000 }

  /// States what holds of any batch poster.
  public func check(_ expect: inout Expectations) {
    expect((1...1_000_000_000).contains(maxBytes), "max_bytes", "expected from 1 B to 1e9 B")
    expect(
      overheadBytes < maxBytes, ["overhead_bytes", "max_bytes"],
      "expected poster.overhead_bytes below poster.max_bytes")
    expect(
      compressionRatio > 0 && compressionRatio <= 2, "compression",
      "expected a ratio above 0 and at most 2")
    expect(
      compressionWarmUp <= 1_000_000_000, "compression_warmup", "expected at most 1e9 B")
    expect((0...1).contains(zeroByteShare), "zero_bytes", "expected a share from 0 to 1")
    posting.check(&expect)
    if format == .stateDifferences {
      expect((1...10_000).contains(slotBytes), "slot_bytes", "expected from 1 B to 10,000 B")
      expect((1...10_000).contains(newSlotBytes), "new_slot_bytes", "expected from 1 B to 10,000 B")
      expect(messageBytes <= 1_000_000, "message_bytes", "expected at most 1e6 B")
    }
    if carriers.contains(.calldata) {
      expect(
        Self.dataSizes.contains(calldataPerTransaction), "calldata_bytes",
        "expected from 100 B to 1e9 B")
    }
    if carriers.contains(.blobs) {
      expect(
        Self.dataSizes.contains(bytesPerBlob), "blob_bytes", "expected from 100 B to 1e9 B")
    }
    guard carrierChoice == .cheaper else { return }
    expect((0...100).contains(carrierMargin), "carrier_margin", "expected a share from 0 to 100")
    expect(
      !posting.watchesFees, ["carrier_choice", "policy"],
      "expected fixed: who waits for the fee of a carrier has chosen it")
  }
}
