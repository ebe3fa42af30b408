/// Philox4x64-10, a counter-based generator: each block of four words is a keyed bijection of a
/// 256-bit counter.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// section 4.3; constants from Random123 1.14. The counter is advanced before a block is made, as
/// NumPy's `Philox` does, so the same key and counter give the same words there.
struct Philox4x64: BitwiseCopyable {
  typealias Key = (UInt64, UInt64)
  typealias Block = (UInt64, UInt64, UInt64, UInt64)

  /// Words made at a time: four blocks.
  private static let run = 16

  let key: Key
  private var counter: Block
  private var buffer = InlineArray<16, UInt64>(repeating: 0)
  private var used = run
  /// What each word differs in from that of the block: no bit, or every bit.
  private var mask: UInt64 = 0
  /// The half of a word that is still to be handed out.
  private var half: UInt32 = 0
  private var hasHalf = false

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
    if used == Self.run { refill() }
    defer { used &+= 1 }
    return buffer[unchecked: used] ^ mask
  }

  /// The next uniform number in [0, 1), of 53 bits.
  @inline(__always)
  mutating func nextUniform() -> Double {
    Double(Int64(bitPattern: next() &>> 11)) * 0x1p-53
  }

  /// The next 32 random bits: each word gives its lower half and then its upper one.
  ///
  /// What draws whole words in between leaves the upper half for later.
  @inline(__always)
  mutating func nextHalf() -> UInt32 {
    if hasHalf {
      hasHalf = false
      return half
    }
    return halve()
  }

  @inline(__always)
  private mutating func halve() -> UInt32 {
    let word = next()
    half = Self.upper(word)
    hasHalf = true
    return Self.lower(word)
  }

  /// Hands out 32 bits at a time, as so many calls of `nextHalf` do, up to some that are not wanted, which are
  /// handed out once more.
  ///
  /// - Parameter isTaken: gets how many times bits were taken, and 32 bits; takes them, or says that it does not
  ///   want them.
  /// - Returns: how many times bits were taken.
  @inline(__always)
  mutating func takeHalves(atMost count: Int, _ isTaken: (Int, UInt32) -> Bool) -> Int {
    var taken = 0
    while taken < count {
      if hasHalf || count &- taken == 1 {
        let bits = nextHalf()
        guard isTaken(taken, bits) else {
          putBack(bits)
          return taken
        }
        taken &+= 1
        continue
      }
      if used == Self.run { refill() }
      let end = min(Self.run, used &+ (count &- taken) / 2)
      for place in used..<end {
        let word = buffer[unchecked: place] ^ mask
        guard isTaken(taken, Self.lower(word)) else {
          used = place
          return taken
        }
        guard isTaken(taken &+ 1, Self.upper(word)) else {
          (used, half, hasHalf) = (place &+ 1, Self.upper(word), true)
          return taken &+ 1
        }
        taken &+= 2
      }
      used = end
    }
    return taken
  }

  @inline(__always)
  private static func lower(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) }

  @inline(__always)
  private static func upper(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word &>> 32) }

  /// Whether no word was needed so far.
  var hasMadeNothing: Bool { counter == (0, 0, 0, 0) }

  /// Hands out the word once more that it handed out last.
  mutating func putBackWord() { used &-= 1 }

  /// Hands out the 32 bits once more that it handed out last.
  mutating func putBack(_ bits: UInt32) {
    if hasHalf {
      putBackWord()
    } else {
      half = bits
    }
    hasHalf.toggle()
  }

  /// Random bits for every place, as so many calls of `next` make them.
  mutating func fill(_ words: UnsafeMutableBufferPointer<UInt64>) {
    var made = 0
    while made < words.count {
      if used == Self.run { refill() }
      let count = min(words.count &- made, Self.run &- used)
      for index in 0..<count { words[made &+ index] = buffer[unchecked: used &+ index] ^ mask }
      made &+= count
      used &+= count
    }
  }

  /// Makes the next run.
  ///
  /// The processor overlaps blocks by itself; rounds that are interleaved in the source need more registers
  /// than there are.
  @inline(never)
  private mutating func refill() {
    for place in stride(from: 0, to: Self.run, by: 4) {
      let block = Self.block(advanced(), key: key)
      buffer[unchecked: place] = block.0
      buffer[unchecked: place &+ 1] = block.1
      buffer[unchecked: place &+ 2] = block.2
      buffer[unchecked: place &+ 3] = block.3
    }
    used = 0
  }

  private mutating func advanced() -> Block {
    counter.0 &+= 1
    if counter.0 == 0 {
      counter.1 &+= 1
      if counter.1 == 0 {
        counter.2 &+= 1
        if counter.2 == 0 { counter.3 &+= 1 }
      }
    }
    return counter
  }

  @inline(__always)
  private static func round(_ x: Block, _ key: Key) -> Block {
    let a = x.0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
    let b = x.2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
    return (b.high ^ x.1 ^ key.0, b.low, a.high ^ x.3 ^ key.1, a.low)
  }

  /// Ten rounds over one counter.
  @inline(__always)
  static func block(_ counter: Block, key: Key) -> Block {
    var (block, key) = (counter, key)
    for _ in 0..<10 {
      block = round(block, key)
      key = (key.0 &+ 0x9E37_79B9_7F4A_7C15, key.1 &+ 0xBB67_AE85_84CA_A73B)
    }
    return block
  }
}
