/// A set of slots that is emptied often: those that a table numbers.
struct SlotSet: ~Copyable {
  private var table = KeyTable()

  init() {}

  private init(_ table: consuming KeyTable) { self.table = table }

  var count: Int { table.count }

  /// How many cells it has: at most twice as many as slots in the largest set that it ever was.
  var capacity: Int { table.capacity }

  /// Adds a slot.
  ///
  /// - Returns: whether it was not there.
  @discardableResult
  mutating func insert(_ slot: UInt64) -> Bool {
    let before = table.count
    return table.number(of: slot) == before
  }

  /// Forgets all slots, without touching the cells.
  mutating func removeAll() { table.removeAll() }

  /// The same set in memory of its own.
  func copy() -> SlotSet { SlotSet(table.copy()) }
}
