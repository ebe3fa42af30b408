import Foundation
import Testing
import Worlds

@testable import Catalogue

/// Presets in files of the user.
@Suite struct UserPresetTests {
  /// The outcome of a scenario on presets in files; `$F` stands for their folder.
  private func resolve(
    _ scenario: String, files: [String: String]
  ) throws -> (resolved: ResolvedScenario?, problems: [String]) {
    try Reading.inFolder { folder in
      for (name, content) in files {
        let text = content.replacing("$F", with: folder.path)
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      do throws(InvalidInput) {
        return (try Reading.resolve(scenario.replacing("$F", with: folder.path)), [])
      } catch {
        return (
          nil, error.problems.map { $0.description.replacing(folder.path + "/", with: "") }
        )
      }
    }
  }

  @Test func aPresetBuildsOnABuiltInOne() throws {
    let mine = """
      system: my-chain
      extends: optimism-bedrock
      parameters:
        sequencer.block_interval: {value: 1 s, flag: measured, source: me}
        poster.max_age: {range: [1 min, 10 min], flag: unknown}
      """
    let (resolved, problems) = try resolve("system: $F/mine.yaml", files: ["mine.yaml": mine])
    #expect(problems == [])
    let scenario = try #require(resolved)
    #expect(scenario.system == "my-chain")
    #expect(scenario.chain == "ethereum-dencun")
    #expect(scenario.number("sequencer.block_interval") == 1)
    #expect(scenario.provenance("sequencer.block_interval")?.origin == "my-chain")
    #expect(scenario.provenance("sequencer.block_interval")?.source == "me")
    #expect(scenario.number("poster.compression") == 0.6)
    #expect(scenario.provenance("poster.compression")?.origin == "optimism-bedrock")
    #expect(
      scenario.unknowns.map(\.parameter.path)
        == ["poster.max_age", "proposer.gas", "fees.l2_gas_price"])
  }

  @Test func aPresetOfAChain() throws {
    let chain = """
      chain: fast
      extends: ethereum-bpo2
      parameters:
        settlement.slot: {value: 4 s, flag: assumed}
      """
    let (resolved, _) = try resolve(
      "{system: starknet, settlement: $F/fast.yml}", files: ["fast.yml": chain])
    #expect(resolved?.number("settlement.slot") == 4)
    #expect(resolved?.number("settlement.blob_limit") == 21)
  }

  @Test func aPresetThatBuildsOnItself() throws {
    let mine = "{system: mine, extends: $F/mine.yaml, parameters: {}}"
    let (_, problems) = try resolve("system: $F/mine.yaml", files: ["mine.yaml": mine])
    #expect(problems == ["test.yaml:1:9: extends: 'mine' builds on itself"])
  }

  @Test func twoPresetsThatBuildOnEachOther() throws {
    let files = [
      "one.yaml": "{system: one, extends: $F/two.yaml, parameters: {}}",
      "two.yaml": "{system: two, extends: $F/one.yaml, parameters: {}}",
    ]
    let (_, problems) = try resolve("system: $F/one.yaml", files: files)
    #expect(problems == ["test.yaml:1:9: extends: 'one' builds on itself"])
  }

  @Test func aPresetOfTheWrongKind() throws {
    let chain = "{chain: mine, parameters: {}}"
    let (_, problems) = try resolve("system: $F/mine.yaml", files: ["mine.yaml": chain])
    #expect(
      problems == [
        "test.yaml:1:9: system: expected a preset of a system; 'mine.yaml' is of a chain"
      ])
    let (_, other) = try resolve(
      "system: $F/mine.yaml",
      files: ["mine.yaml": "{system: mine, extends: ethereum-pectra, parameters: {}}"])
    #expect(other.count == 1)
    #expect(other[0].hasPrefix("test.yaml:1:9: extends: no system is called 'ethereum-pectra'"))
  }

  private static let flags =
    "measured, documented, derived, chosen, estimated, assumed, unknown"

  @Test(arguments: [
    ("value: 5 min", "the key 'flag' is missing or none of: \(flags)"),
    ("value: 5 min, flag: guessed", "the key 'flag' is missing or none of: \(flags)"),
    (
      "value: 5 min, flag: unknown",
      "expected a value, or a range with the flag 'unknown', but not both"
    ),
    (
      "value: 5 min, range: [1 min, 2 min], flag: unknown",
      "expected a value, or a range with the flag 'unknown', but not both"
    ),
    (
      "range: [1 min, 2 min], flag: measured",
      "expected a value, or a range with the flag 'unknown', but not both"
    ),
  ])
  func anEntryThatIsNeitherAValueNorARange(entry: String, message: String) {
    let yaml = "system: mine\nparameters:\n  poster.max_age: {\(entry)}"
    let error = #expect(throws: InvalidInput.self) {
      try Preset.read(.parse(yaml, file: "p.yaml"))
    }
    #expect(
      error?.problems.map(\.description) == ["p.yaml:3:19: parameters.poster.max_age: \(message)"])
  }

  /// A list was once read as no text.
  @Test func aNoteThatIsNoText() {
    let yaml = "{system: a, parameters: {horizon: {value: 3 h, flag: chosen, note: [a]}}}"
    let error = #expect(throws: InvalidInput.self) {
      try Preset.read(.parse(yaml, file: "p.yaml"))
    }
    #expect(
      error?.problems.map(\.description)
        == ["p.yaml:1:68: parameters.horizon.note: expected a text; found a list"])
  }

  @Test func everyProblemOfAPresetAtOnce() {
    let yaml = """
      system: mine
      titel: Mine
      parameters:
        poster.max_agee: {value: 5 min, flag: measured}
        poster.max_age: {value: 5, flag: measured, sauce: me}
        poster.max_bytes: {range: [5 kB, 1 kB], flag: unknown}
        poster.carrier: {range: [calldata, blobs], flag: unknown}
      """
    let error = #expect(throws: InvalidInput.self) {
      try Preset.read(.parse(yaml, file: "p.yaml"))
    }
    #expect(
      (error?.problems ?? []).map(\.description) == [
        "p.yaml:2:1: titel: unknown key or no text; did you mean 'title'?",
        "p.yaml:4:3: parameters.poster.max_agee: unknown parameter; did you mean 'poster.max_age'?",
        "p.yaml:5:27: poster.max_age: expected a duration such as '12 s'; "
          + "units: s, ns, us, ms, min, h, d; found '5', which has no unit",
        "p.yaml:5:46: parameters.poster.max_age.sauce: unknown key; did you mean 'source'?",
        "p.yaml:6:29: poster.max_bytes: expected two increasing positive bounds [low, high]",
        "p.yaml:7:27: poster.carrier: only a quantity has a range",
      ])
  }
}
