import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A window of n blocks is n blocks of the chain that finally stands, however long they take.
@Suite struct BlockWindowTests {
  /// A claim when it was last seen.
  private struct Claim {
    let included: BlockPlace
    /// Its measured transactions, and the sum of the instants of their submission [ns].
    var count = 0
    var submissions: Int128 = 0
  }

  /// A run with a look at its claims and at the chain.
  private struct Seen {
    var claims: [Int: Claim] = [:]
    /// When each block of the chain was made, by its height.
    var blocks: [SimTime] = [.start]
    var dropped = 0
    var withdrawable: Int128 = 0

    /// The sum of latencies of measured transactions to the end of a window of so many blocks [ns].
    func latencySum(window: Int) -> Int128? {
      var sum = Int128(0)
      for claim in claims.values where claim.count > 0 {
        let end = claim.included.height + window
        guard blocks.indices.contains(end), blocks[claim.included.height] == claim.included.time
        else { return nil }
        sum += Int128(claim.count) * Int128(blocks[end].nanoseconds) - claim.submissions
      }
      return sum
    }
  }

  private static func run(_ scenario: Scenario, seed: UInt64) throws -> Seen {
    var seen = Seen()
    let hasReorgs = scenario.settlement.reorgs.probability > 0
    var simulation = Simulation(World(try scenario.validated(), seed: seed, replication: 0))
    let summary = try simulation.runToEnd { world, event, now in
      if case .settlement = event {
        let height = world.settlement.height
        // Where there are re-orgs each slot has a block; elsewhere the chain is longer if one has.
        if hasReorgs || height == seen.blocks.count {
          seen.dropped += seen.blocks.count - height
          seen.blocks.removeLast(seen.blocks.count - height)
          seen.blocks.append(now)
        }
      }
      for number in world.journeys[0].claims.indices {
        let claim = world.journeys[0].claims[number]
        guard let included = claim.includedIn else { continue }
        var noted = Claim(included: included)
        claim.profile.forEachSpan {
          noted.count += $0.count
          noted.submissions += Int128($0.sum)
        }
        seen.claims[number] = noted
      }
    }
    seen.withdrawable = Int128(summary.rollups[0].record[.withdrawable].latencies.sum)
    return seen
  }

  private static func scenario(blocks: Int) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(1200)
    scenario.settlement.demand.level = 0.5
    scenario.rollup.proposer.interval = .seconds(50)
    scenario.rollup.bridge.challengeBlocks = blocks
    return scenario
  }

  /// Of 200 slots some 60 are missed; the window has as many blocks all the same.
  @Test(arguments: [1, 2, 3] as [UInt64], [1, 40, 200])
  func missedSlotsDoNotCount(_ seed: UInt64, _ window: Int) throws {
    var scenario = Self.scenario(blocks: window)
    scenario.settlement.missedSlots = 0.3
    let seen = try Self.run(scenario, seed: seed)
    #expect(seen.claims.values.count { $0.count > 0 } > 15)
    #expect(seen.latencySum(window: window) == seen.withdrawable)
    // Slots alone, without those that are missed, would be over sooner.
    let slots = seen.claims.values.reduce(Int128(0)) {
      $0 + Int128($1.count) * Int128(($1.included.time + .seconds(12) * Int64(window)).nanoseconds)
        - $1.submissions
    }
    #expect(slots < seen.withdrawable)
  }

  /// A re-org that drops the claim restarts the window, and one that drops blocks of the window makes it
  /// longer, as long as the claim is not final: 40 blocks have passed before.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [1, 5, 40])
  func aReorgTakesBlocksBack(_ seed: UInt64, _ window: Int) throws {
    var scenario = Self.scenario(blocks: window)
    scenario.settlement.reorgs = Reorgs.Policy(probability: 0.1, meanDepth: 3, maxDepth: 16)
    let seen = try Self.run(scenario, seed: seed)
    #expect(seen.claims.values.count { $0.count > 0 } > 15 && seen.dropped > 10)
    #expect(seen.latencySum(window: window) == seen.withdrawable)
  }
}
