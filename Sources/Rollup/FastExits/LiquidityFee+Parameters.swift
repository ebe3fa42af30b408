import Declarations

extension LiquidityFee {
  /// What a scenario can say about what a loan costs.
  static let parameters: [PartParameter<LiquidityFee>] = [
    .number("flat_fee", .share, \.flat, "Share of the amount that providers take always.")
      .titled("Flat fee of providers"),
    .number("kink", .share, \.kink, "Use of the capital above which interest rises faster.")
      .titled("Kink of interest"),
    .number("base_rate", .share, \.base, "Interest a year of capital that is not used.")
      .titled("Interest at no use"),
    .number("slope_below", .share, \.slopeBelow, "By how much interest rises until the kink.")
      .titled("Rise of interest below the kink"),
    .number("slope_above", .share, \.slopeAbove, "By how much it rises from there to full use.")
      .titled("Rise of interest above the kink"),
    .number("weeks", .number, \.weeks, "Weeks of interest that a loan pays.")
      .titled("Weeks of interest"),
  ]

  /// States what holds of any fee.
  func check(_ expect: inout Expectations) {
    expect(flat >= 0 && flat < 1, "flat_fee", "expected a share of at least 0 and below 1")
    expect((0...1).contains(kink), "kink", "expected a share from 0 to 1")
    for (key, rate) in [
      ("base_rate", base), ("slope_below", slopeBelow), ("slope_above", slopeAbove),
    ] {
      expect((0...100).contains(rate), [key], "expected from 0 to 100 a year")
    }
    expect((0...520).contains(weeks), "weeks", "expected from 0 to 520 weeks")
    expect(
      share(from: 1, to: 1) <= 10, ["base_rate", "slope_below", "slope_above", "weeks"],
      "expected fees of at most ten times the amount")
  }
}
