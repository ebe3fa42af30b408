import Results

extension Chart {
  /// Measures as bars, one for each value of a factor: the parts of a sum stacked, or one with its
  /// interval.
  ///
  /// - Parameters:
  ///   - points: a table of points.
  ///   - amount: the axis of the measures.
  ///   - bars: the column with a bar for each value.
  ///   - parts: the measures and their labels.
  public func bars(
    _ points: Table, amount: Axis, bars: Axis, parts: [(measure: String, label: String)]
  ) -> JSON {
    let data = parts.flatMap {
      values(points, measure: $0.measure, label: $0.label, fields: [bars])
    }
    let (width, isStack) = (layout.width ?? 560, parts.count > 1)
    let ends = isStack ? sums(data, by: bars) : data.numbers("mean") + data.numbers("ci_high")
    let x = NumberScale(amount, ends, beginsAtZero: true)
    let order = JSON.array(parts.map { .string($0.label) })
    let across: JSON = [
      "field": "mean", "type": "quantitative", "stack": "zero", "title": x.title(along: width),
      "scale": x.scale, "axis": x.guide,
    ]
    let color: JSON =
      isStack
      ? [
        "field": "label", "type": "nominal", "sort": order, "title": "part",
        "scale": Palette.scale(of: parts.count), "legend": ["orient": "bottom", "columns": 4],
      ] : ["value": Palette.colors[0]]
    let interval: JSON = [
      "transform": [["filter": "isValid(datum.ci_low) && isValid(datum.ci_high)"]],
      "mark": ["type": "rule", "strokeWidth": 1.5],
      "encoding": [
        "x": ["field": "ci_low", "type": "quantitative"], "x2": ["field": "ci_high"],
        "color": ["value": "#333"],
      ],
    ]
    return document(
      data: data, width: width, height: layout.height.map(JSON.integer) ?? ["step": 28],
      encoding: ["y": lane(bars, data, step: 28)],
      layers: [
        [
          "mark": ["type": "bar", "height": ["band": 0.7]],
          "encoding": [
            "x": across, "color": color,
            "order": ["field": "rank", "type": "quantitative"],
          ],
          "transform": [
            ["calculate": .string("indexof(\(order.expression), datum.label)"), "as": "rank"]
          ],
        ], barDaggers(by: bars, bars: x, isStack: isStack),
      ] + (isStack ? [] : [interval]))
  }

  /// A lane for each value of a factor.
  ///
  /// - Parameter step: the height of a lane [pixels].
  func lane(_ axis: Axis, _ data: [JSON], step: Int) -> JSON {
    let side = axis.side(data, along: data.levels(of: axis.field).count * step)
    return [
      "field": .string(axis.field), "type": "nominal", "sort": .null,
      "title": axis.kind == .words ? .null : side.title,
      "axis": ["labelFontSize": 12, "labelLimit": 260, "labelExpr": .string(side.label)],
    ]
  }

  /// The lengths of stacks.
  private func sums(_ data: [JSON], by bars: Axis) -> [Double] {
    panels(of: data).flatMap { rows in
      rows.levels(of: bars.field).map { level in
        rows.filter { $0[bars.field] == level }.numbers("mean").reduce(0, +)
      }
    }
  }

  /// Marks behind bars that rest on unknown figures.
  private func barDaggers(by bars: Axis, bars x: NumberScale, isStack: Bool) -> JSON {
    let groups = [bars.field] + (row.map { [$0.field] } ?? [])
    return [
      "transform": [
        [
          "aggregate": [
            ["op": "sum", "field": "mean", "as": "end"],
            ["op": "max", "field": "mark", "as": "mark"],
            ["op": "max", "field": "ci_high", "as": "high"],
          ], "groupby": .array(groups.map(JSON.string)),
        ],
        ["filter": "datum.mark === '†'"],
        ["calculate": .string(isStack ? "datum.end" : "max(datum.end, datum.high)"), "as": "end"],
      ],
      "mark": ["type": "text", "text": "†", "align": "left", "dx": 4, "fontSize": 11],
      "encoding": [
        "x": ["field": "end", "type": "quantitative"], "color": ["value": "#555"],
      ],
    ]
  }
}
