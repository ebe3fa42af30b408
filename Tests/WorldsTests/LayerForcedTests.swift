import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A layer 3 whose host takes nothing more from it, in the world of `LayerByHandTests`: transactions of 1 … 8 s, batches
/// of 4 and 8 s, blocks of both layers each 2 s, settlement blocks each 12 s, which are final at once.
///
/// What layer 2 leaves out is sent 30 s later as a message, can be forced a hundred blocks after its own, and the next
/// settlement block has the transaction that forces it: 1212 s after the block of the message.
@Suite struct LayerForcedTests {
  static func scenario(_ rule: ForcedInclusion.Rule = .transaction) -> Scenario {
    var scenario = LayerByHandTests.scenario(host: .postAndAssert, guest: .postAndAssert, .final)
    scenario.settlement.finality = .instant
    scenario.coolDown = .days(1)
    scenario["two"].forced.rule = rule
    scenario["two"].forced.patience = .constant(30)
    scenario["two"].forced.delayBlocks = 100
    scenario["three"].proposer.interval = .seconds(30)
    scenario["three"].bridge.challengeWindow = .seconds(40)
    return scenario
  }

  /// Layer 2 stops at 1 s.
  ///
  /// The data of 4 and 8 s is sent at 34 and 38 s: blocks of 36 and 48 s, forced by those of 1248 and 1260 s, which are
  /// layer 2's blocks and batches as well; its data is in the blocks of 1260 and 1272 s. The assertion of layer 3 of
  /// 1260 s is sent at 1290 s: block of 1296 s, forced by that of 2508 s; layer 2's data is in the block of 2520 s, its
  /// assertion of that instant in that of 2532 s, which stands after an hour, at 6132 s. The window of layer 3 ends at
  /// 2548 s; the withdrawal is sent at 2578 s: block of 2580 s, forced by that of 3792 s, data in 3804 s, assertion of
  /// 3840 s in 3852 s, and an hour later it is 7452 s.
  ///
  /// What was in its mempool when it stopped comes as well: with blocks of layer 2 each 10 s, the data of 4 s waits when it
  /// stops at 5 s, is sent at 35 s, and is in the block of 36 s.
  @Test(arguments: [(1, 2), (5, 10)] as [(Int64, Int64)])
  func theHostHasStopped(at instant: Int64, blocks: Int64) throws {
    var scenario = Self.scenario()
    scenario["two"].machines.stopsAt = .seconds(instant)
    scenario["two"].sequencer.blockInterval = .seconds(blocks)
    let values = try scenario.measured(LayerByHandTests.shape)
    #expect(values["three", "finality_soft_s_mean"] == 0.5)
    expect(.posted, at: 1248, 1260, in: values)
    expect(.included, at: 1260, 1272, in: values)
    expect(.settled, at: 1260, 1272, in: values)
    expect(.proven, at: 2532, 2532, in: values)
    expect(.final, at: 6132, 6132, in: values)
    expect(.withdrawable, at: 7452, 7452, in: values)
  }

  /// The same where everybody derives a message from the hundredth block behind its own, of 1236 and 1248 s.
  ///
  /// That is a block of layer 2, whose data is in the next block of the settlement chain. The assertion of 1260 s comes in at 2496 s with its
  /// data in 2508 s and layer 2's assertion of 2520 s; the window ends at 2536 s, the withdrawal is sent at 2566 s, comes in
  /// at 3768 s with data in 3780 s, and the assertion of that instant is in the block of 3792 s.
  @Test func messagesAreDerived() throws {
    var scenario = Self.scenario(.derivation)
    scenario["two"].machines.stopsAt = .seconds(1)
    let values = try scenario.measured(LayerByHandTests.shape)
    expect(.posted, at: 1236, 1248, in: values)
    expect(.included, at: 1248, 1260, in: values)
    expect(.final, at: 6132, 6132, in: values)
    expect(.withdrawable, at: 7392, 7392, in: values)
  }

