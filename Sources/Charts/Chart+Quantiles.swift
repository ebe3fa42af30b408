import Results

extension Chart {
  /// Measures of one unit side by side with their intervals, a lane for each value of a factor.
  ///
  /// - Parameters:
  ///   - points: a table of points.
  ///   - amount: the axis of the measures.
  ///   - lanes: the column with a lane for each value.
  ///   - parts: the measures and their labels.
  public func quantiles(
    _ points: Table, amount: Axis, lanes: Axis, parts: [(measure: String, label: String)],
    isLogarithmic: Bool
  ) -> JSON {
    let data = parts.flatMap {
      values(points, measure: $0.measure, label: $0.label, fields: [lanes])
    }
    return intervals(
      data, amount: amount, lanes: lanes, value: "mean",
      marks: Axis(field: "label", title: "Measure", kind: .words), isLogarithmic: isLogarithmic)
  }

  /// Paired differences from a reference with their intervals, a lane for each value of a factor.
  ///
  /// - Parameters:
  ///   - differences: a table of differences.
  ///   - measure: the axis of the measure, whose column is the name of it.
  public func differences(_ differences: Table, measure: Axis, lanes: Axis, color: Axis?) -> JSON {
    let data = values(
      differences, measure: measure.field, label: measure.field,
      fields: [lanes] + (color.map { [$0] } ?? []), value: "difference")
    var amount = measure
    amount.title = "Difference: \(measure.title.lowercasedFirst)"
    return intervals(
      data, amount: amount, lanes: lanes, value: "difference", marks: color, isLogarithmic: false,
      crosses: 0, notes: ["filled: the interval does not contain zero"])
  }

  /// Points and intervals.
  ///
  /// - Parameters:
  ///   - marks: the column with a colour and a place in the lane for each value.
  ///   - zero: a number with a line across the lanes, which tells points to be filled.
  private func intervals(
    _ data: [JSON], amount: Axis, lanes: Axis, value: String, marks: Axis?, isLogarithmic: Bool,
    crosses zero: Double? = nil, notes: [String] = []
  ) -> JSON {
    let width = layout.width ?? 560
    let numbers = data.numbers(value) + data.numbers("ci_low") + data.numbers("ci_high")
    let x = NumberScale(
      amount, isLogarithmic ? Self.shown(of: data, true) : numbers + (zero.map { [$0] } ?? []),
      isLogarithmic: isLogarithmic)
    let levels = marks.map { data.levels(of: $0.field) } ?? []
    let unit = marks.map { $0.unit(for: data.numbers($0.field)) } ?? Axis.Unit("", 1)
    func across(_ field: String) -> JSON { x.channel(field, along: width) }
    var encoding = JSON.object(["y": lane(lanes, data, step: 18 * max(levels.count, 1))])
    if let marks {
      encoding = encoding.with([
        "yOffset": ["field": .string(marks.field), "type": "nominal", "sort": .array(levels)],
        "color": [
          "field": .string(marks.field), "type": "nominal", "sort": .array(levels),
          "scale": Palette.scale(of: levels.count), "title": .string(marks.title),
          "legend": [
            "orient": "bottom", "columns": 4,
            "labelExpr": .string(marks.text("datum.value", in: unit)),
          ],
        ],
      ])
    } else {
      encoding = encoding.with(["color": ["value": Palette.colors[0]]])
    }
    let rule: [JSON] =
      zero.map {
        [
          [
            "data": ["values": [[:]]],
            "mark": ["type": "rule", "color": "#888", "strokeDash": [4, 3]],
            "encoding": [
              "x": ["datum": .number($0), "type": "quantitative"], "y": .null, "color": .null,
              "yOffset": .null,
            ],
          ]
        ]
      } ?? []
    func points(_ zero: Double?) -> [JSON] {
      let isClear = "datum.ci_low > 0 || datum.ci_high < 0"
      let kinds: [(String, Bool)] =
        zero == nil ? [("true", true)] : [(isClear, true), ("!(\(isClear))", false)]
      return kinds.map { condition, isFilled in
        [
          "transform": [["filter": .string(condition)]],
          "mark": ["type": "point", "filled": .bool(isFilled), "size": 55, "opacity": 1],
          "encoding": encoding.with(["x": across(value)]),
        ]
      }
    }
    return document(
      data: data, width: width, height: layout.height.map(JSON.integer) ?? ["step": 18],
      encoding: [:],
      layers: rule + [
        [
          "transform": [
            ["filter": "isValid(datum.ci_low) && isValid(datum.ci_high)"],
            ["calculate": .string(x.clamped("datum.ci_low")), "as": "bar_low"],
          ],
          "mark": ["type": "rule", "strokeWidth": 2, "opacity": 0.6, "clip": true],
          "encoding": encoding.with(["x": across("bar_low"), "x2": ["field": "ci_high"]]),
        ]
      ] + points(zero) + [Self.daggers(at: encoding.with(["x": across(value)]))], notes: notes)
  }
}
