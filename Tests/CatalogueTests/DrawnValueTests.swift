import Catalogue
import Declarations
import Testing
import Worlds

/// What is unknown is drawn from its range, anew in each replication.
@Suite struct DrawnValueTests {
  private static let replications: Range<UInt64> = 0..<200

  @Test(arguments: ["arbitrum-nitro", "optimism-bedrock", "zksync-era", "starknet"])
  func valuesLieInTheirRanges(system: String) throws {
    let resolved = try Reading.resolve("system: \(system)")
    for replication in Self.replications {
      let values = resolved.drawn(seed: 1, replication: replication).values
      #expect(values.count == resolved.unknowns.count)
      for (value, unknown) in zip(values, resolved.unknowns) {
        #expect(unknown.range.contains(value), "\(unknown.parameter.path)")
      }
    }
  }

  @Test func theScenarioHasTheDrawnValuesAndNoOther() throws {
    let resolved = try Reading.resolve("system: starknet")
    let (scenario, values) = resolved.drawn(seed: 3, replication: 4)
    let unknown = Set(resolved.unknowns.map(\.parameter.path))
    for (value, entry) in zip(values, resolved.unknowns) {
      #expect(entry.parameter.read(scenario)?.constant == value)
    }
    for parameter in Parameter.all where !unknown.contains(parameter.path) {
      #expect(parameter.read(scenario) == parameter.read(resolved.scenario), "\(parameter.path)")
    }
  }

  @Test func equalSeedAndReplicationGiveEqualValues() throws {
    let resolved = try Reading.resolve("system: starknet")
    let first = resolved.drawn(seed: 9, replication: 7)
    let second = resolved.drawn(seed: 9, replication: 7)
    #expect(first.values == second.values)
    #expect(first.scenario == second.scenario)
  }

  @Test func seedAndReplicationChangeEveryValue() throws {
    let resolved = try Reading.resolve("{system: starknet, prover.provers: 64}")
    let base = resolved.drawn(seed: 9, replication: 7).values
    for other in [
      resolved.drawn(seed: 9, replication: 8).values,
      resolved.drawn(seed: 10, replication: 7).values,
    ] {
      for (one, another) in zip(base, other) { #expect(one != another) }
    }
  }

  /// A value keeps its draw when another is set: each has a stream of its own.
  @Test func settingOneLeavesTheOthersAlone() throws {
    let all = try Reading.resolve("system: starknet")
    let fewer = try Reading.resolve("{system: starknet, poster.max_age: 1 h}")
    #expect(all.unknowns.map(\.parameter.path).first == "poster.max_age")
    #expect(
      Array(all.drawn(seed: 1, replication: 0).values.dropFirst())
        == fewer.drawn(seed: 1, replication: 0).values)
  }

  @Test func settingAParameterMakesItKnown() throws {
    let resolved = try Reading.resolve("{system: arbitrum-nitro, proposer.gas: 200 kgas}")
    #expect(resolved.unknowns.map(\.parameter.path) == ["bridge.resolve_gas"])
    #expect(resolved.provenance("proposer.gas")?.flag == .chosen)
    #expect(resolved.provenance("proposer.gas")?.origin == "test.yaml")
    let drawn = resolved.drawn(seed: 1, replication: 0).scenario
    #expect(Parameter.named("proposer.gas")?.read(drawn) == .quantity(200_000))
  }

  /// Log-uniform: half of the values lie below the geometric middle.
  ///
  /// Null hypothesis: the share below is 1/2. With 2000 draws |share − 1/2| < 0.06 fails by chance
  /// with probability 8e-8. A uniform draw from 20 min to 3 h would have 25 % below.
  @Test func drawsAreLogUniform() throws {
    let resolved = try Reading.resolve("system: starknet")
    let place = try #require(
      resolved.unknowns.firstIndex { $0.parameter.path == "prover.proof_time" })
    let range = resolved.unknowns[place].range
    let middle = (range.lowerBound * range.upperBound).squareRoot()
    let below = (0..<2000 as Range<UInt64>).count {
      resolved.drawn(seed: 5, replication: $0).values[place] < middle
    }
    #expect(abs(Double(below) / 2000 - 0.5) < 0.06)
  }

  // MARK: What is read, and counts

  private static let keys = ["upgrades.keys.signers", "upgrades.keys.threshold"]

  /// Signers, and how many of them have to sign.
  private static func numbers(of scenario: Scenario) throws -> [Double] {
    try Self.keys.map { path in
      try #require(Parameter.named(path)?.read(scenario)?.constant)
    }
  }

  /// What nothing reads stays at the middle of its range, and the draws of all else are the same.
  @Test func whatNothingReadsIsNotDrawn() throws {
    let idle = try Reading.resolve("system: hermez-1")
    let used = try Reading.resolve("{system: hermez-1, upgrades.per_year: 1}")
    let paths = used.unknowns.map(\.parameter.path)
    #expect(paths.filter { Self.keys.contains($0) } == Self.keys)
    let others = paths.indices.filter { !Self.keys.contains(paths[$0]) }
    #expect(idle.unknowns.map(\.parameter.path) == others.map { paths[$0] })
    for replication in Self.replications {
      let one = idle.drawn(seed: 1, replication: replication)
      let other = used.drawn(seed: 1, replication: replication)
      #expect(one.values == others.map { other.values[$0] })
      // √15 and √6, rounded.
      #expect(try Self.numbers(of: one.scenario) == [4, 2])
    }
  }

  /// Counts are drawn as whole numbers: each of the range comes up, and no other.
  ///
  /// The rarest is 5 of 3 to 5, to which draws above 4.5 are rounded: ln(5/4.5) / ln(5/3) = 21 % of them. Of 200
  /// draws none is it with a probability of 1e-20.
  @Test func countsAreWhole() throws {
    let resolved = try Reading.resolve("{system: hermez-1, upgrades.per_year: 1}")
    var seen: [Set<Double>] = [[], []]
    for replication in 0..<200 as Range<UInt64> {
      let drawn = resolved.drawn(seed: 5, replication: replication).scenario
      for (place, value) in try Self.numbers(of: drawn).enumerated() { seen[place].insert(value) }
    }
    #expect(seen[0] == Set((3...5).map { Double($0) }))
    #expect(seen[1] == [2, 3])
  }

  /// Until a run draws, the geometric middle stands for what is unknown.
  @Test func theMiddleStandsForTheRange() throws {
    let resolved = try Reading.resolve("system: starknet")
    let middle = (600.0 * 7200.0).squareRoot()
    let value = try #require(resolved.number("poster.max_age"))
    #expect(abs(value - middle) < 1e-9)
  }
}
