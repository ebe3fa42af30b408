import Designs
import Reporting
import Results
import Specifications
import Statistics

extension Analysis {
  /// The main effects: what each level of a factor changes from its first one, on average over the
  /// settings of the other factors at which the design has both.
  ///
  /// The difference of a replication is its mean over those settings; Student's interval is over the
  /// replications.
  ///
  /// - Throws: `Unusable` if no two points differ in one factor alone, or no measure has values there.
  public static func mainEffects(
    _ runs: RecordedRuns, confidence: Double
  ) throws(RecordedExperiment.Unusable) -> Analysis {
    let spec = runs.experiment.spec
    let settings = runs.experiment.points.map { spec.chosenCells(of: $0.levels) }
    let factors = spec.chosenFactors.enumerated().map { ($1, LevelPairs($0, settings)) }
    var analysis = start(effectColumns(confidence, spec), runs)
    if factors.isEmpty { analysis.note("the experiment has no factors") }
    for (factor, pairs) in factors where pairs.others.isEmpty {
      analysis.note("no two points differ in \(factor.path) alone")
    }
    for measure in runs.measures {
      let values = runs.responses(of: measure)
      for (factor, pairs) in factors {
        for other in pairs.others {
          let cells = analysis.difference(runs, measure, values, factor, other, confidence)
          guard let cells else { continue }
          analysis.append(analysis.key(measure, factor) + [other.level, pairs.reference] + cells)
        }
      }
    }
    return try analysis.checked()
  }

  /// The cells of one difference; nil, and a note, if no replication has all values.
  private mutating func difference(
    _ runs: RecordedRuns, _ measure: Int, _ values: Responses, _ factor: Factor,
    _ other: LevelPairs.Other, _ confidence: Double
  ) -> [Table.Cell]? {
    let pairs = other.pairs.filter {
      values.hasValue(at: $0.point) && values.hasValue(at: $0.reference)
    }
    let complete = values.complete(at: pairs.flatMap { [$0.point, $0.reference] })
    let name = "\(factor.path) = \(other.level.text)"
    guard !pairs.isEmpty, !complete.isEmpty else {
      note("\(name) left out, for no replication has a value at both levels", of: measure)
      return nil
    }
    if pairs.count < other.pairs.count {
      note("\(name) only where both levels have a value", of: measure)
    }
    note(complete, of: runs, measure)
    let tally = values.tally(over: complete) { replication in
      var difference = Tally()
      for pair in pairs {
        guard let value = values.value(pair.point, replication),
          let reference = values.value(pair.reference, replication)
        else { preconditionFailure("a replication that is not complete") }
        difference.record(value - reference)
      }
      return difference.mean
    }
    return .estimate(tally, confidence: confidence, runs.experiment.spec)
      + [.integer(pairs.count), .integer(tally.count)]
  }

  private static func effectColumns(
    _ confidence: Double, _ spec: ExperimentSpec
  ) -> [Table.Column] {
    let percent = (confidence * 100).shortest
    return measureKey(spec) + [
      .init("level", .string, "Level of the factor."),
      .init("reference", .string, "Level that it is compared with, the factor's first one."),
      .init("difference", .number, "Mean over replications of what the level changes."),
      .init("ci_low", .number, "Lower limit of Student's \(percent) % interval of the difference."),
      .init(
        "ci_high", .number, "Upper limit of Student's \(percent) % interval of the difference."),
      .init("confidence", .number, "Confidence of the interval."),
      .init("n", .integer, "Settings of the other factors at which both levels are compared."),
      .init("replications", .integer, "\(spec.coupling.groups) that the interval is over."),
    ]
  }
}
