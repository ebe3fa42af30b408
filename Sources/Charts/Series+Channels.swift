import Results

// What tells lines apart: colours, shapes and dashes.

extension Series {
  /// The channel of colours.
  var color: JSON {
    guard let axis else { return ["color": ["value": Palette.colors[0]]] }
    return [
      "color": [
        "field": .string(axis.field), "type": axis.kind == .words ? "nominal" : "ordinal",
        "sort": .array(levels), "scale": Palette.scale(of: levels.count), "legend": legend,
      ]
    ]
  }

  /// What says which line is which where their names have no room.
  private var legend: JSON {
    guard let axis, !hasLabels else { return .null }
    return ["title": .string(axis.title), "labelExpr": .string(axis.text("datum.value", in: unit))]
  }

  /// The channel of shapes, which tell lines apart without colours.
  var shape: JSON {
    guard let axis, 2...6 ~= levels.count else { return [:] }
    let shapes: [JSON] = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
    return [
      "shape": [
        "field": .string(axis.field), "type": axis.kind == .words ? "nominal" : "ordinal",
        "sort": .array(levels), "legend": .null,
        "scale": ["range": .array(Array(shapes.prefix(levels.count)))],
      ]
    ]
  }

  /// The channel of dashes: gaps in a line show the one that it covers.
  var dash: JSON {
    guard let axis, 2...6 ~= levels.count else { return [:] }
    let dashes: [JSON] = [[1, 0], [7, 2], [3, 2], [9, 2, 2, 2], [1, 2], [6, 2, 1, 2, 1, 2]]
    return [
      "strokeDash": [
        "field": .string(axis.field), "type": axis.kind == .words ? "nominal" : "ordinal",
        "sort": .array(levels), "legend": legend,
        "scale": ["range": .array(Array(dashes.prefix(levels.count)))],
      ]
    ]
  }
}
