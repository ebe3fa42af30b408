import Catalogue
import Declarations
import Designs
import Worlds

/// A measure that an experiment derives from others: `derived: {NAME: {value: …, unit: …}}`.
package struct DerivedMeasure: Sendable {
  /// snake_case.
  package let name: String
  /// The formula over measures.
  package let expression: Expression
  /// SI unit; 1 for a plain number.
  package let unit: String
  /// What it says, in one sentence.
  package let meaning: String

  /// What axes and legends call it: its meaning, or its name where the meaning is the formula.
  package var title: String {
    guard meaning == Self.meaning(of: expression) else { return meaning.firstClause }
    return name.replacing("_", with: " ").capitalizedFirst
  }

  /// The meaning of one that states none.
  static func meaning(of expression: Expression) -> String { "\(expression.text)." }
}

/// How an entry of the table of measures follows from entries before it.
struct Derivation: Sendable {
  let expression: Expression
  /// The names in it, with the places of what they mean.
  private let uses: [(name: String, place: Int)]
  /// The places of the measures of runs that it rests on, in order.
  let roots: [Int]

  init(
    _ expression: Expression, _ uses: [(name: String, place: Int)],
    _ entries: [MeasureTable.Entry]
  ) {
    self.expression = expression
    self.uses = uses
    roots = Set(uses.flatMap { entries[$0.place].derivation?.roots ?? [$0.place] }).sorted()
  }

  /// The places of what stands in it.
  var places: [Int] { uses.map(\.place) }

  /// Its value, given those of the entries before it; nil where one has none, or it is not finite.
  func value(_ values: [Double?]) -> Double? {
    guard hasAll(of: values) else { return nil }
    let value = expression.value { number($0, values) }
    return value.isFinite ? value : nil
  }

  /// What is divided by what in a ratio; nil where one of them has no value, or it is no ratio.
  func sides(_ values: [Double?]) -> (above: Double, below: Double)? {
    guard expression.isRatio, hasAll(of: values) else { return nil }
    let sides = expression.sides { number($0, values) }
    return sides.flatMap { $0.above.isFinite && $0.below.isFinite ? $0 : nil }
  }

  // Not every formula of what is not a number is none: x^0 is 1.
  private func hasAll(of values: [Double?]) -> Bool {
    uses.allSatisfy { values[$0.place] != nil }
  }

  // There are a few names, so looking through them is quicker than a dictionary.
  private func number(_ name: String, _ values: [Double?]) -> Double? {
    uses.first { $0.name == name }.flatMap { values[$0.place] }
  }
}

extension MeasureTable {
  /// A result with the derived measures behind those of the run.
  package func completed(_ result: RunResult) -> RunResult {
    guard !derived.isEmpty else { return result }
    var values = result.measures
    values += [Double?](repeating: nil, count: indices.count - values.count)
    derive(&values)
    return RunResult(
      measures: values, feePath: result.feePath, events: result.events,
      fingerprint: result.fingerprint)
  }

  /// Fills in the values of derived measures.
  ///
  /// - Parameters:
  ///   - values: those of all places; nil where there is none.
  ///   - known: the places of derived measures whose values are there.
  package func derive(_ values: inout [Double?], except known: Set<Int> = []) {
    for index in shape.measures.count..<indices.count where !known.contains(index) {
      values[index] = self[index].derivation?.value(values) ?? nil
    }
  }

  /// What the measure at a place is calculated from: itself if it is known, or else what is in its formula.
  ///
  /// - Parameter known: the places of measures whose values are there.
  /// - Returns: the places of known measures, and names of what would have to be known and is not.
  package func sources(
    of index: Int, among known: Set<Int>
  ) -> (places: Set<Int>, missing: [String]) {
    if known.contains(index) { return ([index], []) }
    guard let derivation = self[index].derivation else { return ([], [self[index].qualifiedName]) }
    return derivation.places.map { sources(of: $0, among: known) }
      .reduce(into: ([], [])) { all, one in
        all.places.formUnion(one.places)
        all.missing += one.missing
      }
  }

  /// Whether the measure at a place divides one by another.
  package func isRatio(_ index: Int) -> Bool { self[index].derivation?.expression.isRatio ?? false }

  /// What is divided by what in a run for the measure at a place; nil where one of them has no value, or
  /// it is no ratio.
  package func sides(of index: Int, in result: RunResult) -> (above: Double, below: Double)? {
    self[index].derivation?.sides(result.measures)
  }

  /// The expectation of the measure at a place over all replications of a scenario; nil where it is not
  /// known without runs, or where all runs have the same value.
  package func knownMean(of index: Int, in scenario: Scenario) -> Double? {
    guard self[index].derivation == nil else { return nil }
    return shape.measures[index].knownMean(in: scenario)
  }

  /// Whether a parameter, by its place in the shape, can move the measure at a place.
  package func isMoved(_ index: Int, byParameterAt parameter: Int) -> Bool {
    (self[index].derivation?.roots ?? [index]).contains {
      shape.measures[$0].isMoved(byParameterAt: parameter)
    }
  }

  /// What the measure at a place rests on at worst.
  package func basis(of index: Int, under doubts: Doubts) -> Basis {
    let roots = self[index].derivation?.roots ?? [index]
    return roots.map { doubts.basis(of: shape.measures[$0]) }.max() ?? .documented
  }
}
