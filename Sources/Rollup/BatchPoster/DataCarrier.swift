/// Where a batch's data is published.
public enum DataCarrier: Hashable, Sendable {
  /// In the calldata of settlement transactions of at most so many bytes.
  case calldata(maxTransactionBytes: UInt64)
  /// In blobs that hold so many bytes each, so many to a settlement transaction.
  case blobs(bytesPerBlob: UInt64, blobsPerTransaction: UInt64)

  /// The settlement transactions that `bytes` take, in order of posting: bytes and blobs of each.
  public func parts(bytes: UInt64) -> [(bytes: UInt64, blobs: UInt64)] {
    let capacity: UInt64
    switch self {
    case .calldata(let maxTransactionBytes): capacity = maxTransactionBytes
    case .blobs(let bytesPerBlob, let blobsPerTransaction):
      capacity = bytesPerBlob * blobsPerTransaction
    }
    let count = max(1, (bytes + capacity - 1) / capacity)
    return (0..<count).map { index in
      let share = index == count - 1 ? bytes - capacity * (count - 1) : capacity
      return (share, blobs(for: share))
    }
  }

  private func blobs(for bytes: UInt64) -> UInt64 {
    switch self {
    case .calldata: 0
    case .blobs(let bytesPerBlob, _): max(1, (bytes + bytesPerBlob - 1) / bytesPerBlob)
    }
  }
}
