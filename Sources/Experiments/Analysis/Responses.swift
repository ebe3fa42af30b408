import Statistics

/// What one measure was at every point in every replication.
///
/// Points are only compared over the same replications: with common random numbers those share their
/// streams, so that a replication missing at one point would be mistaken for an effect.
struct Responses {
  private let values: [Double?]
  private let replications: Int

  /// Responses with those of a point after each other.
  init(values: [Double?], replications: Int) {
    self.values = values
    self.replications = replications
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

  /// The replications that have a value at all of these points.
  func complete(at points: some Sequence<Int>) -> [Int] {
    var complete = Array(0..<replications)
    for point in points { complete.removeAll { value(point, $0) == nil } }
    return complete
  }

  /// The values of a point in replications that have one.
  func tally(_ point: Int, _ chosen: [Int]) -> Tally {
    var tally = Tally()
    for replication in chosen {
      if let value = value(point, replication) { tally.record(value) }
    }
    return tally
  }
}
