import Foundation
import Testing

extension CommandTests {
  /// Names that a scenario does not have: exit code 2, a message for each, nothing printed or written.
  @Suite struct SeveralBadInputTests {
    private let place: Place

    init() throws { place = try .ofSeveral() }

    private func expectRefusal(_ arguments: [String], _ messages: [String]) throws {
      let before = try place.files()
      let output = try place.rollsim(arguments)
      #expect(output.status == 2 && output.out == "")
      let lines = output.err.split(separator: "\n").map(String.init)
      #expect(lines.count == messages.count, "\(lines)")
      for (line, message) in zip(lines, messages) {
        #expect(line.hasPrefix("error: ") && line.hasSuffix(message), "\(line)")
      }
      #expect(try place.files() == before)
    }

    @Test(arguments: [
      (
        "rollups.alhpa.poster.max_age=1 s",
        "no rollup is called 'alhpa'; did you mean 'alpha'?; expected one of: zed, alpha"
      ),
      ("rollups.optimism={}", "no rollup is called 'optimism'; expected one of: zed, alpha"),
      (
        "services.shrp.provers=1",
        "no service is called 'shrp'; did you mean 'sharp'?; expected one of: sharp"
      ),
      (
        "neighbours.huge.count=1",
        "no group of light rollups is called 'huge'; expected one of: large, medium, small"
      ),
      (
        "poster.max_age=1 s", "this scenario names its rollups; expected a path below rollups.zed"
      ),
      (
        "rollups.zed.prover=shrp",
        "expected one of: own, sharp; found 'shrp'; did you mean 'sharp'?"
      ),
      (
        "rollups.zed.host=alfa",
        "expected one of: settlement, alpha; found 'alfa'; did you mean 'alpha'?"
      ),
      (
        "rollups.zed.poster.max_agee=1 s", "unknown key; did you mean 'rollups.zed.poster.max_age'?"
      ),
      ("services.sharp=3", "expected a mapping of parameters; found '3'"),
    ])
    func settings(_ setting: String, _ message: String) throws {
      try expectRefusal(["run", "two.yaml", "--set", setting], [message])
    }

    @Test func namesWhereNoneAre() throws {
      try expectRefusal(
        ["run", "tiny.yaml", "--set", "rollups.a.poster.max_age=1 s"],
        ["this scenario names no rollups"])
      try expectRefusal(
        ["run", "tiny.yaml", "--set", "services.sharp.provers=1"],
        ["this scenario names no services"])
      try expectRefusal(
        ["run", "tiny.yaml", "--measure", "rollups.a.cost_*"],
        ["no measure matches; expected a name without a rollup before it"])
      try expectRefusal(
        ["measures", "rollups.a.cost_*"],
        ["no measure matches; expected a name without what it is of, such as 'cost_*'"])
    }

    private static let patterns: [(pattern: String, advice: String)] = [
      ("rollups.alhpa.cost_data_*", "; did you mean 'rollups.alpha.cost_data_*'?"),
      ("alpha.per_byte", "; did you mean 'rollups.alpha.per_byte'?"),
      ("services.alpha.per_byte", "; did you mean 'rollups.alpha.per_byte'?"),
      ("sharp.prover_utilisation", "; did you mean 'services.sharp.prover_utilisation'?"),
      ("rollups.alpha", "; expected measures below it, such as 'rollups.alpha.*'"),
      (
        "rollups.optimism.nothing",
        "; expected a name below one of: rollups.zed, rollups.alpha, services.sharp"
      ),
    ]

    @Test func measures() throws {
      try place.write(
        "bad.yaml",
        Place.severalExperiment.replacing(
          "measures: [finality_posted",
          with: "measures: [\(Self.patterns.map { "'\($0.pattern)', " }.joined())finality_posted"))
      try expectRefusal(
        ["sweep", "bad.yaml"],
        Self.patterns.map { "no measure matches '\($0.pattern)'\($0.advice)" })
      _ = try sweep()
      try expectRefusal(
        ["analyse", "r"] + Self.patterns.flatMap { ["--measure", $0.pattern] },
        Self.patterns.map { "no measure of the result matches\($0.advice)" })
    }