  /// Windows in blocks go on without blocks: where they are derived, each 2 s, and where contracts are told the number of
  /// the settlement block.
  ///
  /// Twenty blocks behind 2496 s, the 1248th, are over by the settlement block of 2544 s, with the 1272nd: the withdrawal is
  /// sent at 2574 s, is in the block of 2580 s, derived from that of 3780 s, and the assertion of 3840 s has it. Four
  /// settlement blocks behind 2508 s it is 2556 s: sent at 2586 s, block of 2592 s, forced by that of 3804 s.
  @Test(
    arguments: [(.derivation, .own, 20), (.transaction, .host, 4)]
      as [(ForcedInclusion.Rule, Sequencer.BlockNumber, Int)])
  func windowsInBlocksGoOn(
    _ rule: ForcedInclusion.Rule, _ number: Sequencer.BlockNumber, _ blocks: Int
  ) throws {
    var scenario = Self.scenario(rule)
    scenario["two"].machines.stopsAt = .seconds(1)
    scenario["two"].sequencer.blockNumber = number
    scenario["three"].bridge.challengeBlocks = blocks
    let values = try scenario.measured(LayerByHandTests.shape)
    expect(.withdrawable, at: 7452, 7452, in: values)
  }

  /// An operator who leaves out all goes on with its own blocks.
  ///
  /// The data of 4 s is in that of 1248 s, whose batch age closes at 1258 s; that of 8 s is in the block of 1260 s with the next data, of which no two fit into a batch, so it
  /// is posted at once, after the settlement block of that instant. All else is as where it has stopped.
  @Test func theHostLeavesAllOut() throws {
    var scenario = Self.scenario()
    scenario["two"].censorship.guests = .all
    let values = try scenario.measured(LayerByHandTests.shape)
    expect(.posted, at: 1258, 1260, in: values)
    expect(.included, at: 1260, 1272, in: values)
    expect(.proven, at: 2532, 2532, in: values)
    expect(.final, at: 6132, 6132, in: values)
    expect(.withdrawable, at: 7452, 7452, in: values)
  }

  /// One who leaves out withdrawals alone makes them late, and nothing else: of 72 s it is sent at 102 s, in the block of
  /// 108 s, forced by that of 1320 s, in a batch of 1330 s and the block of 1332 s; the assertion of 1380 s is in 1392 s.
  @Test func theHostLeavesWithdrawalsOut() throws {
    var scenario = Self.scenario()
    scenario["two"].censorship.guests = .users
    let values = try scenario.measured(LayerByHandTests.shape)
    expect(.posted, at: 8, 12, in: values)
    expect(.included, at: 12, 24, in: values)
    expect(.proven, at: 72, 72, in: values)
    expect(.final, at: 3672, 3672, in: values)
    expect(.withdrawable, at: 4992, 4992, in: values)
  }

  /// Data that goes to the settlement chain itself needs no message, and one step less is late.
  ///
  /// The data of 4 and 8 s is in the block of 12 s. The assertion of 30 s is sent at 60 s, after the block of that instant:
  /// block of 72 s, forced by that of 1284 s, with the data of layer 2 in 1296 s and its assertion of 1320 s in 1332 s. The
  /// window ends at 1324 s, the withdrawal is sent at 1354 s: block of 1356 s, forced by that of 2568 s, data in 2580 s,
  /// assertion of that instant in 2592 s.
  @Test func dataOnTheSettlementChainIsNotLeftOut() throws {
    var scenario = Self.scenario()
    scenario["two"].machines.stopsAt = .seconds(1)
    scenario["three"].data.mode = .settlement
    scenario["three"].proposer.coverage = .settled
    let values = try scenario.measured(LayerByHandTests.shape)
    expect(.posted, at: 4, 8, in: values)
    expect(.included, at: 12, 12, in: values)
    expect(.proven, at: 1332, 1332, in: values)
    expect(.final, at: 4932, 4932, in: values)
    expect(.withdrawable, at: 6192, 6192, in: values)
  }

