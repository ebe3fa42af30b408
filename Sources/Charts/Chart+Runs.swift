import Results

extension Chart {
  /// How a measure of single runs is distributed: how many have which value, or the share with at most
  /// some value.
  ///
  /// - Parameters:
  ///   - runs: a table of runs, with a column for the measure.
  ///   - measure: the axis of the measure.
  ///   - isCumulative: whether shares are drawn and not bins.
  public func runs(
    _ runs: Table, measure: Axis, color: Axis?, isCumulative: Bool, isLogarithmic: Bool
  ) -> JSON {
    let reader = RowReader(runs)
    let fields = [measure] + [color, row].compactMap(\.self)
    let data = runs.rows.map { reader.object($0, fields.map(\.field)) }
      .filter { $0.number(measure.field) != nil }
    let (width, height) = (layout.width ?? 480, layout.height ?? 260)
    let x = NumberScale(measure, data.numbers(measure.field), isLogarithmic: isLogarithmic)
    let series = Series(
      of: color, row: row, in: data, x: Across(measure, data), y: x, value: measure.field,
      height: height, mayDodge: false, mayLabel: false)
    let across = x.channel(measure.field, along: width)
    guard isCumulative else {
      return document(
        data: data, width: width, height: .integer(height),
        encoding: JSON.object([
          "x": across.with(["bin": ["maxbins": 20]]),
          "y": [
            "aggregate": "count", "title": "runs", "stack": .null,
            "axis": ["format": "d", "labelExpr": "datum.value % 1 === 0 ? datum.label : ''"],
          ],
        ]).with(series.color), layers: [["mark": ["type": "bar", "opacity": 0.9]]],
        notes: ["one value for each replication"])
    }
    let groups = [color, row].compactMap { $0?.field }.map(JSON.string)
    return document(
      data: data, width: width, height: .integer(height),
      encoding: JSON.object([
        "x": across,
        "y": [
          "field": "share", "type": "quantitative", "title": "share of runs",
          "scale": ["domain": [0, 1]], "axis": ["format": "%"],
        ],
      ]).with(series.color).with(series.dash),
      layers: [
        [
          "transform": [
            [
              "window": [["op": "cume_dist", "as": "share"]],
              "sort": [["field": .string(measure.field)]], "groupby": .array(groups),
            ]
          ],
          "mark": ["type": "line", "interpolate": "step-after", "strokeWidth": 1.8],
        ]
      ], notes: ["one value for each replication"])
  }
}
