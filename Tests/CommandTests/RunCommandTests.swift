import Foundation
import Testing

extension CommandTests {
  @Suite struct RunCommandTests {
    private let place: Place

    init() throws { place = try Place() }

    private func run(_ options: String...) throws -> String {
      let output = try place.rollsim(["run", "tiny.yaml", "--replications", "2"] + options)
      #expect(output.status == 0)
      #expect(output.err == "")
      return output.out
    }

    @Test(arguments: ["table", "csv", "json"]) func twiceIsTheSame(format: String) throws {
      let first = try run("--format", format)
      #expect(!first.isEmpty)
      #expect(try run("--format", format) == first)
      #expect(try run("--format", format, "--jobs", "1", "--quiet") == first)
      #expect(try place.files().count == 2, "nothing is written")
    }

    @Test func theTableSaysWhatWasRun() throws {
      let lines = try run("--seed", "3").split(separator: "\n")
      #expect(
        lines[0]
          == "the base case: 2 tx/s (0.98 % of what blocks and data carry), measured from 1 min to "
          + "3 min; 2 replications, seed 3", "\(lines[0])")
    }

    @Test func theTableNamesTheTightestPart() throws {
      let lines = try run().split(separator: "\n")
      let found = lines.filter { $0.hasPrefix("bottleneck") }
      #expect(found.count == 1 && lines.last == found.first, "\(found)")
      #expect(
        found.first
          == "bottleneck, as load over what can be sustained: execution 0.977 %, data 0.917 %")
      #expect(try !run("--measure", "cost_*").contains("bottleneck"))
    }

    /// Allowed, and probably not meant: said before the run, which goes on.
    @Test func aCautionDoesNotStopARun() throws {
      let arguments = ["--set", "sequencer.block_gas=25 kgas"]
      let warning =
        "warning: --set sequencer.block_gas=25 kgas: sequencer.block_gas: about 70 % of transactions fit "
        + "into no block of 25000 gas or no batch, and are dropped\n"
      let run = try place.rollsim(["run", "tiny.yaml", "--replications", "2"] + arguments)
      #expect(run.status == 0 && run.err == warning, "\(run.err)")
      try place.write("heavy.yaml", "workload.arrivals.poisson.rate: 3000000 /s\n")
      let check = try place.rollsim("check", "heavy.yaml")
      #expect(check.status == 0 && check.out == "heavy.yaml: a valid scenario\n")
      #expect(
        check.err
          == "warning: heavy.yaml:1:33: workload.arrivals: a replication has about "
          + "76000000000 transactions and takes about 2 h\n", "\(check.err)")
    }

    @Test func csvHasARowForEachMeasure() throws {
      let lines = try run("--format", "csv", "--measure", "finality_soft_s_*").split(
        separator: "\n")
      #expect(lines.count == 6)
      #expect(lines[0] == "measure,unit,mean,ci_low,ci_high,confidence,n,sd,basis")
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("finality_soft_s_") })
    }

    @Test func jsonSaysTheSameAsCSV() throws {
      let text = try run("--format", "json", "--measure", "finality_soft_s_p50")
      let rows = try #require(
        JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
      let csv = try run("--format", "csv", "--measure", "finality_soft_s_p50").split(
        separator: "\n")
      let mean = csv[1].split(separator: ",")[2]
      #expect(rows.count == 1)
      #expect(text.contains("\"mean\": \(mean),"))
    }

    @Test func everyOptionHasAnEffect() throws {
      let plain = try run("--format", "csv")
      #expect(try run("--format", "csv", "--seed", "2") != plain)
      #expect(try run("--format", "csv", "--seed", "1") == plain)
      #expect(try run("--format", "csv", "--replications", "3") != plain)
      #expect(try run("--format", "csv", "--set", "poster.max_age=1 min") != plain)
      #expect(try run("--format", "csv", "--measure", "cost_*") != plain)
      #expect(try run() != plain)
    }

    /// The command line goes over the file, but says nothing twice.
    @Test func aSettingReplacesThatOfTheFile() throws {
      try place.write("other.yaml", Place.scenario + "poster.max_age: 30 s\n")
      let one = try run("--set", "poster.max_age=30 s")
      #expect(try place.rollsim("run", "other.yaml", "--replications", "2").out == one)
      #expect(
        try place.rollsim(
          "run", "other.yaml", "--replications", "2", "--set", "poster.max_age=1 min"
        ).out == run("--set", "poster.max_age=1 min"))
    }

    @Test func aDistributionCanBeSet() throws {
      let one = try run("--set", "workload.classes.swap.gas={lognormal: {mean: 2 Mgas, cv: 1}}")
      #expect(try run() != one)
    }

    @Test func feesGoToAFile() throws {
      let without = try run()
      #expect(try run("--fees", "out/fees.csv", "--fees-every", "30 s") == without)
      let file = try place.files(in: "out")["fees.csv"]
      let lines = String(decoding: try #require(file), as: UTF8.self).split(separator: "\n")
      #expect(
        lines.first
          == "point,replication,time_s,base_fee_wei_per_gas,blob_base_fee_wei_per_gas,operators_usd"
      )
      #expect(lines.dropFirst().first?.hasPrefix("0,0,0,") == true)
      let refused = try place.rollsim("run", "tiny.yaml", "--fees", "f.csv", "--fees-every", "3")
      #expect(refused.status == 2)
      #expect(refused.err.contains("--fees-every") && refused.err.contains("which has no unit"))
    }

    /// A rename would replace a device or a folder.
    @Test(arguments: [["--fees", "/dev/null"], ["--fees", "."], ["--fees", ""]])
    func feesGoToNothingElse(arguments: [String]) throws {
      let refused = try place.rollsim(["run", "tiny.yaml"] + arguments)
      #expect(refused.status == 2)
      #expect(refused.err.contains("--fees: expected the path of a file"))
      let alone = try place.rollsim("run", "tiny.yaml", "--fees-every", "1 s")
      #expect(alone.status == 2)
    }

    @Test func whatIsUnknownIsSaid() throws {
      let output = try place.rollsim(
        "run", "arbitrum-nitro", "--replications", "2", "--set", "horizon=3 min", "--set",
        "warmup=1 min", "--set", "bridge.challenge_blocks=300")
      #expect(output.status == 0)
      #expect(output.out.contains("†"))
      #expect(output.out.contains("proposer.gas: 100000 to 500000 gas"))
    }
  }
}
