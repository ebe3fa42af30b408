/// Transactions that wait for a lane alone, the earliest of their order on top of a heap.
struct ReadyTransactions {
  private var heap: [Int32] = []

  var isEmpty: Bool { heap.isEmpty }

  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  mutating func insert(_ transaction: Int) {
    let new = Int32(transaction)
    heap.append(new)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard new < heap[parent] else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = new
  }

  mutating func removeFirst() -> Int {
    let first = heap[0]
    let last = heap.removeLast()
    guard !heap.isEmpty else { return Int(first) }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < last else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = last
    return Int(first)
  }
}
