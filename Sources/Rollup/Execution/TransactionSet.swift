/// A set of transactions of a block, a bit for each: the next one from a place on is found a word at a time.
struct TransactionSet {
  private var words: [UInt64] = []

  /// Begins anew with none, or all, of so many.
  mutating func reset(_ count: Int, containsAll: Bool) {
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(containsAll ? .max : 0, count: (count + 63) / 64))
    if containsAll, count % 64 != 0 { words[words.count - 1] = 1 << UInt64(count % 64) - 1 }
  }

  mutating func insert(_ place: Int) { words[place / 64] |= 1 << UInt64(place % 64) }

  mutating func remove(_ place: Int) { words[place / 64] &= ~(1 << UInt64(place % 64)) }

  /// The first at a place or behind it; nil where there is none.
  func first(from place: Int) -> Int? {
    var number = place / 64
    guard number < words.count else { return nil }
    var word = words[number] & ~(1 << UInt64(place % 64) - 1)
    while word == 0 {
      number += 1
      guard number < words.count else { return nil }
      word = words[number]
    }
    return 64 * number + word.trailingZeroBitCount
  }
}
