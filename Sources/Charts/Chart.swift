import Results

/// A figure as a Vega-Lite document that contains its data, so that it draws anywhere, offline.
///
/// The numbers among its data are those of the table, in the units of the table: units, dates and words
/// are made of them by expressions.
public struct Chart {
  /// What a specification may say of the figure as a whole.
  public struct Layout: Sendable {
    /// Width of a panel [pixels]; nil for that of the kind.
    public var width: Int?
    /// Height of a panel [pixels]; nil for that of the kind.
    public var height: Int?
    /// The pictures that are drawn of it, by the ends of their names.
    public var formats: [String] = []

    /// What the kind of the figure says.
    public init() {}
  }

  let title: String
  let subtitle: String
  let row: Axis?
  let layout: Layout

  /// A figure.
  ///
  /// - Parameters:
  ///   - subtitle: how it was made.
  ///   - row: the column with a panel for each of its values.
  public init(title: String, subtitle: String, row: Axis? = nil, layout: Layout = Layout()) {
    self.title = title
    self.subtitle = subtitle
    self.row = row
    self.layout = layout
  }

  /// The document around layers that share encodings and data.
  ///
  /// - Parameters:
  ///   - height: of a panel; a number of pixels, or a step for each word.
  ///   - notes: what the subtitle adds.
  func document(
    data: [JSON], width: Int, height: JSON, transform: [JSON] = [], encoding: JSON = [:],
    layers: [JSON], notes: [String] = []
  ) -> JSON {
    let size = height == .null ? [:] : JSON.object(["height": height])
    var inner = JSON.object(["width": .integer(width)]).with(size).with([
      "encoding": encoding, "layer": .array(layers),
    ])
    if let row {
      inner = ["facet": ["row": header(row, data)], "spec": inner]
    }
    if !transform.isEmpty { inner = JSON.object(["transform": .array(transform)]).with(inner) }
    let mark = hasMark(data) ? ["† rests on unknown figures"] : []
    let words = ([subtitle] + mark + notes).joined(separator: "; ")
    let head: JSON = [
      "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
      "title": [
        "text": title.wrapped(to: width / 8 + 12), "subtitle": words.wrapped(to: width / 7 + 20),
        "anchor": "start", "fontSize": 15, "subtitleFontSize": 11,
        "subtitleColor": "#555", "offset": 14,
      ],
      "background": "white", "padding": 16,
    ]
    let formats: JSON =
      layout.formats.isEmpty
      ? [:] : ["usermeta": ["formats": .array(layout.formats.map(JSON.string))]]
    return head.with(formats).with(["data": ["values": .array(data)]]).with(inner)
      .with(["config": Self.config])
  }

  /// The heading of each panel: the title of the column and the value, above its left end.
  private func header(_ row: Axis, _ data: [JSON]) -> JSON {
    let unit = row.unit(for: data.compactMap { $0.number(row.field) })
    let text = row.text("datum.value", in: unit)
    return [
      "field": .string(row.field), "type": .string(row.kind == .words ? "nominal" : "ordinal"),
      "title": .null, "sort": .null,
      "header": [
        "labelExpr": .string("\((row.title + ": ").quoted) + \(text)"), "labelOrient": "top",
        "labelAngle": 0, "labelAnchor": "start", "labelAlign": "left", "labelFontWeight": "bold",
        "labelPadding": 6,
      ],
    ]
  }

  private func hasMark(_ data: [JSON]) -> Bool { data.contains { $0.text("mark") == "†" } }

  private static let config: JSON = [
    "font": "DejaVu Sans, Helvetica, Arial, sans-serif",
    "axis": [
      "labelFontSize": 11, "titleFontSize": 12, "titleFontWeight": "normal",
      "gridColor": "#e6e6e6", "domainColor": "#888", "tickColor": "#888", "titlePadding": 8,
    ],
    "legend": [
      "labelFontSize": 11, "titleFontSize": 12, "titleFontWeight": "normal", "symbolOpacity": 1,
      "titleLimit": 400, "labelLimit": 300,
    ],
    "header": ["labelFontSize": 12, "titleFontSize": 12], "view": ["stroke": .null],
  ]
}

extension JSON {
  /// A member of an object.
  subscript(_ key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// A number among the members of an object.
  func number(_ key: String) -> Double? { self[key]?.number }

  /// A text among the members of an object.
  func text(_ key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }
}
