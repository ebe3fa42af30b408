import Results

/// Pairs of points that differ in one factor alone.
struct LevelPairs {
  /// Points of one level, each with the point that has the reference in its place.
  struct Other {
    let level: Table.Cell
    var pairs: [(point: Int, reference: Int)] = []
  }

  /// The first level in the order of points.
  let reference: Table.Cell
  /// The other levels in that order.
  private(set) var others: [Other] = []

  /// The pairs of a factor; of points that are alike the first counts.
  ///
  /// - Parameter settings: the values of the chosen factors at each point.
  init(_ factor: Int, _ settings: [[Table.Cell]]) {
    reference = settings[0][factor]
    let numbers = Dictionary(settings.enumerated().map { ($1, $0) }) { first, _ in first }
    var places: [Table.Cell: Int] = [:]
    for (point, setting) in settings.enumerated()
    where numbers[setting] == point && setting[factor] != reference {
      var other = setting
      other[factor] = reference
      guard let number = numbers[other] else { continue }
      let place = places[setting[factor], default: others.count]
      if place == others.count { others.append(Other(level: setting[factor])) }
      places[setting[factor]] = place
      others[place].pairs.append((point, number))
    }
  }
}
