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

    @Test func theLastSettingCounts() throws {
      let one = try run("--set", "poster.max_age=1 min", "--set", "poster.max_age=30 s")
      #expect(try run("--set", "poster.max_age=30 s") == one)
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
          == "point,replication,time_s,base_fee_wei_per_gas,blob_base_fee_wei_per_gas")
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
        "warmup=1 min", "--set", "bridge.challenge_window=1 h")
      #expect(output.status == 0)
      #expect(output.out.contains("†"))
      #expect(output.out.contains("poster.max_bytes: 100000 to 760000 B"))
    }
  }
}
