/// A figure as a Vega-Lite document that contains its data, so that it draws anywhere, offline.
public struct Chart {
  /// A column that an axis, a colour or a panel shows.
  public struct Axis {
    /// The column.
    public let field: String
    let title: String
    let isNumber: Bool

    /// An axis over a column.
    public init(field: String, title: String, isNumber: Bool) {
      self.field = field
      self.title = title
      self.isNumber = isNumber
    }
  }

  let title: String
  let subtitle: String
  let row: Axis?

  /// A figure.
  ///
  /// - Parameter row: the column with a panel for each of its values.
  public init(title: String, subtitle: String, row: Axis? = nil) {
    self.title = title
    self.subtitle = subtitle
    self.row = row
  }

  /// The document around layers that share encodings and data.
  ///
  /// - Parameter note: what the subtitle adds.
  func document(
    data: [JSON], width: JSON, height: JSON, encoding: [JSON.Member], layers: [JSON],
    note: String = ""
  ) -> JSON {
    var inner: [JSON.Member] = [
      .init(key: "width", value: width), .init(key: "height", value: height),
      .init(key: "encoding", value: .object(encoding)), .init(key: "layer", value: .array(layers)),
    ]
    if let row {
      inner = [
        .init(
          key: "facet",
          value: .object([
            "row": .object([
              "field": .string(row.field), "type": .string(row.isNumber ? "ordinal" : "nominal"),
              "title": .string(row.title), "sort": .null,
            ])
          ])),
        .init(key: "spec", value: .object(inner)),
      ]
    }
    let head: [JSON.Member] = [
      .init(key: "$schema", value: .string("https://vega.github.io/schema/vega-lite/v5.json")),
      .init(
        key: "title",
        value: .object([
          "text": .string(title), "subtitle": .string(subtitle + note), "anchor": .string("start"),
          "fontSize": .integer(15), "subtitleFontSize": .integer(11),
          "subtitleColor": .string("#555"), "offset": .integer(14),
        ])),
      .init(key: "background", value: .string("white")),
      .init(key: "padding", value: .integer(16)),
      .init(key: "data", value: .object(["values": .array(data)])),
    ]
    return .object(head + inner + [.init(key: "config", value: Self.config)])
  }

  /// A colour for each value of a column, in the order of the data.
  ///
  /// - Parameter more: what else the channel says.
  static func colored(by color: Axis, _ more: [JSON.Member] = []) -> JSON.Member {
    let common: [JSON.Member] = [
      .init(key: "field", value: .string(color.field)),
      .init(key: "type", value: .string(color.isNumber ? "ordinal" : "nominal")),
      .init(key: "title", value: .string(color.title)), .init(key: "sort", value: .null),
    ]
    return .init(key: "color", value: .object(common + more))
  }

  private static let config: JSON = .object([
    "font": .string("DejaVu Sans, Helvetica, Arial, sans-serif"),
    "axis": .object([
      "labelFontSize": .integer(11), "titleFontSize": .integer(12), "gridColor": .string("#e6e6e6"),
      "domainColor": .string("#888"), "tickColor": .string("#888"),
    ]),
    "legend": .object([
      "labelFontSize": .integer(11), "titleFontSize": .integer(12), "symbolOpacity": .integer(1),
    ]),
    "header": .object(["labelFontSize": .integer(12), "titleFontSize": .integer(12)]),
    "view": .object(["stroke": .null]),
  ])

  /// The rows of `points` for one measure, as data of a figure.
  func values(
    _ points: Table, measure: String, label: String, fields: [Axis]
  ) -> [JSON] {
    let names = points.columns.map(\.name)
    func cell(_ row: [Table.Cell], _ name: String) -> JSON {
      names.firstIndex(of: name).map { row[$0].json } ?? .null
    }
    return points.rows.filter { cell($0, "measure") == .string(measure) }.map { cells in
      var members: [JSON.Member] = []
      for axis in fields + (row.map { [$0] } ?? []) {
        members.append(.init(key: axis.field, value: cell(cells, axis.field)))
      }
      let isUnknown = cell(cells, "basis") == .string("unknown")
      members += [
        .init(key: "label", value: .string(label)),
        .init(key: "mean", value: cell(cells, "mean")),
        .init(key: "ci_low", value: cell(cells, "ci_low")),
        .init(key: "ci_high", value: cell(cells, "ci_high")),
        .init(key: "mark", value: .string(isUnknown ? "†" : "")),
      ]
      return .object(members)
    }
  }
}

extension Table.Cell {
  var json: JSON {
    switch self {
    case .empty: .null
    case .string(let text): .string(text)
    case .number(let value): .number(value)
    case .integer(let value): .integer(value)
    }
  }
}
