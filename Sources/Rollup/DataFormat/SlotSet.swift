/// A set of slots that is emptied often: a hash table with open addressing and linear probing.
///
/// Emptying it begins a new generation, of which no cell has anything; memory grows with the largest set that
/// it ever was, at most twice as many cells as slots.
struct SlotSet: ~Copyable {
  private struct Cell: BitwiseCopyable {
    var slot: UInt64
    var generation: UInt32
  }

  private static let fewestCells = 16

  /// A power of two of them.
  private var cells: UnsafeMutableBufferPointer<Cell>
  private var generation: UInt32 = 1
  private(set) var count = 0

  init() { cells = Self.emptyCells(Self.fewestCells) }

  /// How many cells it has.
  var capacity: Int { cells.count }

  deinit { cells.deallocate() }

  private static func emptyCells(_ count: Int) -> UnsafeMutableBufferPointer<Cell> {
    let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: count)
    cells.initialize(repeating: Cell(slot: 0, generation: 0))
    return cells
  }

  /// Adds a slot.
  ///
  /// - Returns: whether it was not there.
  @discardableResult
  mutating func insert(_ slot: UInt64) -> Bool {
    if 2 * count >= cells.count { grow() }
    let place = place(of: slot)
    guard cells[place].generation != generation else { return false }
    cells[place] = Cell(slot: slot, generation: generation)
    count &+= 1
    return true
  }

  /// Forgets all slots, without touching the cells.
  mutating func removeAll() {
    count = 0
    generation &+= 1
    guard generation == 0 else { return }
    // After 2³² sets old cells would look like new ones.
    cells.update(repeating: Cell(slot: 0, generation: 0))
    generation = 1
  }

  /// The cell that has a slot, or the one that it goes to.
  ///
  /// The first bits of slot · 2⁶⁴/φ spread neighbours (Knuth, The Art of Computer Programming, vol. 3, 6.4).
  private func place(of slot: UInt64) -> Int {
    let mask = cells.count &- 1
    let shift = UInt64(64 &- cells.count.trailingZeroBitCount)
    var place = Int(truncatingIfNeeded: (slot &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    while cells[place].generation == generation, cells[place].slot != slot {
      place = (place &+ 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let old = cells
    defer { old.deallocate() }
    cells = Self.emptyCells(2 * old.count)
    for cell in old where cell.generation == generation { cells[place(of: cell.slot)] = cell }
  }

  /// The same set in memory of its own.
  func copy() -> SlotSet {
    var copy = SlotSet()
    for cell in cells where cell.generation == generation { copy.insert(cell.slot) }
    return copy
  }
}
