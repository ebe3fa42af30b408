extension Chart {
  /// A fee over time, as steps, in gwei over hours.
  ///
  /// - Parameters:
  ///   - table: samples with a column `time_s`.
  ///   - fee: the column that is drawn [wei per gas].
  public func path(_ table: Table, fee: Table.Column, color: Axis?, logarithmic: String) -> JSON {
    let fields = ["time_s", fee.name] + [color, row].compactMap { $0?.field }
    let indices = fields.compactMap { name in
      table.columns.firstIndex { $0.name == name }.map { (name, $0) }
    }
    let data = table.rows.map { row in
      JSON.object(indices.map { JSON.Member(key: $0.0, value: row[$0.1].json) })
    }
    let scale = logarithmic.contains("y") ? "log" : "linear"
    var encoding: [JSON.Member] = [
      .init(
        key: "x",
        value: .object([
          "field": "hours", "type": "quantitative", "title": "time [h]",
          "scale": .object(["nice": .bool(false)]),
        ])),
      .init(
        key: "y",
        value: .object([
          "field": "gwei", "type": "quantitative",
          "title": .string(fee.name.replacing("_wei_per_gas", with: " [gwei/gas]")),
          "axis": .object(["format": "~g"]),
          "scale": .object(["type": .string(scale), "zero": .bool(false)]),
        ])),
    ]
    if let color {
      encoding.append(
        Self.colored(
          by: color,
          [
            .init(key: "scale", value: .object(["scheme": "tableau10"])),
            .init(key: "legend", value: .object(["titleLimit": 400])),
          ]))
    }
    return document(
      data: data, width: 640, height: 260, encoding: encoding,
      layers: [
        .object([
          "transform": .array([
            .object(["calculate": "datum.time_s / 3600", "as": "hours"]),
            .object(["calculate": .string("datum.\(fee.name) / 1e9"), "as": "gwei"]),
          ]),
          "mark": .object([
            "type": "line", "interpolate": "step-after", "strokeWidth": .number(1.2),
          ]),
        ])
      ])
  }
}
