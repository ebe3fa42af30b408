import Catalogue
import Worlds

extension RecordedRuns {
  /// The reported measures that patterns name; all of them without a pattern.
  ///
  /// - Throws: `InvalidInput` with each pattern that names none.
  static func measures(
    of spec: ExperimentSpec, _ patterns: [String], option: String = "--measure"
  ) throws(InvalidInput) -> [Int] {
    guard !patterns.isEmpty else { return spec.measures.sorted() }
    let names = spec.measures.map { Measure.all[$0].name }
    var problems: [Problem] = []
    var selected: Set<Int> = []
    for pattern in patterns {
      let matching = spec.measures.filter { Measure.all[$0].matches(pattern) }
      selected.formUnion(matching)
      if matching.isEmpty {
        let nearest = advice(for: pattern, among: names)
        problems.append(
          Problem(
            Location(file: "\(option) \(pattern)"), "no measure of the result matches\(nearest)"))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return selected.sorted()
  }
}
