import Specifications

/// Finds factors that change nothing: a wrong path, or a parameter that the scenario does not read.
public struct InertFactors {
  private static let tries = 8
  private static let levelsTried = 4
  private let experiment: Experiment

  /// A look at the factors of an experiment.
  public init(_ experiment: Experiment) { self.experiment = experiment }

  /// The factors whose other levels change neither a measure nor the trajectory, at some points of the
  /// design that are spread over it and in one replication each.
  ///
  /// - Returns: their paths, and at how many points it was tried.
  public func find() -> (paths: [String], points: Int) {
    let tried = experiment.spreadPoints(Self.tries)
    let reference = tried.map { $0.run(replication: 0) }
    let paths = experiment.spec.factors.enumerated().filter { position, factor in
      guard factor.expression == nil else { return false }
      var comparisons = 0
      for (point, outcome) in zip(tried, reference) {
        for level in others(than: point.levels[position], of: factor) {
          guard let other = experiment.point(point, with: level, at: position) else { continue }
          let changed = other.run(replication: 0)
          // Runs that fail alike say nothing about a factor.
          if case .failure = changed.result, case .failure = outcome.result { continue }
          comparisons += 1
          // Not what was drawn: a factor can make figures known, or have more of them read.
          if changed.result != outcome.result { return false }
        }
      }
      return comparisons > 0
    }
    return (paths.map(\.element.path), tried.count)
  }

  private func others(than level: Factor.Level, of factor: Factor) -> [Factor.Level] {
    let all =
      factor.levels.isEmpty
      ? [0, 1.0 / 3, 2.0 / 3, 1].map(factor.level(at:))
      : Array(factor.levels.prefix(Self.levelsTried))
    return all.filter { $0 != level }
  }
}
