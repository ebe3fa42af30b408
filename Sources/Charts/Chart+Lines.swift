import Results

extension Chart {
  /// A measure over a factor, joined by lines, with confidence bands.
  ///
  /// - Parameters:
  ///   - points: a table of points.
  ///   - measure: the axis of the measure, whose column is the name of it.
  ///   - logarithmic: the axes that are, of "x" and "y".
  public func lines(
    _ points: Table, measure: Axis, x: Axis, color: Axis?, logarithmic: String
  ) -> JSON {
    let data = values(
      points, measure: measure.field, label: measure.field, fields: [x] + (color.map { [$0] } ?? [])
    )
    let (width, height) = (layout.width ?? 560, layout.height ?? 320)
    let isLogarithmic = logarithmic.contains("y")
    let y = NumberScale(measure, Self.shown(of: data, isLogarithmic), isLogarithmic: isLogarithmic)
    let across = Across(x, data, isLogarithmic: logarithmic.contains("x"))
    let series = Series(of: color, row: row, in: data, x: across, y: y, height: height)
    let isCut = data.contains {
      ($0.number("ci_low") ?? y.low) < y.low || ($0.number("ci_high") ?? y.high) > y.high
    }
    let dodge: JSON = series.dodge.map { ["xOffset": ["expr": .string($0)]] } ?? [:]
    func vertical(_ field: String) -> JSON { y.channel(field, along: height) }
    let band = JSON.object(["type": "area", "opacity": 0.13, "clip": true]).with(dodge)
    let line = JSON.object(["type": "line", "strokeWidth": 1.8]).with(dodge)
    let point = JSON.object(["type": "point", "filled": true, "size": 45, "opacity": 1]).with(dodge)
    let layers: [JSON] = [
      [
        "transform": [
          ["filter": "isValid(datum.ci_low) && isValid(datum.ci_high)"],
          // Far enough below the axis that the band is cut at its end.
          ["calculate": .string(y.clamped("datum.ci_low")), "as": "band_low"],
        ],
        "mark": band, "encoding": ["y": vertical("band_low"), "y2": ["field": "ci_high"]],
      ],
      ["mark": line, "encoding": ["y": vertical("mean")]],
      [
        "mark": point,
        "encoding": JSON.object(["y": vertical("mean")]).with(series.shape),
      ],
      Self.daggers(at: ["y": vertical("mean")], dodge),
    ]
    let notes = isCut ? ["a band that reaches beyond the axis is cut there"] : []
    return document(
      data: data, width: width, height: .integer(height), transform: across.transform,
      encoding: JSON.object(["x": across.encoding(along: width)]).with(series.color),
      layers: layers + series.labels(vertical("mean")),
      notes: series.notes + notes)
  }

  /// The numbers that the axis of the measure has to show: means, and limits that are not far beyond.
  ///
  /// A limit at zero or below it has no place on a logarithmic axis, and one that is a thousandth of the
  /// mean would leave no room for the means.
  static func shown(of data: [JSON], _ isLogarithmic: Bool) -> [Double] {
    let means = data.numbers("mean").filter { !isLogarithmic || $0 > 0 }
    guard isLogarithmic, let least = means.min(), let most = means.max() else {
      return means + data.numbers("ci_low") + data.numbers("ci_high")
    }
    return means
      + (data.numbers("ci_low") + data.numbers("ci_high"))
      .filter { $0 >= least / 4 && $0 <= most * 4 }
  }

  /// Marks at points that rest on unknown figures.
  ///
  /// - Parameter more: what else the marks have.
  static func daggers(at encoding: JSON, _ more: JSON = [:]) -> JSON {
    let mark: JSON = [
      "type": "text", "text": "†", "dx": 5, "dy": -8, "fontSize": 9, "color": "#555",
    ]
    return [
      "transform": [["filter": "datum.mark === '†'"]], "mark": mark.with(more),
      "encoding": encoding.with(["color": ["value": "#555"]]),
    ]
  }
}
