/// Philox4x64-10, a counter-based generator: each block of four words is a keyed bijection of a
/// 256-bit counter.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// section 4.3; constants from Random123 1.14. The counter is advanced before a block is made, as
/// NumPy's `Philox` does, so the same key and counter give the same words there.
struct Philox4x64: BitwiseCopyable {
  typealias Key = (UInt64, UInt64)
  typealias Block = (UInt64, UInt64, UInt64, UInt64)

  let key: Key
  private(set) var counter: Block
  private var buffer: Block = (0, 0, 0, 0)
  private var used = 4
  /// What each word differs in from that of the block: no bit, or every bit.
  private var mask: UInt64 = 0

  init(key: Key, counter: Block = (0, 0, 0, 0)) {
    self.key = key
    self.counter = counter
  }

  /// Whether words are handed out as their complements.
  var isMirrored: Bool {
    get { mask != 0 }
    set { mask = newValue ? .max : 0 }
  }

  /// The next 64 random bits.
  @inline(__always)
  mutating func next() -> UInt64 {
    used &+= 1
    switch used {
    case 2: return buffer.1 ^ mask
    case 3: return buffer.2 ^ mask
    case 4: return buffer.3 ^ mask
    default:
      advance()
      buffer = Self.block(counter, key: key)
      used = 1
      return buffer.0 ^ mask
    }
  }

  private mutating func advance() {
    counter.0 &+= 1
    guard counter.0 == 0 else { return }
    counter.1 &+= 1
    guard counter.1 == 0 else { return }
    counter.2 &+= 1
    guard counter.2 == 0 else { return }
    counter.3 &+= 1
  }

  /// Ten rounds over one counter.
  @inline(__always)
  static func block(_ counter: Block, key: Key) -> Block {
    var (x0, x1, x2, x3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let a = x0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let b = x2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (x0, x1, x2, x3) = (b.high ^ x1 ^ k0, b.low, a.high ^ x3 ^ k1, a.low)
      k0 &+= 0x9E37_79B9_7F4A_7C15
      k1 &+= 0xBB67_AE85_84CA_A73B
    }
    return (x0, x1, x2, x3)
  }
}
