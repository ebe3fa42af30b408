import Results

/// The horizontal axis of lines: words side by side, numbers, or dates.
struct Across {
  let axis: Axis
  /// What makes the shown column of the table's.
  let transform: [JSON]
  private let numbers: NumberScale
  private let levels: [JSON]

  private static let shownDate = "date"

  init(_ axis: Axis, _ data: [JSON], isLogarithmic: Bool = false) {
    self.axis = axis
    let values = data.numberLevels(of: axis.field)
    numbers = NumberScale(axis, values, isLogarithmic: isLogarithmic, levels: values)
    levels = data.levels(of: axis.field)
    transform =
      axis.kind == .dates
      ? [["calculate": .string("\(axis.datum) * 1000"), "as": .string(Self.shownDate)]] : []
  }

  /// The channel as Vega-Lite has it.
  ///
  /// - Parameter length: of the axis [pixels].
  func encoding(along length: Int) -> JSON {
    switch axis.kind {
    case .words:
      [
        "field": .string(axis.field), "type": "ordinal", "title": .string(axis.title),
        "sort": .null, "axis": ["labelAngle": 0, "labelLimit": 200],
      ]
    case .numbers:
      numbers.channel(axis.field, along: length)
    case .dates:
      [
        "field": .string(Self.shownDate), "type": "temporal",
        "title": .string("\(axis.title) [UTC]"),
        "scale": ["type": "utc", "nice": false, "padding": .number(NumberScale.padding)],
        "axis": [
          "tickCount": 6, "labelOverlap": true,
          "labelExpr": .string("utcFormat(datum.value, '\(dateFormat)')"),
        ],
      ]
    }
  }

  /// As much of a date as tells those on the axis from each other.
  private var dateFormat: String {
    switch numbers.high - numbers.low {
    case (120 * 86_400)...: "%b %Y"
    case (4 * 86_400)...: "%Y-%m-%d"
    default: "%Y-%m-%d %H:%M"
    }
  }

  /// What comes after all others of some rows along the axis.
  func last(of rows: [JSON]) -> JSON? {
    guard axis.kind == .words else {
      return rows.max { ($0.number(axis.field) ?? 0) < ($1.number(axis.field) ?? 0) }
    }
    return rows.max { place($0) < place($1) }
  }

  private func place(_ row: JSON) -> Int {
    row[axis.field].flatMap { levels.firstIndex(of: $0) } ?? -1
  }

  /// Vega-Lite transforms that leave the last row of each group.
  func leavesLast(by groups: [String]) -> [JSON] {
    let (last, group) = ("last", JSON.array(groups.map(JSON.string)))
    // Words come in the order of the data, numbers in any.
    let operation: JSON =
      axis.kind == .words
      ? [
        "window": [["op": "last_value", "field": .string(axis.field), "as": .string(last)]],
        "frame": [.null, .null], "groupby": group,
      ]
      : [
        "joinaggregate": [["op": "max", "field": .string(axis.field), "as": .string(last)]],
        "groupby": group,
      ]
    return [operation, ["filter": .string("\(axis.datum) === datum.\(last)")]]
  }
}
