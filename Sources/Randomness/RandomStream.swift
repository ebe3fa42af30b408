import CGSL

/// An independent sequence of random numbers for one purpose in one replication.
///
/// The key is derived from (seed, replication, name of the part that draws), so adding a part
/// shifts nobody else's draws and streams can be opened in any order. A stream cannot be copied by
/// accident; `copy(drawing:)` says what the copy draws. It takes some hundred bytes.
public struct RandomStream: ~Copyable {
  /// The generator as GSL sees it; valid while the stream lives.
  @usableFromInline
  let generator: UnsafeMutablePointer<gsl_rng>
  /// The same with integers of 32 bits; valid while the stream lives.
  var halves: UnsafeMutablePointer<gsl_rng> { generator + 1 }
  let state: UnsafeMutablePointer<PhiloxGenerator.State>
  /// The hash of its name.
  private let name: UInt128

  /// Opens the stream that belongs to `name` in one replication of one experiment.
  ///
  /// - Parameter replication: its number below 2^63, or `mirror(of:)` one.
  public init(seed: UInt64, replication: UInt64, name: String) {
    self.init(seed: seed, replication: replication, name: Self.fnv1a128(name.utf8))
  }

  private init(seed: UInt64, replication: UInt64, name: UInt128) {
    let number = replication & ~Self.mirrorBit
    let key = Self.key(seed: seed, replication: number, name: name)
    self.init(Philox4x64(key: key), name: name)
    isMirrored = number != replication
  }

  init(_ philox: Philox4x64, name: UInt128 = 0) {
    self.name = name
    state = .allocate(capacity: 1)
    state.initialize(to: philox)
    generator = .allocate(capacity: 2)
    generator.initialize(to: gsl_rng(type: PhiloxGenerator.type, state: state))
    (generator + 1).initialize(to: gsl_rng(type: PhiloxGenerator.halves, state: state))
  }

  private static let mirrorBit: UInt64 = 1 << 63

  /// The replication whose streams are the mirror images of those of `replication`: the complement of
  /// each word, so 1 − 2⁻⁵³ − u for each uniform number u, and −z for each normal variable z.
  ///
  /// Averages over both vary less than over two independent ones where a response rises or falls with
  /// what is drawn (antithetic variates: Hammersley and Morton 1956). See decision record 29.
  public static func mirror(of replication: UInt64) -> UInt64 { replication ^ mirrorBit }

  /// Whether the stream is the mirror image of that with the same key.
  private(set) var isMirrored: Bool {
    get { state.pointee.isMirrored }
    nonmutating set { state.pointee.isMirrored = newValue }
  }

  /// What `body` draws from the words of the stream as they are, mirrored or not.
  mutating func withPlainWords<Value>(_ body: () -> Value) -> Value {
    let mirrored = isMirrored
    isMirrored = false
    defer { isMirrored = mirrored }
    return body()
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
    key(seed: seed, replication: replication, name: fnv1a128(name.utf8))
  }

  private static func key(seed: UInt64, replication: UInt64, name: UInt128) -> Philox4x64.Key {
    let (high, low) = (UInt64(truncatingIfNeeded: name &>> 64), UInt64(truncatingIfNeeded: name))
    let counter = (high, low, replication, UInt64(0))
    let block = Philox4x64.block(counter, key: (seed, 0x726F_6C6C_7369_6D31))
    return (block.0, block.1)
  }

  /// FNV-1a with 128 bits (draft-eastlake-fnv, section 6.2), because `Hasher` is seeded per process.
  private static func fnv1a128(_ bytes: some Sequence<UInt8>) -> UInt128 {
    var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    for byte in bytes { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
    return hash
  }

  /// The next 64 random bits.
  public mutating func nextWord() -> UInt64 { state.pointee.next() }

  /// Random bits for every place.
  public mutating func fill(_ words: UnsafeMutableBufferPointer<UInt64>) {
    state.pointee.fill(words)
  }

  /// The next uniform number in [0, 1) with 53 bits.
  public mutating func uniform() -> Double { state.pointee.nextUniform() }
}

extension RandomStream: Splittable {
  /// A stream of the same name that draws on from here, or from the start of another replication.
  public func copy(drawing draws: Draws) -> RandomStream {
    switch draws {
    case .same: RandomStream(state.pointee, name: name)
    case .fresh(let seed, let replication):
      RandomStream(seed: seed, replication: replication, name: name)
    }
  }
}
