import Results
import Statistics
import Testing
import Worlds

@testable import Analysing
@testable import Specifications

/// How runs of a point spread; the runs are made up.
@Suite struct SpreadTests {
  private static let measures = ["finality_soft_s_mean", "cost_data_wei_per_tx_mean"]

  /// Forty runs of one point: 1 to 40, the other way round, and ten times as much in the second
  /// measure.
  private static func runs() throws -> RecordedRuns {
    let experiment = try Tiny.experiment(
      "replications: 40\nmeasures: [\(measures.joined(separator: ", "))]\n")
    let header = "point,replication,\(measures.joined(separator: ",")),events,fingerprint"
    let rows = (0..<40).map { "0,\($0),\(40 - $0),\(10 * (40 - $0)),1,f" }
    return try RecordedRuns(
      experiment, runs: ([header] + rows).joined(separator: "\n") + "\n", "runs.csv", measures: [])
  }

  /// The median of 40: observations 14 and 27 (binomial law of 40 and a half, 95 %).
  @Test func quantilesHaveTheLimitsOfTheirRanks() throws {
    let table = try Analysis.quantiles(Self.runs(), [0.5, 0.99], confidence: 0.95).table
    #expect(table.numbers("quantile") == [20.5, 39.61, 205, 396.1])
    #expect(table.numbers("quantile_low") == [14, nil, 140, nil])
    #expect(table.numbers("quantile_high") == [27, nil, 270, nil])
    #expect(table.numbers("n") == [40, 40, 40, 40])
  }

  @Test(arguments: [("<= 10 s", 10), ("<= 10500 ms", 10), (">= 10 s", 31), ("<= 1 ms", 0)])
  func aShareHasExactLimits(_ bound: String, _ kept: Int) throws {
    let runs = try Self.runs()
    let bound = try BoundText("finality_soft_s_mean \(bound)", option: "--share")
      .bound(on: runs)
    let table = try Analysis.share(runs, of: bound, confidence: 0.9).table
    let limits = try #require(ConfidenceInterval(successes: kept, of: 40, confidence: 0.9))
    #expect(table.numbers("share") == [Double(kept) / 40])
    #expect(table.numbers("share_low") == [limits.low])
    #expect(table.numbers("share_high") == [limits.high])
  }

  /// Of measures that are proportional, the ratio is certain, up to the root of a rounded zero.
  @Test func aRatioIsThatOfTheMeans() throws {
    let table = try Analysis.ratio(Self.runs(), Self.measures.reversed(), confidence: 0.95).table
    for name in ["ratio", "ratio_low", "ratio_high"] {
      let value = try #require(table.numbers(name)[0])
      #expect(abs(value - 10) < 1e-6)
    }
  }
}
