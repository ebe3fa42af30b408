import Catalogue
import Designs
import Worlds

extension MeasureTable {
  /// More derived measures than this are refused: each run computes them all.
  static let derivedLimit = 100

  /// Adds the measures that a specification derives, each from those before it, or adds to `problems` why
  /// it cannot.
  mutating func define(_ node: InputNode, _ problems: inout [Problem]) {
    guard let members = node.members, !members.isEmpty else {
      problems.append(
        node.problem("expected derived measures such as {\(DerivedReader.example)}"))
      return
    }
    guard members.count <= Self.derivedLimit else {
      problems.append(node.problem("expected at most \(Self.derivedLimit) derived measures"))
      return
    }
    var reader = DerivedReader(names: members.map { $0.key.text ?? "?" })
    for (key, value) in members where !problems.isFull {
      if let measure = reader.read(key, value, self, &problems) { define(measure) }
    }
  }

  /// Adds the measures that the command line derives, each as `NAME: {value: …, unit: …}`.
  ///
  /// - Throws: `InvalidInput` with everything that is wrong.
  public mutating func define(_ texts: [String], option: String) throws(InvalidInput) {
    var problems: [Problem] = []
    for text in texts {
      define(try .parse(text, file: "\(option) '\(text)'"), &problems)
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}

/// Reads derived measures, one after the other.
private struct DerivedReader {
  static let example =
    "cost_data_wei_per_byte: {value: cost_data_wei_per_tx_mean / bytes_posted_per_tx, unit: wei/B}"
  private static let keys = InputSchema.derivedMembers.map(\.key)
  /// Columns of tables of runs, beside those of measures and factors.
  private static let columns = ["point", "replication", "rollup", "events", "fingerprint"]
  private static let form = "expected {value: EXPRESSION, unit: UNIT}, and a meaning if you like"

  /// The names of all, in their order.
  let names: [String]
  /// Those that could not be read: what is wrong with them was said there.
  private var failed: Set<String> = []

  init(names: [String]) { self.names = names }

  /// Reads one, or adds to `problems` why it is none.
  mutating func read(
    _ key: InputNode, _ value: InputNode, _ table: MeasureTable, _ problems: inout [Problem]
  ) -> DerivedMeasure? {
    let name = key.text ?? "?"
    let found = problems.count
    if let defect = Self.defect(of: name, table) { problems.append(key.problem(defect)) }
    let members = value.members ?? []
    func member(_ key: String) -> InputNode? { members.first { $0.key.text == key }?.value }
    for (key, _) in members where !Self.keys.contains(key.text ?? "?") {
      problems.append(
        key.problem("unknown key\(advice(for: key.text ?? "?", among: Self.keys))"))
    }
    guard let formula = member("value"), let unitNode = member("unit") else {
      let missing = member("value") == nil ? "value" : "unit"
      let message =
        value.members == nil ? Self.form : "the key '\(missing)' is missing; \(Self.form)"
      problems.append(value.problem(message))
      failed.insert(name)
      return nil
    }
    let unit = unitNode.text?.filter { !$0.isWhitespace } ?? ""
    if unit.isEmpty {
      problems.append(unitNode.problem("expected a unit such as wei/B, or 1 for a plain number"))
    }
    let meaning = member("meaning").flatMap { $0.anyText(&problems) }
    let expression = expression(formula, name, table, &problems)
    guard problems.count == found, let expression else {
      failed.insert(name)
      return nil
    }
    return DerivedMeasure(
      name: name, expression: expression, unit: unit,
      meaning: meaning ?? DerivedMeasure.meaning(of: expression))
  }

  /// Why a name cannot be that of a new measure.
  private static func defect(of name: String, _ table: MeasureTable) -> String? {
    guard name.wholeMatch(of: #/[a-z][a-z0-9]*(_[a-z0-9]+)*/#) != nil, name.utf8.count <= 100 else {
      return "expected a name in snake_case such as cost_data_wei_per_byte"
    }
    if !table.indices(of: name).isEmpty { return "'\(name)' is a measure already" }
    return columns.contains(name) ? "'\(name)' is a column of tables already" : nil
  }

  private func expression(
    _ node: InputNode, _ name: String, _ table: MeasureTable, _ problems: inout [Problem]
  ) -> Expression? {
    guard let text = node.text else {
      problems.append(node.problem("expected an expression; found \(node.quotation)"))
      return nil
    }
    do throws(ExpressionError) {
      let expression = try ExpressionParser.expression(text)
      if expression.uses.isEmpty {
        problems.append(node.problem("expected an expression over measures; '\(text)' names none"))
      }
      problems += expression.uses.compactMap { use in
        defect(ofUse: use.name, in: name, table).map {
          node.problem("at character \(use.position): \($0)")
        }
      }
      return expression
    } catch {
      problems.append(node.problem("at character \(error.position): \(error.advisedMessage)"))
      return nil
    }
  }

  /// Why an expression cannot use a name at this place.
  private func defect(ofUse use: String, in name: String, _ table: MeasureTable) -> String? {
    if failed.contains(use) { return nil }
    let found = table.indices(of: use)
    guard !found.isEmpty else {
      return names.contains(use)
        ? "'\(use)' does not come before '\(name)'" : table.defect(of: use, [])
    }
    // What a service has, and no rollup, is nothing of the rollup of the row.
    let isKnown = table.shape.rollups.allSatisfy { table.place(of: use, forRollup: $0) != nil }
    return isKnown ? nil : table.defect(of: use, found)
  }
}
