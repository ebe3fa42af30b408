import Testing
import Worlds

/// Latencies over time are those of the measures, cut into cells.
@Suite struct LatencySeriesTests {
  private static func scenario() throws -> ValidScenario {
    var scenario = Scenario.baseCase
    scenario.warmUp = .zero
    scenario.horizon = .seconds(1800)
    return try scenario.validated()
  }

  @Test func oneCellHasTheMeanOfTheMeasure() throws {
    let scenario = try Self.scenario()
    let result = try scenario.run(seed: 1, replication: 0)
    let series = try scenario.latencySeries(seed: 1, replication: 0, cells: 1)
    for (stage, series) in zip(Stage.allCases, series) {
      let index = try #require(
        Measure.all.firstIndex { $0.stageName == "finality_\(stage.rawValue)_s_mean" })
      let mean = try #require(result.measures[index])
      #expect(series.means.count == 1)
      #expect(abs(series.means[0].seconds / mean - 1) < 1e-12, "\(stage)")
    }
  }

  @Test func cellsOfEqualLengthCoverTheHorizon() throws {
    let series = try Self.scenario().latencySeries(seed: 1, replication: 0, cells: 30)[0].means
    #expect(series.count == 30, "two transactions a second leave no minute empty")
    #expect(series.map(\.end.seconds) == (1...30).map { 60 * Double($0) })
  }

  @Test func replicationsAddUp() throws {
    let scenario = try Self.scenario()
    var sum = try scenario.latencySeries(seed: 1, replication: 0, cells: 1)[1]
    let one = sum.means[0].seconds
    sum.add(sum)
    #expect(sum.means[0].seconds == one)
    let other = try scenario.latencySeries(seed: 1, replication: 1, cells: 1)[1]
    sum.add(other)
    let bounds = [one, other.means[0].seconds].sorted()
    #expect(bounds[0] < sum.means[0].seconds && sum.means[0].seconds < bounds[1])
  }
}
