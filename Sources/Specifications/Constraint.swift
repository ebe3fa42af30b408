import Catalogue
import Declarations
import Designs
import Worlds

/// A comparison that every point of a design must satisfy.
public struct Constraint: Hashable, Sendable {
  /// More comparisons than this are refused: each point computes them all.
  static let limit = 100

  /// The comparison as it was written.
  public let text: String
  private let left: Expression
  private let comparison: Comparison
  private let right: Expression
  private let location: Location

  /// The names that it uses.
  var names: [String] { (left.uses + right.uses).map(\.name) }

  /// Whether it holds where `number` knows the names.
  ///
  /// - Throws: `InvalidInput` if a side has no value.
  func holds(_ number: (String) -> Double?) throws(InvalidInput) -> Bool {
    if let name = names.first(where: { number($0) == nil }) {
      throw InvalidInput([problem("'\(name)' is no number in every scenario of the design")])
    }
    let sides = (left.value(number), right.value(number))
    guard !sides.0.isNaN, !sides.1.isNaN else {
      throw InvalidInput([problem("a side of '\(text)' is not a number at some point")])
    }
    return comparison.holds(sides.0, sides.1)
  }

  private func problem(_ message: String) -> Problem {
    Problem(location, path: "constraints", message)
  }

  /// Reads a list of comparisons, or adds to `problems` why it is none.
  static func readAll(
    _ node: InputNode, _ shape: WorldShape, _ problems: inout [Problem]
  ) -> [Constraint] {
    guard let elements = node.elements, !elements.isEmpty else {
      problems.append(
        node.problem(
          "expected a list of comparisons such as [\"poster.max_age <= 2 * proposer.interval\"]"))
      return []
    }
    guard elements.count <= limit else {
      problems.append(node.problem("expected at most \(limit) comparisons"))
      return []
    }
    return elements.compactMap { read($0, shape, &problems) }
  }

  private static func read(
    _ node: InputNode, _ shape: WorldShape, _ problems: inout [Problem]
  ) -> Constraint? {
    guard let text = node.text else {
      problems.append(
        node.problem(
          "expected a comparison such as \"poster.max_age <= 2 * proposer.interval\""))
      return nil
    }
    do throws(ExpressionError) {
      let (left, comparison, right) = try ExpressionParser.comparison(text)
      let wrong = (left.uses + right.uses).compactMap { use in
        defect(of: use.name, shape).map { node.problem("at character \(use.position): \($0)") }
      }
      problems += wrong
      guard wrong.isEmpty else { return nil }
      return Constraint(
        text: text, left: left, comparison: comparison, right: right, location: node.location)
    } catch {
      problems.append(node.problem("at character \(error.position): \(error.advisedMessage)"))
      return nil
    }
  }

  /// Why a name is no number of a scenario.
  private static func defect(of name: String, _ shape: WorldShape) -> String? {
    if shape.parameter(name)?.kind.isNumeric == true { return nil }
    guard shape.target(of: name) == nil else { return "'\(name)' is no number" }
    if let defect = shape.defect(ofNamesIn: name) { return defect }
    let candidates = shape.parameters.filter(\.kind.isNumeric).map(\.path)
    return "no parameter is called '\(name)'\(advice(for: name, among: candidates))"
  }
}

extension ParameterKind {
  fileprivate var isNumeric: Bool {
    switch self {
    case .quantity, .distribution: true
    case .word, .trace, .history: false
    }
  }
}
