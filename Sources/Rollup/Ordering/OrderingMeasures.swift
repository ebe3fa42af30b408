import Declarations
import Ledger

extension OrderingRecord {
  /// The measures of the order, and of who pays for it.
  public static let measures: [PartMeasure<Ordering.Policy, OrderingRecord>] =
    (values + costs + competition).applies(when: \.searchers.act)
    + (batches.applies { $0.rule == .batchAuction } + rounds.applies { $0.rule == .expressLane })
    .applies(when: \.searchers.act)
    + users.applies(when: \.happens)

  private typealias Part = PartMeasure<Ordering.Policy, OrderingRecord>
  private static let rests = Part.Rests.journey(
    through: "sequencer", also: ["fees", "prices", "settlement"])

  private func ofOffered(_ amount: Wei) -> Double? {
    share(amount.asDouble, of: offered.asDouble)
  }

  /// What the sequencer takes beside the price of gas.
  private var paidToSequencer: Wei { tips + tipsOfFailing + roundPrices }
  /// What is spent and brings nothing to anybody: speed, and gas of what fails.
  private var wasted: Wei { speed + gasOfFailing }

  private static let values: [Part] = [
    Part(
      .mev, "count", title: "Opportunities", unit: "1", rests: rests,
      "Opportunities that appear in the measured window."
    ) { Double($1.opportunities) },
    Part(
      .mev, "offered_wei", title: "Value of opportunities", unit: "wei", rests: rests,
      "What they are worth when they appear."
    ) { $1.offered.asDouble },
    Part(
      .mev, "captured_wei", title: "Value taken", unit: "wei", rests: rests,
      "What searchers take of them."
    ) { $1.captured.asDouble },
    Part(
      .mev, "captured_share", title: "Share of the value that is taken", unit: "1", rests: rests,
      "Share of the value that searchers take; the rest falls with time, or is left."
    ) { $1.ofOffered($1.captured) },
    Part(
      .mev, "sequencer_wei", title: "What the sequencer takes for the order", unit: "wei",
      rests: rests, "Tips and bids of searchers, and prices of the express lane."
    ) { $1.paidToSequencer.asDouble },
    Part(
      .mev, "sequencer_share", title: "Share of the value that the sequencer takes", unit: "1",
      rests: rests, "The same as a share of the value of opportunities."
    ) { $1.ofOffered($1.paidToSequencer) },
    Part(
      .mev, "profit_share", title: "Share of the value that searchers keep", unit: "1",
      rests: rests,
      "What searchers take less all that they pay, as a share of the value of opportunities."
    ) {
      $1.ofOffered(
        $1.captured - $1.paidToSequencer - $1.gasOfTaking - $1.gasOfFailing - $1.speed)
    },
  ]

  private static let costs: [Part] = [
    Part(
      .mev, "speed_wei", title: "Spent on speed", unit: "wei", rests: rests,
      "What searchers pay for low latency and for taking part."
    ) { $1.speed.asDouble },
    Part(
      .mev, "failed_wei", title: "Gas of failed transactions", unit: "wei", rests: rests,
      "What searchers pay for the gas of transactions that come too late, tips left out."
    ) { $1.gasOfFailing.asDouble },
    Part(
      .mev, "wasted_share", title: "Share of the value that is wasted", unit: "1", rests: rests,
      "Speed and gas of what comes too late, as a share of the value of opportunities."
    ) { $1.ofOffered($1.wasted) },
    Part(
      .mev, "copies_mean", title: "Transactions after an opportunity", unit: "1", rests: rests,
      "Transactions that are sent after an opportunity that anybody wants, mean."
    ) { share(Double($1.sentAfter), of: Double($1.pursued)) },
    Part(
      .mev, "reverted_share", title: "Share of searchers' transactions that revert", unit: "1",
      rests: rests, "Share of transactions of searchers in blocks that come too late."
    ) { share(Double($1.failed), of: Double($1.failed + $1.taken)) },
  ]

