import Results

extension Chart {
  /// How far each factor alone moves a measure from where all have their first level, the widest on top.
  ///
  /// - Parameters:
  ///   - points: a table of the points of a design that moves one factor at a time, the first before all.
  ///   - measure: the axis of the measure, whose column is the name of it.
  ///   - factors: the factors.
  public func tornado(_ points: Table, measure: Axis, factors: [Axis]) -> JSON {
    let reader = RowReader(points)
    let rows = points.rows.filter { reader.json($0, "measure") == .string(measure.field) }
    guard let base = rows.first else {
      return document(data: [], width: 480, height: .null, layers: [["mark": "bar"]])
    }
    let moves = factors.map { factor in
      rows.filter { row in
        factors.allSatisfy {
          ($0.field == factor.field)
            != (reader.json(row, $0.field) == reader.json(base, $0.field))
        }
      }.map { bar(factor, $0, base, reader) }
    }
    let center = reader.json(base, "mean")
    func reach(_ bars: [JSON]) -> Double {
      let ends = bars.numbers("mean") + [JSON.object(["mean": center])].numbers("mean")
      return (ends.max() ?? 0) - (ends.min() ?? 0)
    }
    let idle = zip(factors, moves).filter { reach($0.1) == 0 }.map { $0.0.title.lowercasedFirst }
    let order = moves.indices.filter { reach(moves[$0]) > 0 }.sorted {
      (reach(moves[$1]), $0) < (reach(moves[$0]), $1)
    }
    let data = order.flatMap { moves[$0] }
    let width = layout.width ?? 480
    let x = NumberScale(measure, data.numbers("mean") + data.numbers("first"))
    let across = x.channel("first", along: width)
    return document(
      data: data, width: width, height: layout.height.map(JSON.integer) ?? ["step": 30],
      encoding: [
        "y": [
          "field": "factor", "type": "nominal", "sort": .null, "title": .null,
          // Room for the names of levels, left of bars at the low end.
          "axis": ["labelLimit": 320, "labelFontSize": 12, "labelPadding": 64, "ticks": false],
        ]
      ],
      layers: [
        [
          "mark": ["type": "bar", "height": ["band": 0.6], "opacity": 0.8],
          "encoding": [
            "x": across, "x2": ["field": "mean"],
            "color": [
              "condition": ["test": "datum.mean < datum.first", "value": Palette.colors[0]],
              "value": Palette.colors[1],
            ],
          ],
        ], level(isRight: false), level(isRight: true),
      ],
      notes: ["from the first level of every factor to another level of one alone"]
        + (idle.isEmpty ? [] : ["without effect: \(idle.joined(separator: ", "))"]))
  }

  /// The names of levels, beside the ends of their bars.
  private func level(isRight: Bool) -> JSON {
    [
      "transform": [["filter": .string("datum.mean \(isRight ? ">=" : "<") datum.first")]],
      "mark": [
        "type": "text", "align": isRight ? "left" : "right", "dx": isRight ? 5 : -5,
        "fontSize": 10,
      ],
      "encoding": [
        "x": ["field": "mean", "type": "quantitative"],
        "text": ["field": "level", "type": "nominal"], "color": ["value": "#333"],
      ],
    ]
  }

  private func bar(
    _ factor: Axis, _ row: [Table.Cell], _ base: [Table.Cell], _ reader: RowReader
  ) -> JSON {
    let isUnknown = [row, base].contains { reader.json($0, "basis") == "unknown" }
    return [
      "factor": .string(factor.title), "first": reader.json(base, "mean"),
      "mean": reader.json(row, "mean"),
      "level": .string(factor.words(reader.json(row, factor.field)) + (isUnknown ? " †" : "")),
      "mark": isUnknown ? "†" : "",
    ]
  }
}
