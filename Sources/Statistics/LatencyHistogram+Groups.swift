// Values that come in groups.
extension LatencyHistogram {
  /// Puts values that come in groups at as many places as there are groups on average, the first at `low` and the last
  /// at `high`.
  ///
  /// Spread over all between them, too few would be near the ends: the first and the last place each have a group.
  ///
  /// - Returns: whether they are so few groups that it matters.
  mutating func place(_ count: UInt64, from low: Int64, to high: Int64, sum: UInt128) -> Bool {
    let groups = max(2, (Double(count) / groupSize).rounded())
    guard groups < Double(count), groups <= Double(Self.few) else { return false }
    let places = UInt64(groups)
    // Some have one more than others, where they cannot have as many; which follows from what is recorded.
    let offset = UInt64(Self.phase(high, sum) * groups)
    func before(_ place: UInt64) -> UInt64 { (place * count + offset) / places }
    func size(_ place: UInt64) -> UInt64 { before(place + 1) - before(place) }
    let ends = (size(0), size(places - 1))
    add(ends.0, at: low)
    add(ends.1, at: high)
    guard places > 2 else { return true }
    let inner = UInt64(places - 2)
    let middle = Self.middle(of: sum, count - ends.0 - ends.1, low, ends.0, high, ends.1)
    let phase = Self.phase(low, sum)
    for place in 0..<inner {
      // One place between the ends lies where the sum says, more of them in a part of their own.
      let share = (Double(place) + phase) / Double(inner)
      let value = inner == 1 ? middle : low + Int64(share * Double(high - low))
      add(size(place + 1), at: min(max(value, low), high))
    }
    return true
  }

  /// Where values lie on average that make up a sum with those at the ends.
  private static func middle(
    of sum: UInt128, _ count: UInt64, _ low: Int64, _ lows: UInt64, _ high: Int64, _ highs: UInt64
  ) -> Int64 {
    let ends = UInt128(low) * UInt128(lows) + UInt128(high) * UInt128(highs)
    return sum > ends ? Int64(clamping: (sum - ends) / UInt128(max(count, 1))) : low
  }
}
