/// Numbers keys in the order in which they come: a hash table with open addressing and linear probing that is emptied often.
///
/// Emptying it begins a new generation, of which no cell has anything; memory grows with the largest content that it
/// ever had, at most twice as many cells as keys.
struct KeyTable: ~Copyable {
  private struct Cell: BitwiseCopyable {
    var key: UInt64
    var number: Int32
    var generation: UInt32
  }

  private static let fewestCells = 16

  /// A power of two of them.
  private var cells: UnsafeMutableBufferPointer<Cell>
  private var generation: UInt32 = 1
  private(set) var count = 0

  init() { cells = Self.emptyCells(Self.fewestCells) }

  private init(copying other: borrowing KeyTable) {
    cells = .allocate(capacity: other.cells.count)
    _ = cells.initialize(from: other.cells)
    generation = other.generation
    count = other.count
  }

  deinit { cells.deallocate() }

  /// How many cells it has.
  var capacity: Int { cells.count }

  /// The same table in memory of its own.
  func copy() -> KeyTable { KeyTable(copying: self) }

  private static func emptyCells(_ count: Int) -> UnsafeMutableBufferPointer<Cell> {
    let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: count)
    cells.initialize(repeating: Cell(key: 0, number: 0, generation: 0))
    return cells
  }

  /// The number of a key: how many others came before it.
  mutating func number(of key: UInt64) -> Int {
    if 2 * count >= cells.count { grow() }
    let place = place(of: key)
    if cells[place].generation == generation { return Int(cells[place].number) }
    cells[place] = Cell(key: key, number: Int32(count), generation: generation)
    count &+= 1
    return count &- 1
  }

  /// Forgets all keys, without touching the cells.
  mutating func removeAll() {
    count = 0
    generation &+= 1
    guard generation == 0 else { return }
    // After 2³² contents old cells would look like new ones.
    cells.update(repeating: Cell(key: 0, number: 0, generation: 0))
    generation = 1
  }

  /// The cell that has a key, or the one that it goes to.
  ///
  /// The first bits of key · 2⁶⁴/φ spread neighbours (Knuth, The Art of Computer Programming, vol. 3, 6.4).
  private func place(of key: UInt64) -> Int {
    let mask = cells.count &- 1
    let shift = UInt64(64 &- cells.count.trailingZeroBitCount)
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    while cells[place].generation == generation, cells[place].key != key {
      place = (place &+ 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let old = cells
    defer { old.deallocate() }
    cells = Self.emptyCells(2 * old.count)
    for cell in old where cell.generation == generation { cells[place(of: cell.key)] = cell }
  }
}
