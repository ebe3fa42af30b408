import Foundation
import Results
import Testing
import Worlds

/// What must hold in any result, whatever the model, holds in those that are kept: the order of stages and
/// quantiles, sums of parts, shares, and rates below capacities.
@Suite struct ReferenceResultTests {
  private typealias Row = [String: String]

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("results")

  private static func runs(of experiment: String) throws -> [Row] {
    let file = folder.appendingPathComponent("\(experiment)/runs.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let header = CSVDifference.cells(String(lines[0]))
    return lines.dropFirst().map { line in
      Dictionary(uniqueKeysWithValues: zip(header, CSVDifference.cells(String(line))))
    }
  }

  private static func number(_ row: Row, _ name: String) -> Double? {
    row[name].flatMap { $0.isEmpty ? nil : Double($0) }
  }

  @Test func quantilesAndStagesAreInOrder() throws {
    let rows = try Self.runs(of: "finality")
    #expect(rows.count == 96)
    for row in rows {
      func latency(_ stage: Stage, _ statistic: String) throws -> Double {
        let value = Self.number(row, "finality_\(stage.rawValue)_s_\(statistic)")
        guard stage == .proven else { return try #require(value) }
        // What is asserted is not proven, and has a name of its own.
        let asserted = Self.number(row, "finality_asserted_s_\(statistic)")
        #expect((value == nil) != (asserted == nil))
        return try #require(value ?? asserted)
      }
      for stage in Stage.allCases {
        let quantiles = try ["p50", "p95", "p99", "max"].map { try latency(stage, $0) }
        #expect(quantiles == quantiles.sorted(), "\(row)")
        #expect(try (0...quantiles[3]).contains(latency(stage, "mean")), "\(row)")
      }
      let pairs: [(Stage, Stage)] = [
        (.soft, .posted), (.posted, .included), (.included, .settled), (.included, .proven),
        (.proven, .withdrawable), (.proven, .final), (.settled, .final),
      ]
      for (earlier, later) in pairs {
        for statistic in ["mean", "p50", "p95", "p99", "max"] {
          #expect(try latency(earlier, statistic) <= latency(later, statistic), "\(row)")
        }
      }
    }
  }

  @Test func partsOfCostsAddUp() throws {
    let rows = try Self.runs(of: "cost")
    #expect(rows.count == 768)
    for row in rows {
      for unit in ["wei", "usd"] {
        let parts = ["data", "state", "proof", "prover"].compactMap {
          Self.number(row, "cost_\($0)_\(unit)_per_tx_mean")
        }
        let total = try #require(Self.number(row, "cost_total_\(unit)_per_tx_mean"))
        #expect(abs(parts.reduce(0, +) / total - 1) < 1e-12, "\(row)")
      }
    }
  }

  /// What passes a stage is no more than what a capacity lets through: 2 % are room for the ends of
  /// windows, where one rate counted 60 % too much.
  @Test func ratesStayBelowCapacities() throws {
    let rows = try Self.runs(of: "throughput")
    #expect(rows.count == 60)
    for row in rows {
      func rate(_ name: String) -> Double? { Self.number(row, "throughput_\(name)_tx_per_s") }
      let offered = try #require(rate("offered"))
      let accepted = try #require(rate("accepted"))
      let dropped = try #require(Self.number(row, "throughput_dropped_share"))
      #expect(abs(offered * (1 - dropped) - accepted) < 1e-9 * offered, "\(row)")
      let execution = try #require(rate("capacity_execution"))
      let executed = try #require(rate("executed"))
      #expect(executed <= 1.02 * execution && executed <= 1.02 * offered, "\(row)")
      if let posted = rate("posted") { #expect(posted <= 1.02 * execution, "\(row)") }
      if let final = rate("final"), let bottleneck = rate("bottleneck") {
        #expect(final <= 1.02 * bottleneck, "\(row)")
      }
    }
  }

  @Test func sharesOfTheMarketAreShares() throws {
    for row in try Self.runs(of: "fee-markets") {
      let own = try #require(Self.number(row, "market_blob_own_share"))
      let neighbours = Self.number(row, "market_blob_neighbour_share") ?? 0
      #expect(own >= 0 && neighbours >= 0 && own + neighbours <= 1 + 1e-12, "\(row)")
      let mean = try #require(Self.number(row, "fee_blob_wei_per_gas_mean"))
      #expect(try mean <= #require(Self.number(row, "market_blob_wei_per_gas_max")), "\(row)")
    }
  }
}
