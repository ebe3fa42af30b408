import Catalogue
import EventKernel
import Foundation
import Testing
import Tracing
import Worlds

/// A run that was recorded, as whoever reads its files sees it.
struct Traced {
  /// What was recorded, by the name that tests have for it.
  let name: String
  let scenario: Scenario
  let trace: Trace
  /// The result of the same run without a trace.
  let plain: RunResult
  let shape: WorldShape

  /// Every system of the catalogue, and worlds of more than one rollup or with more on their way.
  static let names = Catalogue.builtIn.names(.system) + worlds.map(\.name)

  private static let worlds: [(name: String, yaml: String)] = [
    (
      "re-orgs",
      """
      sequence: commit_prove_execute
      settlement.reorgs: {probability: 0.2}
      deposits: {rate: 0.02 /s, confirmations: 2}
      bridge: {exit_gas: 80 kgas}
      """
    ),
    ("re-orgs of assertions", "settlement.reorgs: {probability: 0.2}"),
    (
      "a service",
      """
      rollups:
        a: {sequence: sequence_verify, prover: sharp}
        b: {sequence: data_with_proof, prover: sharp}
      services: {sharp: {provers: 4}}
      """
    ),
    (
      "layers",
      """
      rollups:
        one: {system: optimism-bedrock}
        two: {host: one, host_finality: settled, poster: {carrier: calldata, calldata_bytes: 20 kB, max_bytes: 20 kB}}
        three: {host: two, sequence: sequence_verify, poster: {carrier: calldata, calldata_bytes: 10 kB, max_bytes: 10 kB}}
      """
    ),
    (
      "a host that stops",
      """
      cooldown: 2 d
      rollups:
        one: {system: optimism-bedrock, nodes: {stops_at: 10 min}, forced: {delay_blocks: 20, patience: 30 s}}
        two: {host: one, sequence: sequence_verify, poster: {carrier: calldata, calldata_bytes: 20 kB, max_bytes: 20 kB}}
      """
    ),
    (
      "changes",
      """
      system: optimism-bedrock-2023
      settlement: {chain: ethereum-dencun, starts_at: 2024-03-12}
      changes: {blobs: {time: 2024-03-12T00:10:00Z, system: optimism-bedrock}}
      """
    ),
  ]

  /// Records a system or a world of its own, for twenty-five minutes and with short delays.
  init(_ name: String, _ options: Trace.Options = .init(), log: EventLog? = nil) throws {
    let yaml = Self.worlds.first { $0.name == name }?.yaml ?? "system: \(name)"
    let resolved = try Catalogue.builtIn.resolve(
      .read(.parse("warmup: 5 min\nhorizon: 25 min\n" + yaml, file: "test")))
    var scenario = resolved.drawn(seed: 1, replication: 0).scenario
    for place in scenario.rollups.indices { Self.shorten(&scenario.rollups[place]) }
    let valid = try scenario.validated(resolved.shape)
    self.name = name
    self.scenario = scenario
    shape = resolved.shape
    trace = try Trace(of: valid, seed: 1, replication: 0, options, log: log)
    plain = try valid.run(seed: 1, replication: 0)
  }

  private static func shorten(_ rollup: inout RollupScenario) {
    rollup.bridge.challengeWindow = min(rollup.bridge.challengeWindow, .seconds(900))
    rollup.bridge.challengeBlocks = min(rollup.bridge.challengeBlocks, 75)
    rollup.bridge.executionDelay = min(rollup.bridge.executionDelay, .seconds(900))
    rollup.bridge.airGap = min(rollup.bridge.airGap, .seconds(600))
    rollup.bridge.proveDelay = min(rollup.bridge.proveDelay, .seconds(600))
    rollup.proposer.interval = min(rollup.proposer.interval, .seconds(300))
  }

  /// The table as text.
  var table: String {
    var text = ""
    trace.writeTable { text += $0 }
    return text
  }

  /// The rows of the table.
  var rows: [Row] {
    let lines = table.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Row(cells: zip(lines[0], $0).map { ($0, $1) }) }
  }

  /// The trace for viewers as text.
  var viewerText: String {
    var text = ""
    trace.writeForViewer { text += $0 }
    return text
  }

  /// The events of the trace for viewers.
  func viewerEvents() throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(viewerText.utf8)) as? [String: Any]
    return try #require(object?["traceEvents"] as? [[String: Any]])
  }

  /// The value of a measure of the run, of the rollup at a place.
  func measure(_ name: String, of rollup: Int = 0) -> Double? {
    let subject = scenario.rollups[rollup].name
    return zip(shape.measures, plain.measures).first {
      $0.0.name == name && $0.0.subjectName == subject
    }?.1
  }
}

/// A row of the table of a trace.
struct Row {
  private let values: [String: String]

  init(cells: [(String, String)]) { values = Dictionary(uniqueKeysWithValues: cells) }

  /// The text of a cell; empty where it is.
  subscript(_ column: String) -> String { values[column] ?? "no such column" }

  /// The number in a cell; nil where it is empty.
  func number(_ column: String) -> Double? { Double(self[column]) }

  var kind: String { self["kind"] }
  var time: Double { number("time_s") ?? .nan }
  /// When it ended; nil for what had not.
  var end: Double? { number("duration_s").map { time + $0 } }
}
