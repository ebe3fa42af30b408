import Catalogue
import Testing

@testable import Running
@testable import Specifications

/// A stored run is found by what its result depends on, and by nothing else.
@Suite struct RunKeyTests {
  static func key(_ rest: String, point: Int = 0) throws -> [UInt8] {
    let experiment = try Tiny.experiment(rest)
    return experiment.key(of: experiment.points[point])
  }

  @Test(arguments: [
    "random: {seed: 2}", "fee_paths: {every: 1 min, replications: 1}",
    "factors: {poster.max_age: [7 s]}", "factors: {system: [starknet]}",
    "factors: {settlement: [ethereum-bpo2]}", "factors: {prover.provers: [7]}",
    "factors: {poster.carrier: [calldata]}", "factors: {prover.proof_time: [7 s]}",
  ])
  func whatChangesARunChangesItsKey(_ rest: String) throws {
    #expect(try Self.key(rest) != Self.key(""))
  }

  @Test func fees() throws {
    let keys = try [
      "{every: 1 min, replications: 1}", "{every: 2 min, replications: 1}",
      "{every: 1 min, replications: 2}",
    ].map { try Self.key("fee_paths: \($0)") }
    #expect(Set(keys).count == 3)
  }

  /// A range is not the value at its middle, and points without common streams differ by their number.
  @Test func rangesAndSeeds() throws {
    let unknown = try Tiny.experiment("factors: {system: [starknet]}")
    let middle = unknown.points[0].resolved.scenario.rollup.prover.provers
    #expect(
      try Self.key("factors: {system: [starknet], prover.provers: [\(middle)]}")
        != unknown.key(of: unknown.points[0]))
    let own = "factors: {poster.max_age: [7 s, 8 s]}\nrandom: {common: false}"
    #expect(try Self.key(own, point: 0) != Self.key("factors: {poster.max_age: [7 s]}"))
  }

  /// The list of measures, the confidence, the number of replications, words and figures.
  @Test(arguments: [
    "measures: [cost_*]", "confidence: 0.9", "replications: 7", "question: Why?",
  ])
  func whatChangesNoRunChangesNoKey(_ rest: String) throws {
    let text = rest.hasPrefix("replications") ? "" : rest
    var experiment = try Tiny.experiment(text)
    if rest.hasPrefix("replications") {
      var spec = experiment.spec
      spec.replications = 7
      experiment = try Experiment(spec)
    }
    #expect(try experiment.key(of: experiment.points[0]) == Self.key(""))
  }

  /// The place of a point in its design.
  @Test func thePlaceOfAPointChangesNoKey() throws {
    #expect(
      try Self.key("factors: {poster.max_age: [7 s, 8 s]}", point: 1)
        == Self.key("factors: {poster.max_age: [8 s, 7 s, 9 s]}", point: 0))
  }
}
