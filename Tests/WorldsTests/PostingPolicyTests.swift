import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Policies among everything else that happens: re-orgs, changes, copies, hosts.
@Suite struct PostingPolicyTests {
  private static let watching: [PostingPolicy.Rule] = [.priceThreshold, .percentile, .costOfDelay]

  private static let sequences = SettlementSequence.allCases.filter { !$0.holdsData }

  /// Who posts at any fee posts as who looks at none.
  @Test(arguments: sequences) func anyFeeIsLowEnough(_ sequence: SettlementSequence) throws {
    var scenario = Scenario.eventful(sequence)
    let plain = try scenario.validated().run(seed: 1, replication: 0)
    scenario.rollup.poster.posting.rule = .priceThreshold
    scenario.rollup.poster.posting.feeLimit = .max
    let posted = try scenario.validated().run(seed: 1, replication: 0)
    #expect(posted.fingerprint == plain.fingerprint && posted.events == plain.events)
    for (measure, values) in zip(Measure.all, zip(plain.measures, posted.measures))
    where measure.group != .posting {
      #expect(values.0 == values.1, "\(measure.name)")
    }
    #expect(posted["posting_held_s_mean"] == 0)
  }

  /// A world in which fees hold batches back, and let them go, some at their deadline.
  static func holding(_ rule: PostingPolicy.Rule, in scenario: Scenario) -> Scenario {
    var scenario = scenario
    scenario.rollup.poster.posting.rule = rule
    scenario.rollup.poster.posting.deadline = .seconds(200)
    scenario.rollup.poster.posting.feeLimit = 1_050_000_000
    scenario.rollup.poster.posting.percentile = 0.5
    scenario.rollup.poster.posting.blobFeeFloor = 1
    scenario.rollup.poster.posting.urgency = 0.2
    scenario.rollup.poster.posting.delayCost = 0.01
    if rule == .costOfDelay { scenario.rollup.data.mode = .host }
    return scenario
  }

  @Test(arguments: watching, sequences)
  func someAreHeldAndAllArePosted(
    _ rule: PostingPolicy.Rule, _ sequence: SettlementSequence
  ) throws {
    var scenario = Self.holding(rule, in: .eventful(sequence))
    // Else a batch is handed over later than its deadline, when the other chain has its data.
    scenario.rollup.data.mode = .host
    var (most, shares) = (0, [Double]())
    for seed in 1...4 as ClosedRange<UInt64> {
      let journal = try WorldJournal.run(scenario, seed: seed) {
        most = max(most, $0.journeys[0].poster.heldCount)
      }
      for (number, batch) in journal.batches.enumerated() where batch.count > 0 {
        #expect(try #require(journal.final[.init(kind: .data, reference: number)]).count >= 1)
      }
      try journal.ledger.audit()
      let values = try scenario.measuredAll(seed: seed)
      shares.append(try #require(values["posting_deadline_share"]))
      #expect(try #require(values["finality_posted_s_max"]) < 200 + 12)
    }
    #expect(shares.contains { $0 < 1 })
    // Who weighs delay posts before the deadline at these prices.
    if rule != .costOfDelay { #expect(most > 1 && shares.contains { $0 > 0 }) }
  }

  /// At 601 s batches that are held are handed over, and later ones go by the other policy.
  @Test(arguments: PostingPolicy.Rule.allCases, PostingPolicy.Rule.allCases)
  func aChangePostsWhatIsHeld(
    _ before: PostingPolicy.Rule, _ after: PostingPolicy.Rule
  ) throws {
    // Terms that are the same are no change.
    guard after != before else { return }
    var scenario = Self.holding(before, in: .eventful(.postAndAssert))
    if after == .costOfDelay { scenario.rollup.data.mode = .host }
    scenario.settlement.startsAt = 1_000_000
    var change = RollupChange(name: "change")
    change.time = 1_000_601
    let place = try #require(RollupScenario.changeable.firstIndex { $0.path == "poster.policy" })
    change[place] = .word(after.rawValue)
    scenario.rollup.changes = [change]
    var heldAcross = 0
    let journal = try WorldJournal.run(scenario, seed: 4) { world in
      let isLater = world.journeys[0].current == 1
      for number in world.journeys[0].batches.indices
      where isLater && number < world.journeys[0].firstNotKept
        && world.journeys[0].batches[number].terms == 0
      {
        heldAcross += world.journeys[0].batches[number].isHandedOver ? 0 : 1
      }
    }
    #expect(heldAcross == 0)
    for (number, batch) in journal.batches.enumerated() where batch.count > 0 {
      #expect(try #require(journal.final[.init(kind: .data, reference: number)]).count >= 1)
    }
  }

  @Test(arguments: watching, WorldCopyTests.instants)
  func aCopyTakesTheSamePath(_ rule: PostingPolicy.Rule, _ instant: SimDuration) throws {
    let scenario = Self.holding(rule, in: .eventful(.postAndAssert))
    try WorldCopyTests.expectSamePaths(scenario.validated(), at: instant)
  }

  @Test func whoSeesNoFeeIsRefused() {
    var held = Scenario.clockwork(.dataWithProof)
    held.rollup.poster.posting.rule = .percentile
    expectProblems(in: held, ["poster.policy"])
    var layers = Scenario.clockwork(.postAndAssert, ["one", "two"])
    layers["two"].hosting.host = "one"
    layers["two"].poster.carrier = .calldata
    layers["two"].poster.posting.rule = .priceThreshold
    let error = #expect(throws: InvalidScenario.self) {
      try layers.validated(WorldShape(rollups: ["one", "two"], services: []))
    }
    #expect(error?.problems.map(\.path) == ["rollups.two.poster.policy"])
    layers["two"].poster.posting.rule = .interval
    #expect(throws: Never.self) {
      try layers.validated(WorldShape(rollups: ["one", "two"], services: []))
    }
  }

