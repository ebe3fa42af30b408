import Reporting
import Results
import Specifications
import Statistics

extension Analysis {
  /// The points that no other one beats in two measures, smaller being better, by the first one.
  ///
  /// A point is beaten by one that is no worse in both and better in one of them.
  ///
  /// - Parameter names: of the two measures; those of the runs must be the same.
  /// - Throws: `Unusable` if no point has both, `InvalidInput` if a name is that of no one measure.
  public static func frontier(_ runs: RecordedRuns, _ names: [String]) throws -> Analysis {
    let experiment = runs.experiment
    let measures = try names.map { try runs.measure($0, option: "--frontier") }
    let columns =
      [Report.runKey[0]] + experiment.spec.factors.map(\.column)
      + measures.map { experiment.spec.measureTable[$0].qualifiedColumn }
    var analysis = start(columns, runs)
    let values = measures.map(runs.responses(of:))
    let points = experiment.points.indices.filter { point in
      values.allSatisfy { $0.hasValue(at: point) }
    }
    if points.count < experiment.points.count {
      analysis.note(
        "\(experiment.points.count - points.count) of \(experiment.points.count) points are left "
          + "out, for a measure has no value there")
    }
    let means = zip(measures, values).map { measure, values in
      let complete = values.complete(at: points)
      analysis.note(complete, of: runs, measure)
      return points.compactMap { values.tally($0, complete).meanIfAny }
    }
    guard means.allSatisfy({ $0.count == points.count }) else {
      analysis.note("no replication has a value at every point")
      return try analysis.checked()
    }
    let places = Frontier.unbeaten(means[0], means[1])
    for place in places {
      let point = experiment.points[points[place]]
      analysis.append(
        [.integer(point.index)] + point.levels.map(\.cell)
          + [.number(means[0][place]), .number(means[1][place])])
    }
    return try analysis.checked()
  }
}
