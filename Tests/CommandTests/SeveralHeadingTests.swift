import Foundation
import Testing

extension CommandTests {
  /// What is printed about the rollups of a scenario.
  @Suite struct SeveralHeadingTests {
    private let place: Place

    init() throws { place = try .ofSeveral() }

    private func heading(_ scenario: String) throws -> [String] {
      try place.write("s.yaml", scenario)
      let text = try place.succeed(
        "run", "s.yaml", "--replications", "2", "--measure", "throughput_offered_tx_per_s")
      return text.split(separator: "\n", omittingEmptySubsequences: false).prefix(6).map(
        String.init)
    }

    @Test func aRunNamesEachRollup() throws {
      let preset = Place.severalScenario
        .replacing("alpha: {", with: "alpha: {system: optimism-bedrock, ")
      #expect(
        try heading(preset) == [
          "2 rollups on ethereum-dencun, measured from 1 min to 3 min; 2 replications, seed 1", "",
          "rollup  system              load  of capacity  host        prover",
          "zed     the base case     1 tx/s       0.49 %  settlement  sharp",
          "alpha   optimism-bedrock  2 tx/s       0.98 %  settlement", "",
        ])
    }

    /// Its data has room in the blocks of its host, so a share of the settlement chain would say nothing.
    @Test func aGuestNamesItsHost() throws {
      let lines = try heading(
        """
        warmup: 1 min
        horizon: 3 min
        rollups:
          base: {bridge.challenge_window: 10 min}
          game: {host: base, host_finality: settled, workload.arrivals.poisson.rate: 0.5 /s, bridge.challenge_window: 10 min,
            poster: {carrier: calldata, calldata_bytes: 20 kB, max_bytes: 20 kB}}
        """)
      #expect(lines[2] == "rollup  system             load  of capacity  host")
      #expect(lines[3].hasSuffix("settlement"))
      #expect(lines[4] == "game    the base case  0.5 tx/s               base, once settled")
    }

    /// Where its data goes to the settlement chain there is a share: 0.5 of the 205 tx/s that its own blocks carry.
    @Test func aGuestNamesWhereItsDataIs() throws {
      let lines = try heading(
        """
        warmup: 1 min
        horizon: 3 min
        rollups:
          base: {bridge.challenge_window: 10 min}
          game: {host: base, host_finality: settled, workload.arrivals.poisson.rate: 0.5 /s, bridge.challenge_window: 10 min,
            data.mode: settlement, proposer.covers: settled}
        """)
      #expect(
        lines[4]
          == "game    the base case  0.5 tx/s       0.24 %  base, once settled, data on settlement")
    }

    /// Also where that has a name.
    @Test func oneRollupHasALine() throws {
      let own = "workload.arrivals.poisson.rate: 2 /s, bridge.challenge_window: 10 min"
      let line =
        "the base case: 2 tx/s (0.98 % of what blocks and data carry), measured from 1 min to 3 min; "
        + "2 replications, seed 1"
      #expect(try heading("{warmup: 1 min, horizon: 3 min, \(own)}").first == line)
      #expect(
        try heading("{warmup: 1 min, horizon: 3 min, rollups: {a: {\(own)}}}").prefix(2)
          == [line, ""])
    }

    @Test func systemsTakesAScenario() throws {
      let lines = try place.succeed("systems", "two.yaml").split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[0] == "rollup  system           load  of capacity  host        prover")
      #expect(lines[1].hasPrefix("zed     the base case  1 tx/s"))
      #expect(lines[3].isEmpty && lines[4].hasPrefix("parameter "))
      let csv = try place.succeed("systems", "two.yaml", "--format", "csv").split(separator: "\n")
      #expect(csv[0] == "parameter,value,flag,date,source,note")
      #expect(csv.contains("services.sharp.provers,8,chosen,,,"))
      #expect(csv.contains("rollups.alpha.workload.arrivals.poisson.rate,2 /s,chosen,,,"))
      #expect(csv.contains { $0.hasPrefix("rollups.zed.prover.service,sharp,chosen,") })
      // Its service has the provers.
      #expect(!csv.contains { $0.hasPrefix("rollups.zed.prover.provers,") })
      #expect(try place.succeed("systems", "tiny.yaml").hasPrefix("parameter "))
    }

    @Test func aWarmUpThatIsToBeFoundHasNoValue() throws {
      try place.write("auto.yaml", "warmup: auto\n")
      let csv = try place.succeed("systems", "auto.yaml", "--format", "csv")
      #expect(csv.contains("\nwarmup,auto,"))
    }

    @Test func systemsTakesNoExperiment() throws {
      let output = try place.rollsim("systems", "several.yaml")
      #expect(output.status == 2 && output.out == "")
      #expect(output.err.contains("this is an experiment, which 'rollsim sweep several.yaml' runs"))
    }
  }
}
