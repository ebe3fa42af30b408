/// What a block charged and used.
public struct BlockUse: Sendable {
  /// Its base fee [wei per gas].
  public internal(set) var baseFee: UInt64 = 0
  /// Its blob base fee [wei per blob gas].
  public internal(set) var blobBaseFee: UInt64 = 0
  /// The blob target that held.
  public internal(set) var blobTarget: UInt64 = 0
  /// Execution gas used, by us and others.
  public internal(set) var gas: UInt64 = 0
  /// Blobs used, by us and others.
  public internal(set) var blobs: UInt64 = 0
}
