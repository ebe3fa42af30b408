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

  /// Until a run draws, the geometric middle stands for what is unknown.
  @Test func theMiddleStandsForTheRange() throws {
    let resolved = try Reading.resolve("system: starknet")
    let middle = (600.0 * 7200.0).squareRoot()
    let value = try #require(resolved.number("poster.max_age"))
    #expect(abs(value - middle) < 1e-9)
  }
}
