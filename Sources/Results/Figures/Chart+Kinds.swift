extension Chart {
  /// The stages of a journey on a logarithmic time axis, one rung for each value of a factor.
  ///
  /// - Parameters:
  ///   - points: a table of points.
  ///   - rungs: the column with a rung for each value.
  ///   - stages: measures in seconds and their labels, in the order of the journey.
  public func ladder(
    _ points: Table, rungs: Axis, stages: [(measure: String, label: String)]
  ) -> JSON {
    let data = stages.flatMap {
      values(points, measure: $0.measure, label: $0.label, fields: [rungs])
    }
    let time = JSON.object([
      "field": "mean", "type": "quantitative", "title": "time since submission (median)",
      "scale": .object(["type": "log", "domainMax": 4_000_000]), "axis": Self.timeAxis,
    ])
    let lane = JSON.object([
      "field": .string(rungs.field), "type": "nominal", "title": .null, "sort": .null,
      "axis": .object(["labelFontSize": 13, "labelLimit": 220, "grid": .bool(true)]),
    ])
    let color = JSON.object([
      "field": "label", "type": "nominal", "title": "stage",
      "sort": .array(stages.map { .string($0.label) }),
      "scale": .object(["scheme": "viridis"]), "legend": .object(["orient": "bottom"]),
    ])
    let offset = JSON.object([
      "field": "label", "type": "nominal", "sort": .array(stages.map { .string($0.label) }),
    ])
    let common: [JSON.Member] = [
      .init(key: "y", value: lane), .init(key: "yOffset", value: offset),
      .init(key: "color", value: color),
    ]
    let interval: [JSON.Member] = [
      .init(key: "x", value: .object(["field": "ci_low", "type": "quantitative"])),
      .init(key: "x2", value: .object(["field": "ci_high"])),
    ]
    return document(
      data: data, width: 640, height: .object(["step": 14]), encoding: common,
      layers: [
        .object([
          "mark": .object(["type": "rule", "strokeWidth": 3, "opacity": .number(0.45)]),
          // A limit below zero has no place on a logarithmic axis.
          "transform": .array([.object(["filter": "datum.ci_low > 0"])]),
          "encoding": .object(interval),
        ]),
        .object([
          "mark": .object(["type": "point", "filled": .bool(true), "size": 70, "opacity": 1]),
          "encoding": .object(["x": time]),
        ]),
        .object([
          "mark": .object([
            "type": "text", "align": "left", "dx": 8, "fontSize": 10, "color": "#333",
          ]),
          "transform": .array([
            .object(["calculate": .string(Self.durationText("datum.mean")), "as": "duration"]),
            .object(["calculate": "datum.label + ' ' + datum.duration + datum.mark", "as": "words"]
            ),
          ]),
          "encoding": .object([
            "x": .object(["field": "mean", "type": "quantitative"]),
            "text": .object(["field": "words", "type": "nominal"]),
            "color": .object(["value": "#333"]),
          ]),
        ]),
      ])
  }

  private static let timeAxis = JSON.object([
    "values": .array([0.1, 1, 10, 60, 600, 3600, 21_600, 86_400, 604_800].map(JSON.number)),
    "labelExpr": .string(durationText("datum.value")),
  ])

  /// A Vega expression that writes a number of seconds in the unit that people would use.
  private static func durationText(_ value: String) -> String {
    "\(value) < 60 ? format(\(value), '.3~r') + ' s' : "
      + "\(value) < 3600 ? format(\(value) / 60, '.3~r') + ' min' : "
      + "\(value) < 86400 ? format(\(value) / 3600, '.3~r') + ' h' : "
      + "format(\(value) / 86400, '.3~r') + ' d'"
  }

  /// A measure over a factor, joined by lines, with confidence bands.
  public func lines(
    _ points: Table, measure: String, unit: String, x: Axis, color: Axis?, logarithmic: String
  ) -> JSON {
    let data = values(
      points, measure: measure, label: measure, fields: [x] + (color.map { [$0] } ?? []))
    func scale(_ axis: String) -> JSON {
      .object([
        "type": .string(logarithmic.contains(axis) ? "log" : "linear"), "zero": .bool(false),
      ])
    }
    // A logarithmic axis has no place for a limit of an interval at zero or below it.
    let isCut = logarithmic.contains("y") && data.contains(where: Self.reachesZero)
    let title = "\(measure) [\(unit)]"
    let low = "max(datum.ci_low, datum.mean / 10)"
    let cut: [JSON.Member] = [
      .init(
        key: "transform",
        value: .array([.object(["calculate": .string(low), "as": "ci_low"])]))
    ]
    var encoding: [JSON.Member] = [
      .init(
        key: "x",
        value: .object([
          "field": .string(x.field), "type": .string(x.isNumber ? "quantitative" : "ordinal"),
          "title": .string(x.title), "scale": x.isNumber ? scale("x") : .object([]),
        ]))
    ]
    if let color { encoding.append(Self.colored(by: color)) }
    func y(_ field: String) -> JSON {
      .object([
        "field": .string(field), "type": "quantitative", "title": .string(title),
        "scale": scale("y"),
      ])
    }
    return document(
      data: data, width: 560, height: 320, encoding: encoding,
      layers: [
        .object(
          (isCut ? cut : []) + [
            .init(key: "mark", value: .object(["type": "area", "opacity": .number(0.2)])),
            .init(
              key: "encoding",
              value: .object(["y": y("ci_low"), "y2": .object(["field": "ci_high"])])),
          ]),
        .object([
          "mark": .object(["type": "line", "point": .bool(true)]),
          "encoding": .object(["y": y("mean")]),
        ]),
      ],
      note: isCut ? "; cut at a tenth of the mean" : "")
  }

  private static func reachesZero(_ point: JSON) -> Bool {
    guard case .object(let members) = point,
      case .number(let low)? = members.first(where: { $0.key == "ci_low" })?.value
    else { return false }
    return low <= 0
  }

  /// The parts of a sum, stacked, one bar for each value of a factor.
  public func bars(
    _ points: Table, bars: Axis, parts: [(measure: String, label: String)]
  ) -> JSON {
    let data = parts.flatMap {
      values(points, measure: $0.measure, label: $0.label, fields: [bars])
    }
    let unit =
      points.rows.first { $0.contains(.string(parts.first?.measure ?? "")) }.flatMap { row in
        points.columns.firstIndex { $0.name == "unit" }.map { row[$0].csvText }
      } ?? ""
    return document(
      data: data, width: 560, height: .object(["step": 28]),
      encoding: [
        .init(
          key: "y",
          value: .object([
            "field": .string(bars.field), "type": "nominal", "sort": .null, "title": .null,
            "axis": .object(["labelFontSize": 13, "labelLimit": 220]),
          ])),
        .init(
          key: "x",
          value: .object([
            "field": "mean", "type": "quantitative", "stack": "zero",
            "title": .string("mean per transaction [\(unit)]"),
          ])),
        .init(
          key: "color",
          value: .object([
            "field": "label", "type": "nominal", "title": "part",
            "sort": .array(parts.map { .string($0.label) }),
          ])),
      ], layers: [.object(["mark": "bar"])])
  }
}
