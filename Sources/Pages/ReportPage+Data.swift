import Charts
import Reporting
import Results
import Specifications

// What the scripts of a report work on.

extension ReportPage {
  /// Factors, measures, figures and tables.
  var data: JSON {
    [
      "confidence": .number(spec.confidence),
      "factors": .array(spec.factors.map(factor) + subjects),
      "measures": .array(spec.measures.map(measure)),
      "columns": .array(FeePathSpec.columns.map(feeColumn)),
      "figures": .array(tables.figures.map(figure)),
      "points": .string(tables.points), "pointNote": .string(tables.pointNote),
      "differences": .string(tables.differences),
    ]
  }

  private func factor(_ factor: Factor) -> JSON {
    let axis = spec.axis(factor.path)
    let levels = factor.levels.map { level -> JSON in
      ["value": level.cell.json, "label": .string(axis.words(level.cell.json))]
    }
    return JSON.object(["path": .string(factor.path), "levels": .array(levels)]).with(
      described(axis))
  }

  /// Whose a row is, where a scenario names rollups.
  private var subjects: [JSON] {
    guard let column = spec.subjectColumns.first else { return [] }
    return [["field": .string(column.name), "title": "Rollup", "kind": "words", "units": []]]
  }

  private func measure(_ index: Int) -> JSON {
    let entry = spec.measureTable[index]
    return JSON.object([
      "name": .string(entry.name), "title": .string(entry.title), "meaning": .string(entry.meaning),
    ]).with(["units": units(spec.axis(of: [index]))])
  }

  private func feeColumn(_ column: Table.Column) -> JSON {
    [
      "field": .string(column.name), "title": .string(FeePathSpec.title(of: column)),
      "unit": .string(column.unit),
    ]
  }

  private func figure(_ figure: RecordedTables.Figure) -> JSON {
    let shown = figure.spec.shown(of: spec)
    return [
      "name": .string(figure.name), "document": .string(figure.document),
      "unit": .string(shown.first.map { spec.measureTable[$0].unit } ?? ""),
    ]
  }

  private func described(_ axis: Axis) -> JSON {
    let kind = axis.kind == .words ? "words" : axis.kind == .dates ? "dates" : "numbers"
    return [
      "field": .string(axis.field), "title": .string(axis.title), "kind": .string(kind),
      "units": units(axis),
    ]
  }

  private func units(_ axis: Axis) -> JSON {
    .array(axis.units.map { ["symbol": .string($0.symbol), "size": .number($0.size)] })
  }
}
