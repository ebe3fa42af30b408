import Declarations
import EventKernel

extension Ordering.Policy {
  /// What a scenario can say about the order of transactions.
  public static let parameters: [PartParameter<Ordering.Policy>] =
    [
      .word("rule", \.rule, "By what the sequencer orders transactions."),
      .distribution("user_latency", .duration, \.userLatency, "Time from a user to the sequencer."),
      .distribution(
        "user_tip", .weiPerGas, \.userTip, "What a user pays beside the price of gas."
      ).used { $0.rule == .priorityFee },
      .word("mempool", \.mempool, "Whether bidders see what others bid, and raise.")
        .used { $0.rule == .priorityFee },
      .duration("interval", \.interval, "Time from one batch auction to the next.")
        .used { $0.rule == .batchAuction },
      .whole("places", .count, \.places, "Places at the head of a batch that are sold.")
        .used { $0.rule == .batchAuction },
    ]
    + ExpressLane.Policy.parameters.lifted(under: "lane", to: \.lane)
    .used { $0.rule == .expressLane }

  /// States what holds of any order.
  public func check(_ expect: inout Expectations) {
    expect(
      rule != .batchAuction || interval >= .shortestCycle, "interval", "expected at least 1 ms")
    expect((1...10_000).contains(places), "places", "expected from 1 to 10,000 places")
    guard rule == .expressLane else { return }
    expect.under("lane") { lane.check(&$0) }
  }
}

extension ExpressLane.Policy {
  /// What a scenario can say about the express lane.
  static let parameters: [PartParameter<ExpressLane.Policy>] = [
    .duration("round", \.round, "Length of a round of the express lane."),
    .duration("closing", \.closing, "Time from when bids close to the round."),
    .duration("advantage", \.advantage, "Delay of all others in a round that is sold."),
    .number("reserve", .ether, \.reserve, "Least price of a round."),
    .distribution(
      "signal", .number, \.signal,
      "What a bidder thinks that a round is worth to him, over what it is in the mean; drawn for each and each round."
    ).titled("What a bidder thinks of a round"),
    .flag("resale", \.resale, "Whether the controller sells the lane on for single opportunities."),
  ]

  func check(_ expect: inout Expectations) {
    expect(round >= .seconds(1), "round", "expected at least 1 s")
    expect(closing < round, ["closing", "round"], "expected bids that close within a round")
    expect(
      advantage <= .seconds(60), "advantage", "expected a delay of at most 60 s")
    expect((0...1e6).contains(reserve), "reserve", "expected from 0 to 1e6 ETH")
  }
}

extension SearcherPolicy {
  /// What a scenario can say about searchers.
  public static let parameters: [PartParameter<SearcherPolicy>] =
    [
      .whole(
        "count", .count, \.count, "Searchers, or of those who may enter the most; 0 for none."),
      .number("opportunities", .rate, \.opportunities, "Opportunities, Poisson; 0 for none."),
    ] + (prizes + speed + copiesAndBids).used(when: \.act)

  private static let prizes: [PartParameter<SearcherPolicy>] = [
    .distribution("value", .ether, \.value, "What an opportunity is worth when it appears."),
    .duration(
      "decay", \.decay, "Time in which its value falls by a factor e; 0 where it does not fall."),
    .distribution(
      "lifetime", .duration, \.lifetime, "When it is gone altogether, from when it appears."),
    .distribution(
      "extraction", .share, \.extraction,
      "Share of the value that a searcher can take, drawn for each opportunity."),
    .distribution(
      "skill", .number, \.skill, "Factor to that share that a searcher has for the whole run."),
  ]

  private static let speed: [PartParameter<SearcherPolicy>] = [
    .distribution(
      "latency", .duration, \.latency,
      "Time from an opportunity to a transaction at the sequencer, drawn for each copy."
    ).used { $0.investment == .none },
    .distribution(
      "slowness", .number, \.slowness, "Factor to that time that a searcher has for the whole run."
    ).used { $0.investment == .none },
    .word(
      "investment", \.investment, "Whether searchers pay for speed, as much as pays if all do."),
    .number(
      "latency_cost", .usdPerHour, \.latencyCost,
      "What a mean latency of one second costs; half of that costs twice as much."
    ).used { $0.investment == .contest },
    .word("entry", \.entry, "Whether all take part, or as many as earn what that costs."),
    .number("entry_cost", .usdPerHour, \.entryCost, "What it costs to take part."),
  ]

