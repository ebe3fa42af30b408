import Results

/// The lines of a panel: their colours and shapes, names at their ends, and a few pixels between those
/// that would hide each other.
struct Series {
  let axis: Axis?
  let row: Axis?
  let unit: Axis.Unit
  let levels: [JSON]
  let across: Across
  /// By how much the name of a line moves down from its end, where others are in its way [pixels].
  let shifts: [(condition: String, pixels: Int)]
  let coincides: Bool
  /// Whether the names have room at the ends of lines.
  let hasLabels: Bool

  /// Height of the name of a line [pixels].
  static let labelHeight = 13.0
  /// Distance of lines that would hide each other [pixels].
  static let gap = 5
  /// Lines that are nearer than this hide each other [pixels].
  static let near = 2.5

  /// - Parameters:
  ///   - axis: what tells the lines apart; nil for one line.
  ///   - value: the member of the data that is drawn.
  init(
    of axis: Axis?, row: Axis?, in data: [JSON], x across: Across, y: NumberScale,
    value: String = "mean", height: Int, mayDodge: Bool = true,
    mayLabel: Bool = true
  ) {
    self.axis = axis
    self.row = row
    self.across = across
    unit = axis.map { $0.unit(for: data.numbers($0.field)) } ?? Axis.Unit("", 1)
    let levels = axis.map { data.levels(of: $0.field) } ?? []
    self.levels =
      axis?.kind == .words ? levels : levels.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
    hasLabels =
      mayLabel && !levels.isEmpty && Double(levels.count) * Self.labelHeight < Double(height)
    func place(_ row: JSON) -> Double? {
      row.number(value).flatMap {
        y.isLogarithmic && $0 <= 0
          ? nil : Double(height) - y.place(of: $0, along: Double(height))
      }
    }
    var shifts: [(condition: String, pixels: Int)] = []
    var coincides = false
    for panel in row.map({ data.levels(of: $0.field) }) ?? [.null] where hasLabels || mayDodge {
      let rows = row.map { row in data.filter { $0[row.field] == panel } } ?? data
      guard let axis else { break }
      let ends = levels.compactMap { level in
        across.last(of: rows.filter { $0[axis.field] == level }).flatMap { end in
          place(end).map { (level: level, place: $0) }
        }
      }
      for (end, moved) in zip(ends, Self.spread(ends.map(\.place), within: Double(height)))
      where moved != 0 {
        let isPanel = row.map { " && \($0.datum) === \(panel.expression)" } ?? ""
        shifts.append(("\(axis.datum) === \(end.level.expression)\(isPanel)", moved))
      }
      guard mayDodge, !coincides, levels.count > 1 else { continue }
      for level in rows.levels(of: across.axis.field) {
        let places = rows.filter { $0[across.axis.field] == level }.compactMap(place).sorted()
        coincides = coincides || zip(places, places.dropFirst()).contains { $1 - $0 < Self.near }
      }
    }
    self.shifts = shifts
    self.coincides = coincides
  }

  /// A Vega expression of the distance sideways of a point; nil where nothing coincides.
  var dodge: String? {
    guard coincides, let axis else { return nil }
    let list = levels.map(\.expression).joined(separator: ",")
    let middle = Double(levels.count - 1) / 2
    return "(indexof([\(list)], \(axis.datum)) - \(middle)) * \(Self.gap)"
  }

  /// What a reader has to know of the lines.
  var notes: [String] {
    guard let axis else { return [] }
    return ["lines: \(axis.title.lowercasedFirst)"]
      + (coincides ? ["points that coincide are drawn side by side"] : [])
  }
}
