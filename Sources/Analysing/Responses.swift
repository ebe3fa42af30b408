import Statistics

/// What one measure was at every point in every replication.
///
/// Points are only compared over the same replications: with common random numbers those share their
/// streams, so that a replication missing at one point would be mistaken for an effect.
struct Responses {
  private let values: [Double?]
  private let replications: Int
  private let groupSize: Int

  /// Responses with those of a point after each other.
  ///
  /// - Parameter groupSize: so many replications that follow each other depend on each other.
  init(values: [Double?], replications: Int, groupSize: Int) {
    self.values = values
    self.replications = replications
    self.groupSize = groupSize
  }

  /// The value of a run; nil if it failed or the measure has none.
  func value(_ point: Int, _ replication: Int) -> Double? {
    values[point * replications + replication]
  }

  /// Whether any replication of a point has a value.
  func hasValue(at point: Int) -> Bool {
    (0..<replications).contains { value(point, $0) != nil }
  }

  /// The values of a point, in the order of replications.
  func values(at point: Int) -> [Double] {
    (0..<replications).compactMap { value(point, $0) }
  }

  /// The replications of groups that have all their values at all of these points.
  func complete(at points: some Sequence<Int>) -> [Int] {
    var complete = Array(0..<replications)
    for point in points { complete.removeAll { value(point, $0) == nil } }
    guard groupSize > 1 else { return complete }
    let sizes = Dictionary(grouping: complete) { $0 / groupSize }.mapValues(\.count)
    return complete.filter { sizes[$0 / groupSize] == groupSize }
  }

  /// The means of groups of replications.
  ///
  /// - Parameters:
  ///   - chosen: replications of whole groups, in order.
  ///   - value: what is averaged; nil for what does not count.
  func tally(over chosen: [Int], _ value: (_ replication: Int) -> Double?) -> Tally {
    var tally = GroupedTally(ofGroupsOf: groupSize)
    for replication in chosen {
      if let value = value(replication) { tally.record(value, at: replication) }
    }
    return tally.means
  }

  /// The means of groups of replications at a point.
  func tally(_ point: Int, _ chosen: [Int]) -> Tally {
    tally(over: chosen) { value(point, $0) }
  }
}