  @Test func whatClosesOpenBatchesNeedsSingleBlocks() {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    scenario.rollup.fidelity = .cohort
    for (rule, fill, paths) in [
      (.interval, 2, []), (.priceThreshold, 2, []), (.percentile, 1, ["poster.early_fill"]),
      (.costOfDelay, 2, ["poster.policy"]),
    ] as [(PostingPolicy.Rule, Double, [String])] {
      scenario.rollup.poster.posting.rule = rule
      scenario.rollup.poster.posting.earlyFill = fill
      expectProblems(in: scenario, paths)
    }
  }

  @Test func badFiguresAreRefused() {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.posting.rule = .interval
    scenario.rollup.poster.posting.interval = .zero
    scenario.rollup.poster.posting.delayCost = -1
    expectProblems(in: scenario, ["poster.interval", "poster.delay_cost"])
    scenario.rollup.poster.posting = .baseCase
    scenario.rollup.poster.posting.rule = .percentile
    scenario.rollup.poster.posting.deadline = .zero
    scenario.rollup.poster.posting.percentile = 1.5
    scenario.rollup.poster.posting.window = .zero
    scenario.rollup.poster.posting.urgency = -1
    scenario.rollup.poster.posting.earlyFill = -1
    expectProblems(
      in: scenario,
      ["deadline", "percentile", "window", "urgency", "early_fill"].map { "poster.\($0)" })
    scenario.rollup.poster.posting = .baseCase
    scenario.rollup.poster.posting.rule = .costOfDelay
    scenario.rollup.poster.posting.expectedFee = 0
    scenario.rollup.poster.posting.feeVolatility = 9
    scenario.rollup.poster.posting.feeReversion = .zero
    expectProblems(
      in: scenario, ["expected_fee", "fee_volatility", "fee_reversion"].map { "poster.\($0)" })
  }

  private func expectProblems(
    in scenario: Scenario, _ paths: [String], _ location: SourceLocation = #_sourceLocation
  ) {
    var found: [String] = []
    do { _ = try scenario.validated() } catch { found = error.problems.map(\.path) }
    #expect(found == paths, sourceLocation: location)
  }
}