  /// A host takes everything before it begins to leave something out.
  @Test func itBeginsWhenItSays() throws {
    var scenario = Self.scenario()
    scenario["two"].censorship.guests = .all
    scenario["two"].censorship.begin = .hours(2)
    let values = try scenario.measured(LayerByHandTests.shape)
    expect(.final, at: 3672, 3672, in: values)
    expect(.withdrawable, at: 3732, 3732, in: values)
  }

  /// Re-orgs, missed slots and fees of others: whatever the settlement chain does, each transaction goes its way, and the
  /// books balance, which each run checks.
  @Test(arguments: 0..<6)
  func allArriveWhateverTheSettlementChainDoes(seed: UInt64) throws {
    var scenario = Self.scenario(seed % 2 == 0 ? .transaction : .derivation)
    scenario.settlement.finality = .epochs
    scenario.settlement.missedSlots = 0.1
    scenario.settlement.reorgs = .init(probability: 0.2, meanDepth: 2)
    scenario.phases = .random
    scenario.coolDown = .days(2)
    scenario["two"].workload.arrivals = .poisson(rate: 0.5)
    if seed < 3 {
      scenario["two"].machines.stopsAt = .seconds(5)
    } else {
      scenario["two"].censorship.guests = .all
    }
    let values = try scenario.measured(LayerByHandTests.shape, seed: seed)
    let withdrawable = try #require(values["three", "finality_withdrawable_s_mean"])
    // Three steps of a hundred blocks each, and layer 2's window.
    #expect(withdrawable > 3 * 1200 + 3600)
  }

  /// Users whom the same operator leaves out, and who take up to 50 min to act, keep no rollup waiting that settles there.
  @Test func guestsWaitForNoUser() throws {
    var scenario = Self.scenario()
    scenario.coolDown = .days(3)
    // So that messages find room at a price that does not rise.
    scenario.settlement.demand.level = 0.5
    scenario["two"].censorship.guests = .all
    scenario["two"].forced.patience = .uniform(low: 0, high: 3000)
    let alone = try scenario.measured(LayerByHandTests.shape)
    scenario["two"].workload.arrivals = .deterministic(rate: 0.3)
    scenario["two"].censorship.share = 1
    let values = try scenario.measured(LayerByHandTests.shape)
    for stage in ["posted", "final", "withdrawable"] {
      let name = "finality_\(stage)_s_mean"
      let (own, other) = try (
        #require(values["three", name]), #require(alone["three", name])
      )
      #expect(abs(own - other) < 100, "\(stage)")
    }
  }

  /// What would wait for ever is refused.
  @Test func whatWouldWaitForEverIsRefused() throws {
    func problems(_ change: (inout Scenario) -> Void) -> [String] {
      var scenario = Self.scenario()
      scenario["two"].censorship.guests = .all
      change(&scenario)
      do {
        _ = try scenario.validated(LayerByHandTests.shape)
        return []
      } catch {
        return error.problems.map(\.expectation)
      }
    }
    #expect(problems { _ in } == [])
    for rule in [ForcedInclusion.Rule.none, .request] {
      #expect(
        problems { $0["two"].forced.rule = rule }.contains {
          $0.contains("'two' has \(rule.rawValue), and this rollup would wait for ever")
        })
    }
    #expect(
      problems { $0["two"].censorship.length = .hours(1) }
        .contains { $0.contains("censorship.for 0") })
    #expect(
      problems { $0["two"].machines.stopsAt = .seconds(1) }.contains { $0.contains("does both") })
    #expect(
      problems { $0["two"].forced.gas = 30_000_000 }
        .contains { $0.contains("expected messages of at most") })
    #expect(
      problems {
        $0["two"].censorship.guests = .none
        $0["two"].machines.stopsAt = .seconds(1)
        $0["three"].bridge.challengeBlocks = 20
      }.contains { $0.contains("it makes no blocks once its operator has stopped") })
    #expect(
      problems {
        $0["three"].hosting = .onSettlement
      }.contains { $0.contains("no rollup settles on this one") })
  }
}
