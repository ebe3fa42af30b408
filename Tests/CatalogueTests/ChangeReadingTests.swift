import Catalogue
import Declarations
import Rollup
import Testing

@testable import Worlds

/// Changes at a date, as scenarios and presets state them.
@Suite struct ChangeReadingTests {
  private static let yaml = """
    system: optimism-bedrock-2023
    settlement: {chain: ethereum-dencun, starts_at: 2024-03-12}
    bid.tip: 3 gwei
    changes:
      dencun: {time: 2024-03-14, system: optimism-bedrock}
      later.time: 2024-05-01
      later: {poster: {max_bytes: 100 kB}}
    """

  private static func value(_ path: String, _ resolved: ResolvedScenario) throws -> String? {
    let index = try #require(resolved.shape.index(of: path))
    guard resolved.isSet(at: index) else { return nil }
    let parameter = resolved.shape.parameters[index]
    return parameter.read(resolved.scenario)?.text(in: parameter.kind)
  }

  /// A preset at a change sets what differs from the terms before it, under what the scenario sets.
  @Test func aPresetSetsWhatDiffers() throws {
    let resolved = try Reading.resolve(Self.yaml)
    #expect(try Self.value("changes.dencun.poster.carrier", resolved) == "blobs")
    #expect(try Self.value("changes.dencun.poster.max_bytes", resolved) == "650220 B")
    #expect(try Self.value("changes.later.poster.max_bytes", resolved) == "100000 B")
    // Set for all of the time, and alike before and after.
    for path in ["bid.tip", "proposer.gas", "sequence"] {
      #expect(try Self.value("changes.dencun.\(path)", resolved) == nil, "\(path)")
    }
    let after = resolved.scenario.rollup.terms(at: 1_714_600_000)
    #expect(after.poster.maxBytes == 100_000 && after.poster.carrier == .blobs)
    #expect(after.bid.tip == 3_000_000_000)
  }

  /// An unknown figure that goes on is one figure: it is drawn once.
  @Test func whatGoesOnIsDrawnOnce() throws {
    let unknown = try Reading.resolve(Self.yaml).unknowns.map(\.parameter.path)
    #expect(
      unknown == [
        "poster.max_age", "proposer.gas", "fees.l2_gas_price", "changes.dencun.poster.max_age",
      ])
  }

  /// What only the terms after a change read is read: figures of blobs where calldata comes first.
  @Test func whatLaterTermsReadIsRead() throws {
    let resolved = try Reading.resolve(Self.yaml)
    let blobs = try #require(resolved.shape.index(of: "poster.blob_bytes"))
    #expect(resolved.isUsed(at: blobs))
    let window = try #require(resolved.shape.index(of: "bridge.execution_delay"))
    #expect(!resolved.isUsed(at: window))
  }

  /// A change that names the preset of the rollup changes nothing.
  @Test(arguments: Catalogue.builtIn.names(.system))
  func theSamePresetIsNoChange(_ system: String) throws {
    let resolved = try Reading.resolve(
      "{system: \(system), settlement.starts_at: 2024-01-01, "
        + "changes.x: {time: 2024-02-01, system: \(system)}}")
    let set = resolved.shape.parameters.indices.filter { resolved.isSet(at: $0) }
      .map { resolved.shape.parameters[$0].path }.filter { $0.hasPrefix("changes.") }
    #expect(set == ["changes.x.time"])
  }

  /// One of several rollups changes.
  @Test func aNamedRollupChanges() throws {
    let resolved = try Reading.resolve(
      """
      settlement: {chain: ethereum-dencun, starts_at: 2024-03-12}
      rollups:
        a: {system: starknet-2022}
        b:
          system: starknet-2022
          changes.blobs: {time: 2024-03-14, system: starknet-2024}
      """)
    let place = try #require(resolved.scenario.rollups.firstIndex { $0.name == "b" })
    #expect(resolved.scenario.rollups[place].changes.map(\.name) == ["blobs"])
    #expect(resolved.scenario.rollups[1 - place].changes.isEmpty)
    #expect(resolved.systems == ["starknet-2022", "starknet-2022", "starknet-2024"])
  }

  @Test(arguments: [
    (
      "changes.x.time: 2024-02-01",
      "settlement.starts_at: expected the date at which the run starts: 'changes' have dates"
    ),
    (
      "{settlement.starts_at: 2024-01-01, changes.x.bid.tip: 1 gwei}",
      "changes.x.time: expected the date of the change, as 2024-03-13"
    ),
    (
      "{settlement.starts_at: 2024-01-01, changes.x.time: 2024-02-01, changes.y.time: 2024-01-20}",
      "changes.y.time: expected a date after that of the change before it"
    ),
    (
      "{settlement.starts_at: 2024-01-01, changes.x: {time: 2024-02-01, sequence: data_with_proof}}",
      "changes.x.sequence: expected a sequence that proves after one that proves, and one that asserts "
        + "after one that asserts; 'data_with_proof' follows 'post_and_assert'"
    ),
    (
      "{settlement.starts_at: 2024-01-01, changes.x: {time: 2024-02-01, poster.max_bytes: 10 B}}",
      "changes.x.poster.max_bytes: expected poster.overhead_bytes below poster.max_bytes"
    ),
    (
      "{settlement.starts_at: 2024-01-01, changes.x: {time: 2024-02-01, workload.mix.swap: 1}}",
      "changes.x.workload.mix.swap: unknown key"
    ),
    (
      "changes: {}",
      "changes: expected changes by their names, each a mapping with a time"
    ),
    (
      "{settlement.starts_at: 2024-01-01, rollups: {one: {}, game: {host: one, poster.carrier: calldata, "
        + "changes.x: {time: 2024-02-01, poster.carrier: blobs}}}}",
      "rollups.game.changes.x.poster.carrier: expected calldata: a rollup sells no blobs"
    ),
    (
      "{changes.X.time: 2024-02-01}",
      "changes.X.time: expected a name of lower-case letters, digits, '-' and '_', at most 40; found 'X'"
    ),
    (
      "{rollups.a.system: starknet, changes.x.time: 2024-02-01}",
      "this scenario names its rollups; expected a path below rollups.a"
    ),
  ])
  func whatIsWrongIsSaid(_ yaml: String, _ problem: String) {
    let problems = Reading.problems(yaml)
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }
}
