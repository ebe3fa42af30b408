import Results

extension Chart {
  /// A fee over time, as steps.
  ///
  /// - Parameters:
  ///   - table: samples.
  ///   - time: the axis of the time of a sample.
  ///   - fee: the axis of the fee.
  public func path(_ table: Table, time: Axis, fee: Axis, color: Axis?, logarithmic: String) -> JSON
  {
    let reader = RowReader(table)
    let fields = [time, fee] + [color, row].compactMap(\.self)
    let data = table.rows.map { reader.object($0, fields.map(\.field)) }
    let (width, height) = (layout.width ?? 600, layout.height ?? 240)
    let y = NumberScale(
      fee, data.numbers(fee.field), isLogarithmic: logarithmic.contains("y"))
    let across = Across(time, data)
    let series = Series(
      of: color, row: row, in: data, x: across, y: y, value: fee.field, height: height,
      mayDodge: false)
    let vertical = y.channel(fee.field, along: height)
    return document(
      data: data, width: width, height: .integer(height),
      encoding: JSON.object(["x": across.encoding(along: width)]).with(series.color),
      layers: [
        [
          "mark": [
            "type": "line", "interpolate": "step-after", "strokeWidth": 1.4, "opacity": 0.9,
          ],
          "encoding": JSON.object(["y": vertical]).with(series.dash),
        ]
      ] + series.labels(vertical), notes: series.notes)
  }
}
