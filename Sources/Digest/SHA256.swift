import CVectors

/// The SHA-256 hash (FIPS 180-4), to tell whether two texts are the same.
///
/// A page of code checked against the published vectors costs the build nothing, where a
/// cryptography package takes minutes (decision record 12).
public struct SHA256 {
  private var state: [UInt32] = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
    0x5BE0_CD19,
  ]

  /// What does not fill a block yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  /// A hash of nothing yet.
  public init() { rest.reserveCapacity(Self.blockSize) }

  /// The hash of `bytes` in hexadecimal.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(Array(bytes))
    return hash.hexadecimal
  }

  /// The hash of `bytes`.
  public static func bytes(of bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.bytes
  }

  /// Adds bytes at the end.
  public mutating func update(_ bytes: [UInt8]) {
    count += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(Self.blockSize - rest.count, bytes.count)
      rest += bytes[..<start]
      guard rest.count == Self.blockSize else { return }
      rest.withUnsafeBufferPointer { Self.absorb($0, into: &state) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = bytes.count - (bytes.count - start) % Self.blockSize
    bytes.withUnsafeBufferPointer {
      Self.absorb(UnsafeBufferPointer(rebasing: $0[start..<whole]), into: &state)
    }
    rest += bytes[whole...]
  }

  /// Adds whole blocks.
  private static func absorb(_ blocks: UnsafeBufferPointer<UInt8>, into state: inout [UInt32]) {
    guard let first = blocks.baseAddress else { return }
    cvectors_sha256(&state, first, blocks.count / blockSize, hasInstructions)
  }

  private static let blockSize = 64
  private static let hasInstructions = cvectors_has_sha256()

  /// The hash of what was added so far.
  public var bytes: [UInt8] {
    var hash = self
    let bitCount = count * 8
    var padding: [UInt8] = [0x80]
    padding += [UInt8](repeating: 0, count: Int((119 - count % 64) % 64))
    padding += stride(from: UInt64(56), through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: bitCount >> $0)
    }
    hash.update(padding)
    return hash.state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// The hash of what was added so far, in hexadecimal.
  public var hexadecimal: String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
