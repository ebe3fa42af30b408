import Designs
import Randomness
import Reporting
import Results
import Specifications
import Statistics

extension Analysis {
  /// Whether a design is one whose rows are made for sensitivity indices.
  public static func isSensitivity(_ spec: ExperimentSpec) -> Bool {
    if case .sampled(let sampling) = spec.design { sampling.isStructured } else { false }
  }

  /// The indices of each factor and measure of a `morris` or `saltelli` design.
  ///
  /// A response is the mean of a point over its replications. The bootstrap is seeded by the
  /// experiment and starts anew with each measure, so which measures are asked for changes nothing.
  ///
  /// - Throws: `Unusable` if no measure has a value at every point.
  public static func sensitivity(
    _ runs: RecordedRuns, confidence: Double
  ) throws(RecordedExperiment.Unusable) -> Analysis {
    let spec = runs.experiment.spec
    let factors = spec.chosenFactors
    guard case .sampled(let sampling) = spec.design, sampling.isStructured, !factors.isEmpty else {
      throw RecordedRuns.unusable("design '\(spec.design.name)' has no sensitivity indices")
    }
    var analysis = start(columns(sampling, confidence, spec), runs)
    let rows = spec.sample ?? []
    for measure in runs.measures {
      let values = runs.responses(of: measure)
      let complete = values.complete(at: rows.indices)
      guard !complete.isEmpty else {
        analysis.note(
          reason(rows.indices.count { !values.hasValue(at: $0) }, rows.count), of: measure)
        continue
      }
      analysis.note(complete, of: runs, measure)
      let tallies = rows.indices.map { values.tally($0, complete) }
      let bootstrap = bootstrap(seed: spec.seed, confidence)
      let cells = indices(sampling, rows, tallies.map(\.mean), bootstrap)
      guard let cells else {
        analysis.note("does not vary, so that no factor explains anything", of: measure)
        continue
      }
      let end: [Table.Cell] = [
        .number(confidence), .integer(rows.count / (factors.count + sampling.extraRows)),
        .integer(complete.count), .init(noise(tallies)),
      ]
      for (factor, cells) in zip(factors, cells) {
        analysis.append(analysis.key(measure, factor) + cells + end)
      }
    }
    return try analysis.checked()
  }

  private static func reason(_ missing: Int, _ count: Int) -> String {
    switch missing {
    case 0: "left out, for no replication has a value at every point"
    case count: "left out, for there is no value at any point"
    default: "left out, for there is no value at \(missing) of \(count) points"
    }
  }

  private static func bootstrap(seed: UInt64, _ confidence: Double) -> Bootstrap {
    var stream = RandomStream(seed: seed, replication: 0, name: "analysis.bootstrap")
    return Bootstrap(confidence: confidence) { stream.nextWord() }
  }

  /// The cells of each factor; nil if the response is the same everywhere.
  private static func indices(
    _ sampling: Sampling, _ rows: [[Double]], _ responses: [Double], _ bootstrap: Bootstrap
  ) -> [[Table.Cell]]? {
    guard let first = responses.first, responses.contains(where: { $0 != first }) else {
      return nil
    }
    if case .morris = sampling {
      guard let effects = ElementaryEffects(rows: rows, responses: responses) else {
        preconditionFailure("rows that are no trajectories")
      }
      return effects.factors(bootstrap).map {
        cells($0.mean) + cells($0.absoluteMean) + cells($0.deviation)
      }
    }
    guard let indices = VarianceIndices(responses: responses, factors: rows[0].count) else {
      preconditionFailure("rows that are no blocks")
    }
    return indices.factors(bootstrap)?.map { cells($0.first) + cells($0.total) }
  }

  private static func cells(_ estimate: Estimate?) -> [Table.Cell] {
    [
      .init(estimate?.value), .init(estimate?.interval?.low), .init(estimate?.interval?.high),
    ]
  }

  /// The mean squared standard error of a response over the variance between responses.
  private static func noise(_ tallies: [Tally]) -> Double? {
    var (means, errors) = (Tally(), Tally())
    for tally in tallies {
      guard let variance = tally.variance else { return nil }
      means.record(tally.mean)
      errors.record(variance / Double(tally.count))
    }
    return means.variance.flatMap { $0 > 0 ? errors.mean / $0 : nil }
  }

  private static func columns(
    _ sampling: Sampling, _ confidence: Double, _ spec: ExperimentSpec
  ) -> [Table.Column] {
    let estimates: [(String, String)]
    var units = "Base points."
    if case .morris = sampling {
      units = "Trajectories."
      estimates = [
        ("mu", "Mean elementary effect, per range of the factor."),
        ("mu_star", "Mean size of the elementary effects, per range of the factor."),
        ("sigma", "Standard deviation of the elementary effects, per range of the factor."),
      ]
    } else {
      estimates = [
        ("s1", "Share of the variance that the factor explains alone."),
        ("st", "Share of the variance that the factor explains alone or with others."),
      ]
    }
    return measureKey(spec) + estimates.flatMap { estimate($0, $1, confidence: confidence) } + [
      .init("confidence", .number, "Confidence of the bootstrap intervals."),
      .init("n", .integer, units),
      .init("replications", .integer, "Replications of each point that a response is the mean of."),
      .init(
        "noise", .number,
        "Mean squared standard error of a response over the variance between responses."),
    ]
  }

  /// The columns of an estimate and its limits.
  private static func estimate(_ name: String, _ meaning: String, confidence: Double) -> [Table
    .Column]
  {
    let percent = (confidence * 100).shortest
    return [
      .init(name, .number, meaning),
      .init("\(name)_low", .number, "Lower limit of the \(percent) % interval of \(name)."),
      .init("\(name)_high", .number, "Upper limit of the \(percent) % interval of \(name)."),
    ]
  }
}

extension Sampling {
  /// How many more rows than factors belong to a trajectory or a base point.
  fileprivate var extraRows: Int { if case .morris = self { 1 } else { 2 } }
}
