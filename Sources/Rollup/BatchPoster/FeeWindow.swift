/// The fees of the last blocks, of which a quantile is asked for at any time.
///
/// A ring of fixed size has the class of each fee, and a table how many there are of each class. A class is a
/// power of two in 64 equal parts, so a quantile is exact to 1.6 %, as in HdrHistogram; a cursor stands at the
/// quantile and moves with what comes and goes.
struct FeeWindow: Sendable {
  /// A longer window counts one fee of several blocks.
  static let mostSamples = 65_536

  private static let bits = 6
  private static let classes = (64 - bits + 1) << bits

  /// The share of fees that are at or below the quantile.
  private let share: Double
  private let capacity: Int
  /// Every how many blocks one counts.
  private let stride: Int
  private var untilNext = 0
  private var ring: [UInt16] = []
  private var next = 0
  private var counts: [Int32]
  private var cursor = 0
  /// Fees of classes below the cursor's.
  private var below = 0

  /// A memory of as many blocks.
  ///
  /// - Parameter share: of the fees that are at or below the quantile, from 0 to 1.
  init(blocks: Int, share: Double) {
    let blocks = max(blocks, 1)
    self.share = share
    stride = (blocks + Self.mostSamples - 1) / Self.mostSamples
    capacity = max(1, blocks / stride)
    counts = [Int32](repeating: 0, count: Self.classes)
    ring.reserveCapacity(capacity)
  }

  /// Counts the fee of a block; the oldest is forgotten once there are as many as the window has.
  mutating func add(_ fee: UInt64) {
    guard untilNext == 0 else {
      untilNext -= 1
      return
    }
    untilNext = stride - 1
    let place = Self.place(of: fee)
    if ring.count < capacity {
      ring.append(UInt16(place))
    } else {
      change(Int(ring[next]), by: -1)
      ring[next] = UInt16(place)
      next = next + 1 == capacity ? 0 : next + 1
    }
    change(place, by: 1)
    moveCursor()
  }

  /// The greatest fee of the class at or below which the share of all fees lies; nil before the first.
  var quantile: UInt64? { ring.isEmpty ? nil : Self.last(ofPlace: cursor) }

  private mutating func change(_ place: Int, by change: Int32) {
    counts[place] += change
    if place < cursor { below += Int(change) }
  }

  /// Puts the cursor to the first class up to which there are as many as the rank asks for.
  private mutating func moveCursor() {
    let rank = max(1, Int((share * Double(ring.count)).rounded(.up)))
    while below >= rank {
      cursor -= 1
      below -= Int(counts[cursor])
    }
    while below + Int(counts[cursor]) < rank {
      below += Int(counts[cursor])
      cursor += 1
    }
  }

  /// The class of a fee.
  static func place(of fee: UInt64) -> Int {
    let length = UInt64.bitWidth - fee.leadingZeroBitCount
    guard length > bits else { return Int(fee) }
    let shift = length - bits - 1
    return (shift + 1) << bits + Int(fee >> UInt64(shift)) - 1 << bits
  }

  /// The greatest fee of a class.
  static func last(ofPlace place: Int) -> UInt64 {
    guard place >= 1 << bits else { return UInt64(place) }
    let shift = place >> bits - 1
    let mantissa = UInt64(place & (1 << bits - 1)) + 1 << UInt64(bits)
    return (mantissa << UInt64(shift)) + ((1 << UInt64(shift)) - 1)
  }
}
