import Catalogue
import Declarations
import Worlds

extension Measure {
  /// The measures that patterns of the command line select, by their places in `all`; all that there
  /// are to choose from without a pattern.
  ///
  /// - Parameters:
  ///   - choice: the places of those to choose from.
  ///   - option: the option that has the patterns, for messages.
  ///   - what: what they are, for messages.
  /// - Throws: `InvalidInput` with each pattern that selects none.
  public static func selected(
    by patterns: [String], among choice: [Int] = Array(Measure.all.indices), option: String,
    what: String = "measure"
  ) throws(InvalidInput) -> [Int] {
    guard !patterns.isEmpty else { return choice.sorted() }
    let names = choice.map { Measure.all[$0].name }
    var problems: [Problem] = []
    var selected: Set<Int> = []
    for pattern in patterns {
      let matching = choice.filter { Measure.all[$0].matches(pattern) }
      selected.formUnion(matching)
      if matching.isEmpty {
        let nearest = advice(for: pattern, among: names)
        problems.append(
          Problem(Location(file: "\(option) \(pattern)"), "no \(what) matches\(nearest)"))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return selected.sorted()
  }
}

extension Measure {
  /// The dimension in which a specification writes values of the measure.
  package var dimension: Declarations.Dimension { unit == "s" ? .duration : .number }

  /// The place in `all` of the measure that a specification names, with or without `_mean` at its end,
  /// or adds to `problems` that there is none.
  package static func index(_ node: InputNode, _ problems: inout [Problem]) -> Int {
    let name = node.text ?? "?"
    if let index = index(of: name) { return index }
    let nearest = advice(for: name, among: all.map(\.name))
    problems.append(node.problem("no measure is called '\(name)'\(nearest)"))
    return 0
  }
}
