import Declarations
import EventKernel

extension DistributedMarket {
  /// What a scenario says about a market whose price is set on the settlement chain.
  public struct Policy: Hashable, Sendable {
    /// What the curve on the rollup is worth [USD]; 0 for no market.
    public var liquidityUSD = 0.0
    /// What who trades pays, as a share of the amount.
    public var fee = 0.0
    /// Blocks of the host from one price to the next.
    public var every = 50
    /// Blocks of the host on top of that with a price until the rollup reads it.
    public var confirmations = 4
    /// How the price moves elsewhere.
    public var price = PriceMotion()

    /// No market.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about it.
    public static let baseCase = Policy()

    /// Whether there is a market.
    public var exists: Bool { liquidityUSD > 0 }
  }
}

extension DistributedMarket.Policy {
  /// What a scenario can say about such a market.
  public static let parameters: [PartParameter<Self>] =
    [
      .number(
        "liquidity", .usd, \.liquidityUSD,
        "What the curve of a market is worth on this rollup whose price the settlement chain sets; 0 for none.",
        affects: [.damm]
      ).titled("Liquidity of the market")
    ]
    + ([PartParameter<Self>]([
      .number("fee", .share, \.fee, "What who trades pays, as a share of the amount.")
        .titled("Fee of the market"),
      .whole(
        "every", .count, \.every, "Blocks of the host from one price of the curve to the next."
      )
      .titled("Blocks from price to price"),
      .whole(
        "confirmations", .count, \.confirmations,
        "Blocks of the host on top of that with a price until the rollup reads it."
      ).titled("Blocks until a price is read"),
    ])
    + PriceMotion.parameters.lifted(under: "", to: \.price)
    .titled { "\($0), of the market" }).used(when: \.exists)

  /// States what holds of any such market.
  public func check(_ expect: inout Expectations) {
    expect((0...1e13).contains(liquidityUSD), "liquidity", "expected from 0 to 1e13 USD")
    guard exists else { return }
    expect(fee >= 0 && fee < 1, "fee", "expected a share of at least 0 and below 1")
    expect((1...1_000_000).contains(every), "every", "expected from 1 to 1,000,000 blocks")
    expect(
      (0...100_000).contains(confirmations), "confirmations", "expected at most 100,000 blocks")
    price.check(&expect)
  }
}