    private func sweep() throws -> String {
      try place.succeed("sweep", "several.yaml", "--replications", "2", "--results", "r", "--quiet")
    }

    @Test func oneMeasureSaysWhose() throws {
      _ = try sweep()
      let choice =
        "expected the name of one measure, such as one of: rollups.zed.per_byte, rollups.alpha.per_byte"
      try expectRefusal(["analyse", "r", "--share", "per_byte >= 1"], [choice])
      try expectRefusal(["analyse", "r", "--ratio", "price_of_zed,per_byte"], [choice])
      try expectRefusal(["analyse", "r", "--frontier", "per_byte,price_of_zed"], [choice])
    }

    @Test(arguments: [
      ("rollup: alhpa", "expected one of: zed, alpha, sharp; found 'alhpa'; did you mean 'alpha'?"),
      ("rollup: ''", "expected one of: zed, alpha, sharp; found ''"),
      ("rollup: [zed, alpha]", "expected the name of one rollup or service; found a list"),
      ("rollup: sharp", "'per_byte' matches no reported measure of 'sharp'"),
      ("rolup: alpha", "unknown factor; did you mean 'rollup'?"),
      ("rollups: alpha", "unknown factor; did you mean 'rollup'?"),
      (
        "rollups.alhpa.poster.max_age: 30 s",
        "no rollup is called 'alhpa'; did you mean 'alpha'?; expected one of: zed, alpha"
      ),
    ])
    func figures(_ filter: String, _ message: String) throws {
      try place.write(
        "bad.yaml",
        Place.severalExperiment.replacing("where: {rollup: alpha}", with: "where: {\(filter)}"))
      try expectRefusal(["sweep", "bad.yaml"], [message])
    }

    @Test(arguments: [
      ("rollups.alpha.poster.max_age:", "rollups.alhpa.poster.max_age:", "one of: zed, alpha"),
      ("rollups.alpha.poster.max_age:", "rollups.alpha:", "expected a path below rollups.alpha"),
      ("services.sharp.provers:", "services.shrp.provers:", "expected one of: sharp"),
      (
        "controls: [rollups.alpha", "controls: [rollups.alhpa",
        "'rollups.alpha.throughput_offered_tx_per_s'?"
      ),
      ("color: rollup", "color: rolup", "no factor of the experiment; did you mean 'rollup'?"),
      (
        "where: {rollup: zed}", "color: rollup",
        "rollups.alpha.finality_*_s_p50, or row: rollup"
      ),
      (
        "replications: 3", "constraints: [rollups.alhpa.poster.max_age < 9]",
        "did you mean 'alpha'?; expected one of: zed, alpha"
      ),
    ])
    func otherKeys(_ right: String, _ wrong: String, _ message: String) throws {
      try place.write("bad.yaml", Place.severalExperiment.replacing(right, with: wrong))
      let before = try place.files()
      let output = try place.rollsim("sweep", "bad.yaml")
      #expect(output.status == 2 && output.out == "")
      let first = output.err.split(separator: "\n").first ?? ""
      #expect(first.hasSuffix(message), "\(output.err)")
      #expect(try place.files() == before)
    }

    /// Shards of scenarios with other names do not fit together.
    @Test func shardsOfOtherRollups() throws {
      try place.write("other.yaml", Place.severalExperiment.replacing("zed", with: "why"))
      _ = try place.succeed("sweep", "several.yaml", "--shard", "0/2", "--results", "s0", "--quiet")
      _ = try place.succeed("sweep", "other.yaml", "--shard", "1/2", "--results", "s1", "--quiet")
      try expectRefusal(
        ["merge", "s0", "s1", "--results", "m"],
        ["'s1' is of another specification than 's0'", "missing: 1/2"])
    }
  }
}
