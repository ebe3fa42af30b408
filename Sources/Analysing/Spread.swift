import Catalogue
import Designs
import Reporting
import Results
import Specifications
import Statistics

// How runs of a point spread, and how well that is known.

extension Analysis {
  /// Quantiles of each measure over the replications of each point, with limits from order statistics.
  ///
  /// - Parameter probabilities: each above 0 and below 1.
  /// - Throws: `Unusable` if no measure has a value.
  public static func quantiles(
    _ runs: RecordedRuns, _ probabilities: [Double], confidence: Double
  ) throws(RecordedExperiment.Unusable) -> Analysis {
    try runs.checkIndependence()
    let columns =
      runs.experiment.spec.measureColumns(unitOf: "the measure") + [
        .init("probability", .number, "The share of replications below the quantile.")
      ]
    var analysis = start(
      pointColumns(runs) + columns + estimate("quantile", "Quantile over replications"), runs)
    for point in runs.experiment.points {
      for measure in runs.measures {
        let values = runs.responses(of: measure).values(at: point.index)
        guard !values.isEmpty else { continue }
        for probability in probabilities {
          let found = QuantileEstimate(
            probability, of: values, confidence: runs.single(confidence))
          if found.interval == nil {
            analysis.note("too few replications for limits of a quantile", of: measure)
          }
          analysis.append(
            PointTable.key(point, runs.experiment.spec) + analysis.spec.measureCells(measure)
              + [.number(probability)]
              + cells(found.value, found.interval, confidence, n: values.count))
        }
      }
    }
    return try analysis.checked()
  }

  /// The share of the replications of each point in which a measure keeps a bound, with exact limits of
  /// the probability.
  ///
  /// - Throws: `Unusable` if the measure has no value.
  public static func share(
    _ runs: RecordedRuns, of bound: OptimisationSpec.Bound, confidence: Double
  ) throws(RecordedExperiment.Unusable) -> Analysis {
    try runs.checkIndependence()
    let (name, sign) = (
      runs.experiment.spec.measureTable[bound.measure].qualifiedName, bound.isUpper ? "<=" : ">="
    )
    var analysis = start(
      pointColumns(runs)
        + estimate("share", "Share of replications with \(name) \(sign) \(bound.value.shortest)"),
      runs)
    for point in runs.experiment.points {
      let values = runs.responses(of: bound.measure).values(at: point.index)
      let kept = values.count { bound.isUpper ? $0 <= bound.value : $0 >= bound.value }
      guard
        let interval = ConfidenceInterval(
          successes: kept, of: values.count, confidence: runs.single(confidence))
      else { continue }
      let share = Double(kept) / Double(values.count)
      analysis.append(
        PointTable.key(point, runs.experiment.spec)
          + cells(share, interval, confidence, n: values.count))
    }
    return try analysis.checked()
  }

  /// The mean of one measure over that of another at each point, with Fieller's limits.
  ///
  /// - Parameter measures: the names of the two.
  /// - Throws: `Unusable` if no point has both, `InvalidInput` if a name is that of no one measure.
  public static func ratio(
    _ runs: RecordedRuns, _ measures: [String], confidence: Double
  ) throws -> Analysis {
    let pair = try measures.map { try runs.measure($0, option: "--ratio") }
    let names = pair.map { runs.experiment.spec.measureTable[$0].qualifiedName }
    let (above, below) = (runs.responses(of: pair[0]), runs.responses(of: pair[1]))
    var analysis = start(
      pointColumns(runs) + estimate("ratio", "Mean of \(names[0]) over mean of \(names[1])"), runs)
    let groupSize = runs.experiment.spec.coupling.groupSize
    for point in runs.experiment.points {
      var pairs = GroupedRatioTally(ofGroupsOf: groupSize)
      for replication in 0..<runs.experiment.spec.replications {
        guard let value = above.value(point.index, replication),
          let divisor = below.value(point.index, replication)
        else { continue }
        pairs.record(value, over: divisor, at: replication)
      }
      let tally = pairs.means
      guard let ratio = tally.ratio else { continue }
      let interval = tally.interval(confidence: runs.single(confidence))
      if interval == nil { analysis.note("the divisor may be 0, so that no limits are right") }
      analysis.append(
        PointTable.key(point, runs.experiment.spec)
          + cells(ratio, interval, confidence, n: tally.count))
    }
    return try analysis.checked()
  }

  private static func pointColumns(_ runs: RecordedRuns) -> [Table.Column] {
    PointTable.key(runs.experiment.spec)
  }

  private static func estimate(_ name: String, _ meaning: String) -> [Table.Column] {
    [
      .init(name, .number, "\(meaning)."),
      .init("\(name)_low", .number, "Lower limit of its interval."),
      .init("\(name)_high", .number, "Upper limit of its interval."),
      .init("confidence", .number, "Confidence of the interval."),
      .init("n", .integer, "Replications with a value, or groups of them."),
    ]
  }

  private static func cells(
    _ value: Double, _ interval: ConfidenceInterval?, _ confidence: Double, n: Int
  ) -> [Table.Cell] {
    [
      .number(value), .init(interval?.low), .init(interval?.high), .number(confidence), .integer(n),
    ]
  }
}

extension RecordedRuns {
  /// Refuses replications of which limits that suppose independent ones would be wrong.
  fileprivate func checkIndependence() throws(RecordedExperiment.Unusable) {
    guard experiment.spec.coupling != .independent else { return }
    throw Self.unusable(
      "the replications depend on each other in \(experiment.spec.coupling.groups.lowercased()); "
        + "quantiles and shares are of independent ones")
  }

  /// The confidence of one interval: less may go wrong with it where a rule looked several times.
  fileprivate func single(_ confidence: Double) -> Double {
    experiment.spec.confidencePerLook(confidence)
  }
}