  private static let competition: [Part] = [
    Part(
      .mev, "searchers", title: "Searchers who take part", unit: "1", rests: rests,
      "Searchers who take part."
    ) { Double($1.wins.count) },
    Part(
      .mev, "first_share", title: "Share of the first searcher", unit: "1", rests: rests,
      "Share of the opportunities taken that the first searcher takes."
    ) { share(Double($1.wins.first ?? 0), of: Double($1.taken)) },
    Part(
      .mev, "largest_share", title: "Share of the searcher who takes most", unit: "1",
      rests: rests, "Share of the opportunities taken that one searcher takes, the largest."
    ) { share(Double($1.wins.max() ?? 0), of: Double($1.taken)) },
    Part(
      .mev, "herfindahl", title: "Concentration of searchers", unit: "1", rests: rests,
      "Sum of the squares of the shares of all searchers: 1 for one, 1/n for n alike."
    ) { _, record in
      guard record.taken > 0 else { return nil }
      return record.wins.reduce(0) {
        $0 + Double($1) * Double($1) / (Double(record.taken) * Double(record.taken))
      }
    },
  ]

  private static let batches: [Part] = [
    Part(
      .ordering, "place_wei_per_gas_mean", title: "Price of a place, mean", unit: "wei/gas",
      rests: rests, "What a place at the head of a batch costs beside the price of gas, mean."
    ) { share($1.placePrices, of: Double($1.places)) }
  ]

  private static let rounds: [Part] = [
    Part(
      .ordering, "round_wei_mean", title: "Price of a round, mean", unit: "wei", rests: rests,
      "What a round of the express lane is sold for, mean over those that begin in the measured window; nothing "
        + "where it is not sold."
    ) { share($1.roundPrices.asDouble, of: Double($1.rounds)) },
    Part(
      .ordering, "rounds_sold_share", title: "Share of rounds that are sold", unit: "1",
      rests: rests, "Share of rounds for which somebody bids the reserve price."
    ) { share(Double($1.roundsSold), of: Double($1.rounds)) },
    Part(
      .ordering, "rounds_top_two_share", title: "Share of rounds of the two largest", unit: "1",
      rests: rests, "Share of the rounds sold that the two searchers buy who buy most."
    ) { _, record in
      let most = record.roundsWon.sorted(by: >).prefix(2).reduce(0, +)
      return share(Double(most), of: Double(record.roundsSold))
    },
    Part(
      .ordering, "resale_wei", title: "Resale of the express lane", unit: "wei", rests: rests,
      "What searchers pay each other for the express lane."
    ) { $1.resale.asDouble },
    Part(
      .ordering, "later_share", title: "Share of users who come a block later", unit: "1",
      rests: rests,
      "Share of users' transactions in rounds with a controller that an earlier block would have had without the "
        + "delay of the express lane."
    ) { share(Double($1.later), of: Double($1.delayed)) },
    Part(
      .ordering, "blocks_later_mean", title: "Blocks that users come later, mean", unit: "1",
      rests: rests, "How many blocks earlier they would have been there, mean."
    ) { share(Double($1.blocksLater), of: Double($1.delayed)) },
  ]

  private static let users: [Part] = [
    Part(
      .ordering, "searcher_gas_share", title: "Share of gas of searchers", unit: "1", rests: rests,
      "Share of the gas of blocks that transactions of searchers take."
    ) { share(Double($1.searcherGas), of: Double($1.blockGas)) },
    Part(
      .ordering, "spam_gas_share", title: "Share of gas of spam", unit: "1", rests: rests,
      "Share of the gas of blocks that transactions take which only fill them."
    ) { share(Double($1.spamGas), of: Double($1.blockGas)) },
    Part(
      .ordering, "spam_wei_per_h", title: "Cost of spam an hour", unit: "wei/h", rests: rests,
      "What those pay an hour who only fill blocks."
    ) { $1.spamPaid.asDouble / ($1.seconds / 3600) },
    Part(
      .ordering, "user_wei_per_tx_mean", title: "What a user pays, mean", unit: "wei",
      rests: rests,
      "What a user's transaction pays for gas and beside it, mean over blocks of the measured window."
    ) { share($1.userFees.asDouble + $1.userTips.asDouble, of: Double($1.userCount)) },
    Part(
      .ordering, "user_tip_wei_mean", title: "Tip of a user, mean", unit: "wei", rests: rests,
      "What it pays beside the price of gas, mean."
    ) { share($1.userTips.asDouble, of: Double($1.userCount)) },
  ]
}
