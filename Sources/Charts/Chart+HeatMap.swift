import Results

extension Chart {
  /// A measure over two factors, as colours with the numbers in them.
  ///
  /// - Parameter measure: the axis of the measure, whose column is the name of it.
  public func heatMap(_ points: Table, measure: Axis, x: Axis, y: Axis) -> JSON {
    let data = values(points, measure: measure.field, label: measure.field, fields: [x, y])
    let means = data.numbers("mean")
    let (least, most) = (means.min() ?? 0, means.max() ?? 1)
    // Colours over several powers of ten would all look like the lowest but for one.
    let isLogarithmic = least > 0 && most > 30 * least
    let scale = NumberScale(measure, means, isLogarithmic: isLogarithmic)
    let middle = isLogarithmic ? "sqrt(\(least) * \(most))" : "(\(least) + \(most)) / 2"
    let columns = data.levels(of: x.field).count
    let color: JSON = [
      "field": "mean", "type": "quantitative",
      "title": scale.title(along: 220),
      "scale": [
        "type": .string(isLogarithmic ? "log" : "linear"), "scheme": "cividis",
        "domain": [.number(scale.low), .number(scale.high)],
      ],
      "legend": scale.guide.with(["gradientLength": 160]),
    ]
    let words = "format(\(scale.unit.divided("datum.mean")), ',.3~r') + datum.mark"
    return document(
      data: data, width: layout.width ?? max(240, columns * 72),
      height: layout.height.map(JSON.integer) ?? ["step": 34],
      encoding: ["x": side(x, data, isVertical: false), "y": side(y, data, isVertical: true)],
      layers: [
        ["mark": "rect", "encoding": ["color": color]],
        [
          "mark": ["type": "text", "fontSize": 11],
          "transform": [["calculate": .string(words), "as": "words"]],
          "encoding": [
            "text": ["field": "words", "type": "nominal"],
            "color": [
              "condition": ["test": .string("datum.mean < \(middle)"), "value": "white"],
              "value": "black",
            ],
          ],
        ],
      ])
  }

  /// A side of the map, from small to large numbers to the right and upwards.
  private func side(_ axis: Axis, _ data: [JSON], isVertical: Bool) -> JSON {
    let levels =
      axis.kind == .words
      ? data.levels(of: axis.field) : data.numberLevels(of: axis.field).map(JSON.number)
    let isReversed = isVertical && axis.kind != .words
    let side = axis.side(data, along: levels.count * (isVertical ? 34 : 72))
    return [
      "field": .string(axis.field), "type": "ordinal",
      "sort": .array(isReversed ? levels.reversed() : levels),
      "title": side.title,
      "axis": [
        "labelExpr": .string(side.label), "labelAngle": 0, "labelLimit": 220, "domain": false,
        "ticks": false,
      ],
    ]
  }
}
