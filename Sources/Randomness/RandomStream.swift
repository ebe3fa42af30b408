import CGSL

/// An independent sequence of random numbers for one purpose in one replication.
///
/// The key is derived from (seed, replication, name of the part that draws), so adding a part
/// shifts nobody else's draws and streams can be opened in any order. A stream cannot be copied.
/// It takes some hundred bytes.
public struct RandomStream: ~Copyable {
  /// The generator as GSL sees it; valid while the stream lives.
  @usableFromInline
  let generator: UnsafeMutablePointer<gsl_rng>
  private let state: UnsafeMutablePointer<PhiloxGenerator.State>

  /// Opens the stream that belongs to `name` in one replication of one experiment.
  public init(seed: UInt64, replication: UInt64, name: String) {
    self.init(key: Self.key(seed: seed, replication: replication, name: name))
  }

  init(key: Philox4x64.Key, counter: Philox4x64.Block = (0, 0, 0, 0)) {
    state = .allocate(capacity: 1)
    state.initialize(to: Philox4x64(key: key, counter: counter))
    generator = .allocate(capacity: 1)
    generator.initialize(to: gsl_rng(type: PhiloxGenerator.type, state: state))
  }

  deinit {
    generator.deallocate()
    state.deallocate()
  }

  /// 128 bits from Philox itself, keyed by the seed, over the counter (name, replication).
  ///
  /// Two keys of one experiment coincide with the probability of a birthday in 128 bits: under
  /// 1e-20 among ten billion streams.
  static func key(seed: UInt64, replication: UInt64, name: String) -> Philox4x64.Key {
    let hash = fnv1a128(name.utf8)
    let counter = (hash.high, hash.low, replication, UInt64(0))
    let block = Philox4x64.block(counter, key: (seed, 0x726F_6C6C_7369_6D31))
    return (block.0, block.1)
  }

  /// FNV-1a with 128 bits (draft-eastlake-fnv, section 6.2), because `Hasher` is seeded per process.
  private static func fnv1a128(_ bytes: some Sequence<UInt8>) -> (high: UInt64, low: UInt64) {
    var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    for byte in bytes { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
    return (UInt64(truncatingIfNeeded: hash &>> 64), UInt64(truncatingIfNeeded: hash))
  }

  /// The next 64 random bits.
  public mutating func nextWord() -> UInt64 { state.pointee.next() }

  /// The next uniform number in [0, 1) with 53 bits.
  public mutating func uniform() -> Double { Double(state.pointee.next() &>> 11) * 0x1p-53 }
}
