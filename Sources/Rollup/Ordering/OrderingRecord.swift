import EventKernel
import Ledger

/// What a run remembers of the order: of opportunities that appear, blocks that are sealed and rounds that begin in the
/// measured window.
public struct OrderingRecord: Sendable {
  let window: Range<SimTime>
  // Opportunities.
  private(set) var opportunities = 0
  private(set) var offered = Wei.zero
  private(set) var captured = Wei.zero
  private(set) var expired = Wei.zero
  /// What is lost of those that are taken: to time, and because nobody can take all.
  private(set) var leftOver = Wei.zero
  private(set) var sentAfter = 0
  private(set) var pursued = 0
  private(set) var taken = 0
  private(set) var wins: [Int]
  // Transactions of searchers.
  private(set) var failed = 0
  private(set) var outbid = 0
  private(set) var dropped = 0
  private(set) var gasOfTaking = Wei.zero
  private(set) var gasOfFailing = Wei.zero
  private(set) var tips = Wei.zero
  private(set) var tipsOfFailing = Wei.zero
  private(set) var speed = Wei.zero
  // Blocks.
  private(set) var blockGas: UInt64 = 0
  private(set) var searcherGas: UInt64 = 0
  private(set) var spamGas: UInt64 = 0
  private(set) var spamPaid = Wei.zero
  private(set) var userCount = 0
  private(set) var userTips = Wei.zero
  private(set) var userFees = Wei.zero
  // Batches.
  private(set) var places = 0
  private(set) var placePrices = 0.0
  // Rounds.
  private(set) var rounds = 0
  private(set) var roundPrices = Wei.zero
  private(set) var roundsWon: [Int]
  private(set) var resale = Wei.zero
  // Users who wait for the lane.
  private(set) var delayed = 0
  private(set) var later = 0
  private(set) var blocksLater = 0

  init(window: Range<SimTime>, searchers: Int) {
    self.window = window
    wins = [Int](repeating: 0, count: searchers)
    roundsWon = wins
  }

  /// Seconds of the measured window.
  var seconds: Double { (window.upperBound - window.lowerBound).seconds }

  /// How many rounds were sold.
  var roundsSold: Int { roundsWon.reduce(0, +) }

  mutating func offer(_ opportunity: Opportunity) {
    guard opportunity.isMeasured else { return }
    opportunities += 1
    offered += Wei(coins: opportunity.value)
  }

  /// So many transactions are sent after an opportunity.
  mutating func pursue(_ opportunity: Opportunity, by count: Int) {
    guard opportunity.isMeasured, count > 0 else { return }
    pursued += 1
    sentAfter += count
  }

  mutating func take(_ opportunity: Opportunity, by searcher: Int, _ amount: Wei, _ cost: OrderCost)
  {
    guard opportunity.isMeasured else { return }
    taken += 1
    wins[searcher] += 1
    captured += amount
    leftOver += Wei(coins: opportunity.value) - amount
    gasOfTaking += cost.gas
    tips += cost.tip
  }

  /// A transaction comes too late.
  mutating func fail(isMeasured: Bool, _ cost: OrderCost) {
    guard isMeasured else { return }
    failed += 1
    gasOfFailing += cost.gas
    tipsOfFailing += cost.tip
  }

  /// Nobody takes an opportunity.
  mutating func expire(_ opportunity: Opportunity) {
    if opportunity.isMeasured { expired += Wei(coins: opportunity.value) }
  }

  mutating func outbid(isMeasured: Bool) { if isMeasured { outbid += 1 } }

  mutating func dropSearcher() { dropped += 1 }

  mutating func payForSpeed(_ cost: Wei) { speed += cost }

  /// A batch sells places at a price [wei per gas].
  mutating func sellPlaces(_ count: Int, at price: UInt64) {
    places += count
    placePrices += Double(count) * Double(price)
  }

  mutating func seal(_ block: SealedBlock, _ bill: OrderBill, others: Int, gasPrice: UInt64) {
    blockGas += block.gas
    searcherGas += bill.searcherGas
    spamGas += bill.spamGas
    spamPaid += Wei(gas: bill.spamGas, price: gasPrice) + bill.spamTips
    userCount += block.count - others
    userTips += bill.userTips
    userFees += Wei(gas: block.gas - bill.searcherGas - bill.spamGas, price: gasPrice)
  }

  mutating func sellRound(to winner: Int?, for price: Wei) {
    rounds += 1
    guard let winner else { return }
    roundsWon[winner] += 1
    roundPrices += price
  }

  mutating func resell(for price: Wei) { resale += price }

  /// A user comes so many blocks later because the lane is somebody else's.
  mutating func delay(byBlocks count: Int) {
    delayed += 1
    if count > 0 { later += 1 }
    blocksLater += count
  }

  /// Whether what was offered is taken, left over, expired or open, to the wei.
  func isConserved(open: Wei) -> Bool { offered == captured + leftOver + expired + open }
}
