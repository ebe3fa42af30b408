/// Numbers by priority, the highest first, and of equal ones the lowest number: a binary heap.
struct PriorityHeap<Priority: Comparable & Sendable>: Sendable {
  private struct Item: Sendable {
    let number: Int
    let priority: Priority

    func precedes(_ other: Item) -> Bool {
      (priority, -number) > (other.priority, -other.number)
    }
  }

  private var items: [Item] = []

  /// How many there are.
  var count: Int { items.count }

  /// The first one.
  var top: Int? { items.first?.number }

  mutating func insert(_ number: Int, _ priority: Priority) {
    items.append(Item(number: number, priority: priority))
    var child = items.count - 1
    while child > 0, items[child].precedes(items[(child - 1) / 2]) {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeTop() {
    items.swapAt(0, items.count - 1)
    items.removeLast()
    var parent = 0
    while 2 * parent + 1 < items.count {
      var child = 2 * parent + 1
      if child + 1 < items.count, items[child + 1].precedes(items[child]) { child += 1 }
      guard items[child].precedes(items[parent]) else { return }
      items.swapAt(child, parent)
      parent = child
    }
  }
}
