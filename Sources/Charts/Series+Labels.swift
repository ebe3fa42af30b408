import Results

// The names of lines, at their ends and out of each other's way.

extension Series {
  /// The names at the ends of lines.
  func labels(_ vertical: JSON) -> [JSON] {
    guard let axis, hasLabels else { return [] }
    let groups = [axis.field] + (row.map { [$0.field] } ?? [])
    var mark: JSON = [
      "type": "text", "align": "left",
      "dx": .integer(dodge == nil ? 9 : 9 + Self.gap * levels.count / 2),
      "fontSize": 11,
    ]
    if !shifts.isEmpty {
      let moves = shifts.map { "\($0.condition) ? \($0.pixels) : " }.joined()
      mark = mark.with(["dy": ["expr": .string(moves + "0")]])
    }
    return [
      [
        "transform": .array(
          across.leavesLast(by: groups) + [
            ["calculate": .string(axis.text(axis.datum, in: unit)), "as": "series"]
          ]),
        "mark": mark, "encoding": ["y": vertical, "text": ["field": "series", "type": "nominal"]],
      ]
    ]
  }

  /// How far each of some places moves so that names there have room [whole pixels].
  static func spread(_ places: [Double], within height: Double) -> [Int] {
    let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    var moved = order.map { places[$0] }
    for index in moved.indices.dropFirst() {
      moved[index] = max(moved[index], moved[index - 1] + labelHeight)
    }
    // Half of the way back, so that crowded names stay about the middle of their ends.
    for index in moved.indices.reversed() {
      let limit = index + 1 < moved.count ? moved[index + 1] - labelHeight : height
      let group = moved[index] - places[order[index]]
      moved[index] = min(moved[index] - group / 2, limit)
    }
    for index in moved.indices.dropFirst() {
      moved[index] = max(moved[index], moved[index - 1] + labelHeight)
    }
    var shifts = [Int](repeating: 0, count: places.count)
    for (index, place) in zip(order, moved) {
      shifts[index] = Int((place - places[index]).rounded())
    }
    return shifts
  }
}
