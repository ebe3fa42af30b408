import Declarations
import EventKernel
import Randomness
import Testing

@testable import Settlement

/// How long a transaction waits that competes with others who are drawn.
@Suite struct CompetitionTests {
  /// A market, and what we send there.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    /// Others' demand as shares of the targets of 15 Mgas and 3 blobs.
    let gasLevel: Double
    let blobLevel: Double
    let volatility: Double
    let blobless: Double
    /// Blobs that we send, and our tip [wei per gas].
    let blobs: UInt64
    let tip: UInt64
    /// Where the tail is compared: more than so many blocks.
    let tail: [Int]
  }

  static let cases = [
    Case(
      description: "congested", gasLevel: 1.9, blobLevel: 2.5, volatility: 0.4, blobless: 0.1,
      blobs: 3, tip: 500_000_000, tail: [0, 1, 2, 5, 10, 20]),
    Case(
      description: "calm", gasLevel: 0.8, blobLevel: 0.5, volatility: 0.3, blobless: 0.02,
      blobs: 2, tip: 1_000_000_000, tail: [0, 1, 2]),
    Case(
      description: "six blobs want an empty block", gasLevel: 0.5, blobLevel: 0.7, volatility: 0.2,
      blobless: 0, blobs: 6, tip: 1_000_000_000, tail: [0, 1, 2, 5]),
    Case(
      description: "gas alone", gasLevel: 2.6, blobLevel: 0, volatility: 0.3, blobless: 0,
      blobs: 0, tip: 300_000_000, tail: [0, 1, 2, 5, 10]),
  ]

  private static let sizes: [(blobs: Int, weight: Double)] = [
    (1, 3), (2, 1), (3, 2), (5, 1), (6, 2),
  ]
  private static let longest = 60

  private static func policy(_ market: Case, _ rule: CompetitionPolicy.Rule) -> SettlementPolicy {
    var policy = SettlementPolicy.dencun(load: market.gasLevel)
    policy.executionFee.kind = .constant
    policy.demand.meanTip = 1_000_000_000
    policy.demand.volatility = market.volatility
    policy.blobDemand = policy.demand
    policy.blobDemand.level = market.blobLevel
    policy.competition.rule = rule
    policy.competition.blobless = market.blobless
    policy.competition.transactionBlobs = .discrete(
      Weighted(sizes.map { Double($0.blobs) }, weights: sizes.map(\.weight)))
    return policy
  }

  /// Blocks that pass over one transaction, in a chain of its own.
  private static func delay(
    _ market: Case, _ rule: CompetitionPolicy.Rule, seed: UInt64
  ) -> Int {
    let data = SettlementTransaction.sample(
      .data, gas: 1_000_000, blobs: market.blobs, tip: market.tip)
    let simulation = ChainDriver.run(
      policy(market, rule), slots: longest, seed: seed, submitting: [data], at: [.start],
      untilIncluded: true)
    let isTaken = simulation.model.slots.last?.receipts.isEmpty == false
    return isTaken ? simulation.model.slots.count - 1 : longest
  }

  private static func auctionDelays(_ market: Case, _ count: Int) -> [Int] {
    var auction = BlockAuction(
      .init(
        gas: market.gasLevel * 15_000_000, blobs: market.blobLevel * 3, sizes: sizes,
        volatility: market.volatility, persistence: 0.980_198_673_306_755_3,
        blobless: market.blobless), seed: 20_240_620)
    return (0..<count).map { _ in
      auction.delay(
        gas: 1_000_000, blobs: Int(market.blobs), tip: Double(market.tip), limit: longest)
    }
  }

  /// P(more than n blocks pass), from 4,000 chains and 8,000 auctions; both start in their stationary
  /// state, and demand lasts 50 blocks: φ = e^(−12/600).
  ///
  /// Seeds 1 to 4,000 of the chain, 20240620 of the auction. H0: both have the same probability; each
  /// comparison is a normal test of two shares. False alarm 1e-6 each (|z| < 4.9), 1.8e-5 in all 18.
  /// Detects 4.9 standard errors: 0.047 at a probability of one half, 0.009 at 0.01.
  @Test(arguments: cases) func theTailIsThatOfAnAuction(_ market: Case) {
    let drawn = (1...4000).map { Self.delay(market, .drawn, seed: UInt64($0)) }
    let auction = Self.auctionDelays(market, 8000)
    for blocks in market.tail {
      let ours = drawn.share { $0 > blocks }
      let theirs = auction.share { $0 > blocks }
      let pooled = (4000 * ours + 8000 * theirs) / 12_000
      let error = (pooled * (1 - pooled) * (1.0 / 4000 + 1.0 / 8000)).squareRoot()
      #expect(
        abs(ours - theirs) <= 4.9 * max(error, 1e-4),
        "\(market): P(> \(blocks)) is \(ours), \(theirs) in the auction")
    }
  }

  /// The rule that counts others as their expectation has another tail: what the drawn one is for.
  ///
  /// Of 4,000 chains each; a share of 4,000 has a standard error of at most 0.008.
  @Test func anExpectationHasAnotherTail() {
    let tails = CompetitionPolicy.Rule.allCases.map { rule in
      (1...4000).map { Self.delay(Self.cases[2], rule, seed: UInt64($0)) }.share { $0 > 2 }
    }
    #expect(abs(tails[0] - tails[1]) > 0.05, "\(tails)")
  }

  // MARK: Blocks

  /// Six blobs of others never go beside another six into nine, and two of ours go beside them.
  @Test func transactionsAreWhole() {
    var policy = SettlementPolicy.dencun(load: 0)
    policy.blobFee.limit = 9
    policy.blobDemand.level = 3
    policy.blobDemand.meanTip = 1_000_000_000
    policy.competition.rule = .drawn
    policy.competition.transactionBlobs = .constant(6)
    let ours = (0..<400).map { SettlementTransaction.sample(.data, $0, blobs: 2, maxPending: 1) }
    let slots = ChainDriver.run(
      policy, slots: 400, submitting: ours, at: ours.map { _ in .start }
    ).model.slots
    let uses = Set(slots.map(\.block.blobs))
    #expect(uses == [2, 8])
  }

  /// Mean and variance of others' gas: λ and its size, beside 100,000 blocks at a steady demand.
  ///
  /// Seed 1. H0: compound Poisson, mean 7.5 Mgas, variance 7.5e6 · 250,000. False alarm 1e-6 each; detects
  /// 0.29 % of the mean and 2.2 % of the variance.
  @Test func gasVariesAsItsTransactionsDo() {
    var policy = SettlementPolicy.dencun(load: 0.5)
    policy.executionFee.kind = .constant
    policy.competition.rule = .drawn
    policy.competition.transactionGas = 250_000
    let gas = ChainDriver.run(policy, slots: 100_000).model.slots.map { Double($0.block.gas) }
    let mean = gas.reduce(0, +) / 100_000
    let variance = gas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99_999
    let expected = 7.5e6 * 250_000
    #expect(abs(mean - 7.5e6) < 4.9 * (expected / 100_000).squareRoot())
    // The fourth central moment of a Poisson count of mean 30 makes the variance's error √(2 + 1/30).
    #expect(abs(variance / expected - 1) < 4.9 * (2.0334 / 100_000).squareRoot())
  }

  /// A block of history keeps what it used; who bids what in it is drawn.
  @Test func blocksOfHistoryAreKept() {
    var policy = SettlementPolicy.replaying(gas: .use)
    policy.blobDemand.meanTip = 1_000_000_000
    policy.competition.rule = .drawn
    policy.competition.transactionBlobs = .constant(4)
    let made = ChainDriver.run(policy, slots: HistoryExcerpt.slots.count).model.slots
      .filter(\.hasBlock)
    #expect(made.map(\.block.blobs) == HistoryExcerpt.trace.blocks.map { $0[.blobCount] })
    #expect(made.allSatisfy { $0.block.gas == 15_000_000 })
  }

  /// 40 % of 10,000 blocks have no blobs, whoever wants some.
  ///
  /// Seed 1. H0: independent, 0.4; false alarm 1e-6, detects 0.024.
  @Test(arguments: CompetitionPolicy.Rule.allCases)
  func buildersLeaveBlobsOut(_ rule: CompetitionPolicy.Rule) {
    var policy = SettlementPolicy.dencun(load: 0)
    policy.blobDemand.level = 20
    policy.competition.rule = rule
    policy.competition.blobless = 0.4
    let share = ChainDriver.run(policy, slots: 10_000).model.slots.share { $0.block.blobs == 0 }
    #expect(abs(share - 0.4) < 4.9 * (0.24 / 10_000).squareRoot())
  }
}

extension Array {
  /// The share of elements for which something holds.
  fileprivate func share(where holds: (Element) -> Bool) -> Double {
    Double(filter(holds).count) / Double(count)
  }
}
