import Randomness
import Results
import Statistics

/// Variances of the mean of one quantity over the same number of runs, without a technique and with it.
struct VariancePair {
  let without, with: Double
}

/// The table of what techniques save, each row with a bootstrap interval of its factor.
struct VarianceTable {
  private static let confidence = 0.95
  private(set) var table = Table(columns: [
    .init("technique", .string, "What is done beside plain independent replications."),
    .init("setting", .string, "What is simulated."),
    .init("quantity", .string, "The measure whose mean, or difference of means, is estimated."),
    .init("replications", .integer, "Runs of each scenario that the mean is over."),
    .init("variance_without", .number, "Variance of the mean of so many independent runs."),
    .init("variance_with", .number, "Variance of the mean of as many runs with the technique."),
    .init(
      "factor", .number, "Their ratio: how many times fewer runs are needed; empty for no limit."),
    .init("ci_low", .number, "Lower limit of the 95 % bootstrap interval of the factor."),
    .init("ci_high", .number, "Upper limit of the 95 % bootstrap interval of the factor."),
  ])

  /// Adds a row, unless there is no variance to reduce.
  ///
  /// - Parameters:
  ///   - units: how many independent units the runs are, from which the bootstrap draws.
  ///   - variances: those of the units with these numbers.
  mutating func add(
    _ technique: String, _ setting: String, _ quantity: String, replications: Int, units: Int,
    _ variances: ([Int]) -> VariancePair?
  ) {
    guard let pair = variances(Array(0..<units)), pair.without > 0 else { return }
    let row = UInt64(table.rows.count)
    var stream = RandomStream(seed: 1, replication: row, name: "variance.bootstrap")
    let bootstrap = Bootstrap(confidence: Self.confidence) { stream.nextWord() }
    let interval = bootstrap.intervals(units: units, statistics: 1) { drawn in
      [variances(drawn).flatMap(Self.factor)]
    }[0]
    table.append(
      [technique, setting, quantity].map(Table.Cell.string) + [
        .integer(replications), .number(pair.without), .number(pair.with), .init(Self.factor(pair)),
        .init(interval?.low), .init(interval?.high),
      ])
  }

  private static func factor(_ pair: VariancePair) -> Double? {
    pair.with > 0 ? pair.without / pair.with : nil
  }
}

extension [Double] {
  /// The sample variance of those at some places; nil for fewer than two.
  func variance(at places: [Int]) -> Double? {
    var tally = Tally()
    for place in places { tally.record(self[place]) }
    return tally.variance
  }
}