  private static let copiesAndBids: [PartParameter<SearcherPolicy>] = [
    .whole("gas", .gas, \.gas, "Gas of a transaction that takes an opportunity."),
    .whole("revert_gas", .gas, \.revertGas, "Gas of one that comes too late."),
    .whole("bytes", .bytes, \.bytes, "Bytes of either, before compression."),
    .word("copying", \.copying, "Whether copies are a number, or as many as pay if all choose so."),
    .whole(
      "copies", .count, \.copies,
      "Copies that a searcher sends where bids do not decide; where they are chosen the most."),
    .whole(
      "first_copies", .count, \.firstCopies,
      "Copies of the first searcher; 0 for as many as the others."
    ).used { $0.copying == .fixed },
    .whole("lane_copies", .count, \.laneCopies, "Copies of who has the express lane."),
    .word("bids", \.bids, "What a bid is that nobody sees."),
    .number("first_bid", .share, \.firstBid, "First bid in the open, as a share of the value."),
    .number("raise", .share, \.raise, "By which share a bid is raised."),
  ]

  /// States what holds of any searchers.
  public func check(_ expect: inout Expectations) {
    expect((0...1000).contains(count), "count", "expected at most 1000 searchers")
    expect((0...1000).contains(opportunities), "opportunities", "expected from 0 to 1000 a second")
    guard act else { return }
    expect(
      value.mean.isFinite && value.mean > 0, "value",
      "expected a distribution with a positive, finite mean")
    expect((1...4_000_000_000).contains(gas), "gas", "expected from 1 to 4e9 gas")
    expect(
      revertGas <= gas, ["revert_gas", "gas"], "expected no more gas than it takes to succeed")
    expect((1...1_000_000).contains(bytes), "bytes", "expected from 1 to 1e6 bytes")
    expect((1...10_000).contains(copies), "copies", "expected from 1 to 10,000 copies")
    expect((0...10_000).contains(firstCopies), "first_copies", "expected from 0 to 10,000 copies")
    expect((1...10_000).contains(laneCopies), "lane_copies", "expected from 1 to 10,000 copies")
    expect(
      firstBid > 0 && firstBid <= 1, "first_bid", "expected a share above 0 and at most 1")
    expect(raise >= 0.001 && raise <= 10, "raise", "expected a share from 0.001 to 10")
    expect(
      latencyCost > 0 && latencyCost <= 1e9, "latency_cost",
      "expected a positive price of at most 1e9 USD/h")
    expect(entryCost >= 0 && entryCost <= 1e9, "entry_cost", "expected from 0 to 1e9 USD/h")
  }
}

extension SpamPolicy {
  /// What a scenario can say about who only fills blocks.
  public static let parameters: [PartParameter<SpamPolicy>] =
    [
      .number(
        "rate", .rate, \.rate, "Transactions that only fill blocks, Poisson; 0 for none."
      ).titled("Rate of spam")
    ]
    + [PartParameter<SpamPolicy>]([
      .whole("gas", .gas, \.gas, "Gas of one.").titled("Gas of spam"),
      .whole("bytes", .bytes, \.bytes, "Its bytes before compression.").titled("Bytes of spam"),
      .whole(
        "tip", .weiPerGas, \.tip, "What it pays beside the price of gas, where that decides."
      ).titled("Tip of spam"),
      .duration("begins", \.begins, "When it begins, from the start of the run.")
        .titled("Begin of spam"),
      .duration("ends", \.ends, "When it ends; 0 for never.").titled("End of spam"),
      .number("budget", .ether, \.budget, "What may be spent; 0 for no bound.")
        .titled("Budget of spam"),
    ]).used(when: \.acts)

  /// States what holds of any spam.
  public func check(_ expect: inout Expectations) {
    expect((0...100_000).contains(rate), "rate", "expected from 0 to 100,000 a second")
    guard acts else { return }
    expect((1...4_000_000_000).contains(gas), "gas", "expected from 1 to 4e9 gas")
    expect((1...1_000_000).contains(bytes), "bytes", "expected from 1 to 1e6 bytes")
    expect(ends == .zero || ends > begins, ["ends", "begins"], "expected an end after the begin")
    expect((0...1e9).contains(budget), "budget", "expected from 0 to 1e9 ETH")
  }
}
