/// What carries a batch's data to the settlement chain.
public enum DataCarrier: String, CaseIterable, Sendable {
  /// The calldata of transactions.
  case calldata
  /// Blobs (EIP-4844).
  case blobs

  /// Bytes of blob space that one blob pays for: 4096 field elements of 32 B (EIP-4844).
  public static let bytesPaidPerBlob = 131_072.0
}

/// The share of a batch that one settlement transaction carries.
public struct BatchPart: Hashable, Sendable {
  /// Data in calldata [B].
  public let calldata: UInt64
  /// Blobs, the last of which may be padded.
  public let blobs: UInt64
}

extension [BatchPart] {
  /// Blobs of all.
  public var blobs: UInt64 { reduce(0) { $0 + $1.blobs } }
}

extension BatchPoster.Policy {
  /// Whether it shares blobs with other rollups.
  public var sharesBlobs: Bool { service != Self.own }

  /// What can carry the data.
  public var carriers: [DataCarrier] {
    carrierChoice == .cheaper ? DataCarrier.allCases : [carrier]
  }

  /// Data that one settlement transaction carries at least, if it is full [B].
  public var bytesPerTransaction: UInt64 {
    carriers.map(bytesPerTransaction).min() ?? 0
  }

  private func bytesPerTransaction(_ carrier: DataCarrier) -> UInt64 {
    switch carrier {
    case .calldata: calldataPerTransaction
    case .blobs: bytesPerBlob * blobsPerTransaction
    }
  }

  /// Bytes of one transaction, before compression, that a full batch or a settlement transaction of
  /// its own has room for; more is refused by the sequencer.
  ///
  /// State differences are not of the size of transactions, so none is too large.
  public var rawBytesLimit: UInt64 {
    guard format == .transactions else { return UInt64(1e18) }
    return UInt64(min(uncompressed(Double(fixedBytesLimit)), 1e18))
  }

  /// The same of a transaction that no compressor shortens.
  public var fixedBytesLimit: UInt64 {
    let room = max(maxBytes, bytesPerTransaction)
    return room - min(overheadBytes, room)
  }

  /// Blobs that `bytes` of data take; at least one.
  func blobs(of bytes: UInt64) -> UInt64 { max(1, (bytes + bytesPerBlob - 1) / bytesPerBlob) }
  /// The settlement transactions that `bytes` of data take in the policy's carrier.
  public func parts(of bytes: UInt64) -> [BatchPart] { parts(of: bytes, in: carrier) }

  /// The settlement transactions that `bytes` of data take, in order of posting; at least one.
  public func parts(of bytes: UInt64, in carrier: DataCarrier) -> [BatchPart] {
    let capacity = bytesPerTransaction(carrier)
    return stride(from: 0, to: max(bytes, 1), by: UInt64.Stride(capacity)).map { start in
      let share = min(capacity, bytes - start)
      return switch carrier {
      case .calldata: BatchPart(calldata: share, blobs: 0)
      case .blobs: BatchPart(calldata: 0, blobs: blobs(of: share))
      }
    }
  }
}
