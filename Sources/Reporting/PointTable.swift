import Catalogue
import Designs
import Results
import Specifications
import Statistics
import Threads

/// The table with one row per design point and measure.
package enum PointTable {
  static func columns(_ spec: ExperimentSpec) -> [Table.Column] {
    let interval = interval(of: "mean", spec)
    return key(spec) + spec.measureColumns(unitOf: "mean, limits and standard deviation") + [
      .init("mean", .number, "Mean over \(spec.coupling.unitsOfIntervals)."),
      .init("ci_low", .number, "Lower limit of \(interval)."),
      .init("ci_high", .number, "Upper limit of \(interval)."),
      .init("confidence", .number, "Confidence of the interval."),
      .init("n", .integer, "\(spec.coupling.groups) in which the measure has a value."),
      .init("sd", .number, "Standard deviation between \(spec.coupling.unitsOfIntervals)."),
      .init(
        "basis", .string,
        "The worst of what the measure rests on: documented, estimated, or unknown figures, which "
          + "each replication draws from their range."),
    ] + ratioColumns(spec)
  }

  /// The other estimate of a ratio; nothing where no ratio is reported.
  private static func ratioColumns(_ spec: ExperimentSpec) -> [Table.Column] {
    guard !spec.ratios.isEmpty else { return [] }
    let interval = interval(of: "ratio of means", named: "Fieller's", spec)
    return [
      .init(
        "ratio_of_means", .number,
        "Of a ratio, the mean of what is divided over the mean of what it is divided by."),
      .init("ratio_ci_low", .number, "Lower limit of \(interval)."),
      .init("ratio_ci_high", .number, "Upper limit of \(interval)."),
    ]
  }

  private static func ratioCells(
    _ tally: RatioTally?, _ spec: ExperimentSpec
  ) -> [Table.Cell] {
    let confidence = spec.confidencePerLook(spec.confidence)
    let interval = tally?.interval(confidence: confidence)
    return [.init(tally?.ratio), .init(interval?.low), .init(interval?.high)]
  }

  /// What an interval of a mean is, in words.
  static func interval(
    of mean: String, named method: String = "Student's", _ spec: ExperimentSpec
  ) -> String {
    let name = "\(method) \((spec.confidence * 100).shortest) % interval of the \(mean)"
    return spec.stopping.map { "\(name), all \($0.looks.count) looks together" } ?? name
  }

  /// What tells the points of a design from each other: their factors, and where those can be alike
  /// their number too.
  package static func key(_ spec: ExperimentSpec) -> [Table.Column] {
    (spec.design.mayRepeatPoints ? [Report.runKey[0]] : []) + spec.factors.map(\.column)
  }

  /// The cells of that key.
  package static func key(_ point: Experiment.Point, _ spec: ExperimentSpec) -> [Table.Cell] {
    (spec.design.mayRepeatPoints ? [.integer(point.index)] : []) + point.levels.map(\.cell)
  }

  /// What is made of each row of some points, each with the place of its measure in the table of measures, in their
  /// order; on several threads.
  static func rows<Made: Sendable>(
    _ finished: [(point: Experiment.Point, tallies: PointTallies)], _ spec: ExperimentSpec,
    jobs: Int, _ make: @Sendable (Int, [Table.Cell]) -> Made
  ) -> [Made] {
    inParallel(finished.count, by: 16, jobs: jobs) { points in
      // What a point rests on is mostly what the one before it does.
      var bases = PointBases(spec)
      return finished[points].flatMap { point, tallies in
        rows(point, tallies, spec, bases.of(point)).map(make)
      }
    }
  }

  /// The rows of a point, each with the place of its measure in the table of measures; none for a
  /// measure that no replication has a value of.
  ///
  /// - Parameter bases: what each of the measures that are reported rests on.
  private static func rows(
    _ point: Experiment.Point, _ tallies: PointTallies, _ spec: ExperimentSpec, _ bases: [Basis]
  ) -> [(measure: Int, row: [Table.Cell])] {
    let means = tallies.values.map(\.means)
    return means.indices.filter { means[$0].count > 0 }.map { index in
      let (measure, tally) = (spec.measures[index], means[index])
      var row =
        key(point, spec) + spec.measureCells(measure)
        + .estimate(tally, confidence: spec.confidence, spec) + [
          .integer(tally.count), .init(tally.standardDeviation), .string(bases[index].rawValue),
        ]
      if tallies.hasRatios { row += ratioCells(tallies.pairs(of: measure), spec) }
      return (measure, row)
    }
  }
}
