import Results

extension Chart {
  /// Two measures against each other, with their intervals, and a line through the points that no other
  /// one beats in both, smaller being better.
  ///
  /// - Parameters:
  ///   - points: a table of points.
  ///   - key: the columns that tell points from each other.
  ///   - unbeaten: the places of the pairs that no other beats.
  public func frontier(
    _ points: Table, x: Axis, y: Axis, color: Axis?, key: [String], logarithmic: String,
    unbeaten: ([Double], [Double]) -> [Int]
  ) -> JSON {
    let fields = [color, row].compactMap(\.self).map(\.field)
    let data = panels(of: pairs(points, x, y, key: key, fields: fields)).flatMap { rows in
      let best = Set(unbeaten(rows.numbers(x.field), rows.numbers(y.field)))
      return rows.enumerated().map { $1.with(["unbeaten": best.contains($0) ? "yes" : "no"]) }
    }
    let (width, height) = (layout.width ?? 480, layout.height ?? 340)
    func scale(_ axis: Axis, _ letter: String) -> NumberScale {
      let isLogarithmic = logarithmic.contains(letter)
      let means = data.numbers(axis.field)
      let limits = data.numbers(axis.field + "_low") + data.numbers(axis.field + "_high")
      // A limit far from all means would leave no room for them on a logarithmic axis.
      let near = (means.min() ?? 0) / 4...(means.max() ?? 0) * 4
      let shown = isLogarithmic ? limits.filter { near.contains($0) } : limits
      return NumberScale(axis, means + shown, isLogarithmic: isLogarithmic)
    }
    let scales = (x: scale(x, "x"), y: scale(y, "y"))
    func bar(_ along: JSON, _ end: JSON, _ other: JSON) -> JSON {
      [
        "mark": ["type": "rule", "opacity": 0.4, "clip": true],
        "encoding": along.with(end).with(other),
      ]
    }
    let series = Series(
      of: color, row: row, in: data, x: Across(x, data), y: scales.y, value: y.field,
      height: height, mayDodge: false, mayLabel: false)
    let (right, up) = (
      scales.x.channel(x.field, along: width), scales.y.channel(y.field, along: height)
    )
    return document(
      data: data, width: width, height: .integer(height), encoding: series.color,
      layers: [
        bar(
          ["x": scales.x.channel(x.field + "_low", along: width)],
          ["x2": ["field": .string(x.field + "_high")]],
          ["y": up]),
        bar(
          ["y": scales.y.channel(y.field + "_low", along: height)],
          ["y2": ["field": .string(y.field + "_high")]],
          ["x": right]),
        [
          "transform": [["filter": "datum.unbeaten === 'yes'"]],
          "mark": [
            "type": "line", "interpolate": "step-after", "strokeDash": [4, 3], "strokeWidth": 1.2,
          ],
          "encoding": [
            "x": right, "y": up, "color": ["value": "#555"],
            "order": ["field": .string(x.field), "type": "quantitative"],
          ],
        ],
        [
          "mark": ["type": "point", "filled": true, "size": 60, "opacity": 1],
          "encoding": JSON.object(["x": right, "y": up]).with(series.shape),
        ],
        Self.daggers(at: ["x": right, "y": up]),
      ], notes: ["dashed: what no other point beats in both, smaller being better"])
  }

  /// The points that have both measures.
  private func pairs(
    _ points: Table, _ x: Axis, _ y: Axis, key: [String], fields: [String]
  ) -> [JSON] {
    let reader = RowReader(points)
    func rows(_ axis: Axis) -> [[Table.Cell]] {
      points.rows.filter { reader.json($0, "measure") == .string(axis.field) }
    }
    let others = rows(y)
    return rows(x).compactMap { first in
      let second = others.first { other in
        key.allSatisfy { reader.json(first, $0) == reader.json(other, $0) }
      }
      guard let second else { return nil }
      let isUnknown = [first, second].contains { reader.json($0, "basis") == "unknown" }
      return reader.object(first, fields)
        .with(estimate(x, first, reader)).with(estimate(y, second, reader))
        .with(["mark": isUnknown ? "†" : ""])
    }
  }

  private func estimate(_ axis: Axis, _ row: [Table.Cell], _ reader: RowReader) -> JSON {
    .object([
      .init(key: axis.field, value: reader.json(row, "mean")),
      .init(key: axis.field + "_low", value: reader.json(row, "ci_low")),
      .init(key: axis.field + "_high", value: reader.json(row, "ci_high")),
    ])
  }
}
