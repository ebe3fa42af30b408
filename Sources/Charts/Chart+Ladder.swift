import Results

extension Chart {
  /// The stages of a journey on a logarithmic time axis, one rung for each value of a factor.
  ///
  /// - Parameters:
  ///   - points: a table of points.
  ///   - time: the axis of the measures, which are in seconds.
  ///   - rungs: the column with a rung for each value.
  ///   - stages: the measures and their labels, in the order of the journey.
  public func ladder(
    _ points: Table, time: Axis, rungs: Axis, stages: [(measure: String, label: String)]
  ) -> JSON {
    let data = stages.flatMap {
      values(points, measure: $0.measure, label: $0.label, fields: [rungs])
    }
    let width = layout.width ?? 640
    let x = NumberScale(time, Self.shown(of: data, true), isLogarithmic: true)
    let side = rungs.side(data, along: data.levels(of: rungs.field).count * stages.count * 14)
    let lane: JSON = [
      "field": .string(rungs.field), "type": "nominal",
      "title": rungs.kind == .words ? .null : side.title, "sort": .null,
      "axis": [
        "labelFontSize": 13, "labelLimit": 220, "grid": true,
        "labelExpr": .string(side.label),
      ],
    ]
    let order = JSON.array(stages.map { .string($0.label) })
    func across(_ field: String) -> JSON {
      [
        "field": .string(field), "type": "quantitative",
        "title": .string(time.title), "scale": x.scale, "axis": x.durations,
      ]
    }
    return document(
      data: data, width: width, height: layout.height.map(JSON.integer) ?? ["step": 14],
      encoding: [
        "y": lane, "yOffset": ["field": "label", "type": "nominal", "sort": order],
        "color": [
          "field": "label", "type": "nominal", "sort": order, "legend": .null,
          "scale": Palette.scale(of: stages.count),
        ],
      ],
      layers: [
        [
          "transform": [
            // A limit below zero has no place on a logarithmic axis.
            ["filter": "isValid(datum.ci_low) && isValid(datum.ci_high)"],
            ["calculate": .string(x.clamped("datum.ci_low")), "as": "bar_low"],
          ],
          "mark": ["type": "rule", "strokeWidth": 3, "opacity": 0.45, "clip": true],
          "encoding": ["x": across("bar_low"), "x2": ["field": "ci_high"]],
        ],
        [
          "mark": ["type": "point", "filled": true, "size": 70, "opacity": 1],
          "encoding": ["x": across("mean")],
        ],
        [
          "mark": ["type": "text", "align": "left", "dx": 9, "fontSize": 10],
          "transform": [
            // Behind the bar, so that neither hides the other.
            [
              "calculate": "isValid(datum.ci_high) ? max(datum.mean, datum.ci_high) : datum.mean",
              "as": "end",
            ],
            ["calculate": .string(NumberScale.durationText("datum.mean")), "as": "duration"],
            ["calculate": "datum.label + ' ' + datum.duration + datum.mark", "as": "words"],
          ],
          "encoding": [
            "x": across("end"), "text": ["field": "words", "type": "nominal"],
            "color": ["value": "#333"],
          ],
        ],
      ])
  }
}

extension NumberScale {
  /// Ticks of seconds at lengths of time that people count in.
  var durations: JSON {
    let lengths = [
      0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 21_600, 86_400, 604_800, 2_592_000, 31_557_600,
    ]
    return [
      "values": .array(lengths.filter { (low / 1.2...high * 1.2).contains($0) }.map(JSON.number)),
      "labelExpr": .string(Self.durationText("datum.value")), "labelOverlap": true,
    ]
  }

  /// A Vega expression that writes a number of seconds in the unit that people would use.
  static func durationText(_ value: String) -> String {
    // What would be rounded to a thousand or to sixty is written in the next unit.
    "\(value) < 0.9995 ? format(\(value) * 1000, '.3~r') + ' ms' : "
      + "\(value) < 59.95 ? format(\(value), '.3~r') + ' s' : "
      + "\(value) < 3597 ? format(\(value) / 60, '.3~r') + ' min' : "
      + "\(value) < 86364 ? format(\(value) / 3600, '.3~r') + ' h' : "
      + "format(\(value) / 86400, '.3~r') + ' d'"
  }
}
