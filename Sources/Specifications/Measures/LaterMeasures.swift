import Catalogue
import Worlds

extension Experiment {
  /// The same experiment with measures that the command line derives from those that it reports, each as
  /// `NAME: {value: …, unit: …}`.
  ///
  /// - Throws: `InvalidInput` with everything that is wrong, and names of what is not reported.
  package func deriving(_ texts: [String], option: String) throws(InvalidInput) -> Experiment {
    var experiment = self
    var problems: [Problem] = []
    for text in texts {
      do throws(InvalidInput) {
        var longer = experiment.spec
        try longer.derive(text, from: spec.measures, option: option)
        experiment.spec = longer
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return experiment
  }
}

extension ExperimentSpec {
  /// Reports what a text derives from measures that are known: of what is derived for each rollup, what
  /// can be calculated.
  fileprivate mutating func derive(
    _ text: String, from known: [Int], option: String
  ) throws(InvalidInput) {
    let first = measureTable.indices.upperBound
    try measureTable.define([text], option: option)
    let added = first..<measureTable.indices.upperBound
    let columns = Set(factors.map(\.column.name))
    let sources = added.map { measureTable.sources(of: $0, among: Set(known)) }
    let possible = zip(added, sources).filter(\.1.missing.isEmpty).map(\.0)
    var defects = Set(added.map { measureTable[$0].name }).intersection(columns).map {
      "'\($0)' is the column of a factor already"
    }
    if possible.isEmpty, let missing = sources.first?.missing.first {
      let nearest = measureTable.suggestion(for: missing, at: known)
      defects.append("the result has no '\(missing)'\(nearest); expected measures that it reports")
    }
    guard defects.isEmpty else {
      let location = Location(file: "\(option) '\(text)'")
      throw InvalidInput(defects.map { Problem(location, $0) })
    }
    measures += possible
  }
}
