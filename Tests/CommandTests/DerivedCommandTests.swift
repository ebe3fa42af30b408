import Foundation
import Testing

extension CommandTests {
  /// Derived measures from the specification to the analysis.
  @Suite struct DerivedCommandTests {
    private let place: Place
    private static let experiment =
      Place.experiment.replacing("measures: [", with: "measures: [per_byte, ")
        + """
        derived:
          per_byte: {value: cost_data_wei_per_tx / bytes_posted_per_tx, unit: wei/B}

        """

    init() throws {
      place = try Place()
      try place.write("my.yaml", Self.experiment)
    }

    private func succeed(_ arguments: String...) throws -> String {
      let output = try place.rollsim(arguments)
      #expect(output.status == 0, "\(output.err)")
      return output.out
    }

    private func read(_ name: String) throws -> String {
      try String(contentsOf: place.url.appendingPathComponent(name), encoding: .utf8)
    }

    @Test func fromASweepToItsAnalysis() throws {
      #expect(try succeed("check", "my.yaml").contains("a valid experiment"))
      _ = try succeed("sweep", "my.yaml", "--results", "r", "--quiet")
      let points = try read("r/points.csv").split(separator: "\n")
      #expect(points[0].hasSuffix(",basis,ratio_of_means,ratio_ci_low,ratio_ci_high"))
      #expect(points.contains { $0.contains(",per_byte,wei/B,") && !$0.hasSuffix(",,,") })
      #expect(points.contains { $0.contains(",cost_data_wei_per_tx_mean,") && $0.hasSuffix(",,,") })
      #expect(try read("r/runs.csv").split(separator: "\n")[0].contains(",per_byte,"))
      #expect(try read("r/datapackage.json").contains("wei/B"))
      #expect(try read("r/manifest.json").contains("\"derived\""))
      #expect(try succeed("verify", "r").contains("verifies"))
      #expect(try succeed("verify", "r", "--sample", "2").contains("verifies"))
      #expect(try succeed("analyse", "r", "--measure", "per_byte").contains("per_byte"))
    }

    @Test func shardsGiveTheSameBytes() throws {
      for share in ["0/2", "1/2"] {
        _ = try succeed(
          "sweep", "my.yaml", "--results", "s\(share.prefix(1))", "--shard", share, "--quiet")
      }
      _ = try succeed("merge", "s0", "s1", "--results", "merged", "--quiet")
      _ = try succeed("sweep", "my.yaml", "--results", "whole", "--quiet")
      for file in ["points.csv", "runs.csv", "datapackage.json"] {
        #expect(try read("merged/\(file)") == read("whole/\(file)"))
      }
    }

    @Test func anotherFormulaRunsNothingAgain() throws {
      _ = try succeed("sweep", "my.yaml", "--results", "r", "--quiet")
      try place.write("my.yaml", Self.experiment.replacing("value: cost", with: "value: 2 * cost"))
      let preview = try succeed("sweep", "my.yaml", "--results", "r", "--dry-run")
      #expect(preview.contains("4 are finished in r, 0 are left"))
    }

    @Test func aRunDerivesToo() throws {
      try place.write("s.yaml", Place.scenario)
      let text = try succeed(
        "run", "s.yaml", "--replications", "2", "--measure", "half", "--derive",
        "half: {value: throughput_offered_tx_per_s / throughput_accepted_tx_per_s, unit: 1}")
      #expect(text.contains("half") && text.contains("  ratio of means"))
      let wrong = try place.rollsim([
        "run", "s.yaml", "--derive", "half: {value: nothing, unit: 1}",
      ])
      #expect(wrong.status == 2)
      #expect(wrong.err.contains("at character 1: no measure is called 'nothing'"))
    }

    @Test func anUnknownNameHasItsPlace() throws {
      try place.write(
        "my.yaml", Self.experiment.replacing("value: cost_data", with: "value: cost_dta"))
      let output = try place.rollsim(["check", "my.yaml"])
      #expect(output.status == 2)
      #expect(output.err.contains("derived.per_byte.value: at character 1: no measure is called"))
      #expect(output.err.contains("did you mean 'cost_data_wei_per_tx_mean'?"))
    }
  }
}
