import Declarations
import Rollup
import Statistics
import Testing

@testable import Worlds

/// Expectations that measures declare are those of their runs.
@Suite struct KnownMeanTests {
  /// Ten minutes of slots of 12 s, with few transactions.
  private static let scenario: Scenario = {
    var scenario = Scenario.baseCase
    scenario.warmUp = .seconds(300)
    scenario.horizon = .seconds(900)
    scenario.rollup.workload.arrivals = .poisson(rate: 0.5)
    scenario.settlement.missedSlots = 0.1
    scenario.rollup.bridge.challengeWindow = .zero
    scenario.rollup.proposer.interval = .seconds(300)
    return scenario
  }()

  /// Means over 400 replications of every measure that says that it is known.
  ///
  /// Seed 29. H0: the expectation named, with the standard error of the sample. False alarm 6e-7 each
  /// (|z| < 5 of about normal means). Detects an arrival rate off by 1.5 %, a share of missed slots
  /// off by 0.01, and a deviation of demand off by a quarter of its standard deviation.
  @Test func runsVaryAboutTheKnownMean() throws {
    let scenario = Self.scenario
    let known = Measure.all.indices.filter {
      Measure.all[$0].knownMean(in: scenario) != nil
    }
    #expect(
      known.map { Measure.all[$0].name } == [
        "throughput_offered_tx_per_s", "fee_missed_slots_share", "demand_gas_log_mean",
        "demand_blob_log_mean",
      ])
    let valid = try scenario.validated()
    var tallies = [Tally](repeating: Tally(), count: known.count)
    for replication in 0..<400 as Range<UInt64> {
      let values = try valid.run(seed: 29, replication: replication).measures
      for (index, measure) in known.enumerated() {
        tallies[index].record(try #require(values[measure]))
      }
    }
    for (measure, tally) in zip(known, tallies) {
      let mean = try #require(Measure.all[measure].knownMean(in: scenario))
      let error = try #require(tally.standardDeviation) / 20
      #expect(error > 0 && abs(tally.mean - mean) < 5 * error, "\(Measure.all[measure].name)")
    }
  }

  /// What is the same in all runs, or is not known, is no control.
  @Test func whatDoesNotVaryHasNoKnownMean() throws {
    func known(_ change: (inout Scenario) -> Void) -> [String] {
      var scenario = Self.scenario
      change(&scenario)
      return Measure.all.filter { $0.knownMean(in: scenario) != nil }.map(\.name)
    }
    #expect(
      known {
        $0.rollup.workload.arrivals = .deterministic(rate: 1)
        $0.settlement.missedSlots = 0
        $0.settlement.demand.volatility = 0
        $0.settlement.blobDemand.volatility = 0
      }.isEmpty)
    #expect(
      !known { $0.settlement.outages = .init(interval: .hours(1), duration: .seconds(60)) }
        .contains("fee_missed_slots_share"))
  }
}
