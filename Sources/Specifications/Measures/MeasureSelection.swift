import Catalogue
import Worlds

extension MeasureTable {
  /// The measures that patterns of the command line select, by their places; all that there are to
  /// choose from without a pattern.
  ///
  /// - Parameters:
  ///   - choice: the places of those to choose from; nil for all.
  ///   - option: the option that has the patterns, for messages.
  ///   - what: what they are, for messages.
  /// - Throws: `InvalidInput` with each pattern that selects none.
  public func selected(
    by patterns: [String], among choice: [Int]? = nil, option: String, what: String = "measure"
  ) throws(InvalidInput) -> [Int] {
    let choice = choice ?? Array(indices)
    guard !patterns.isEmpty else { return choice.sorted() }
    var problems: [Problem] = []
    var selected: Set<Int> = []
    for pattern in patterns {
      let matching = choice.filter { self[$0].matches(pattern) }
      selected.formUnion(matching)
      if matching.isEmpty {
        let nearest = suggestion(for: pattern, at: choice)
        problems.append(
          Problem(Location(file: "\(option) \(pattern)"), "no \(what) matches\(nearest)"))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return selected.sorted()
  }

  /// The place of the one measure that a specification names, with or without `_mean` at its end, or
  /// adds to `problems` that there is none, or that it has to say whose.
  package func index(_ node: InputNode, _ problems: inout [Problem]) -> Int? {
    let name = node.text ?? "?"
    let found = indices(of: name)
    if found.count == 1 { return found[0] }
    problems.append(node.problem(defect(of: name, found)))
    return nil
  }

  /// Why a name is not that of one measure.
  ///
  /// - Parameter found: the places of the measures that have it.
  func defect(of name: String, _ found: [Int]) -> String {
    guard found.isEmpty else {
      let choice = found.map { self[$0].qualifiedName }.joined(separator: ", ")
      return "'\(name)' does not say whose; expected one of: \(choice)"
    }
    let nearest = suggestion(for: name, at: Array(indices))
    return "no measure is called '\(name)'\(nearest)"
  }
}
