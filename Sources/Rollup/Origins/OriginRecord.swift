import Declarations
import EventKernel

extension Origins {
  /// What a scenario says about the blocks of the host that a rollup builds on.
  public struct Policy: Hashable, Sendable {
    /// Whether blocks of the rollup fall with those of its host that they are built on.
    public var follow = false
    /// How many blocks the origin of a block lies behind the last one of the host.
    public var confirmations = 4
    /// What rests on a confirmation that is given up [USD].
    public var valueUSD = 0.0

    /// Blocks that fall with no others.
    public init() {}

    /// Blocks that fall with no others.
    public static let baseCase = Policy()

    /// What a scenario can say about origins.
    public static let parameters: [PartParameter<Policy>] =
      [
        .flag(
          "follow", \.follow,
          "Whether what is confirmed is given up when a re-org of the host drops the block that it is built on."
        ).titled("Whether blocks fall with their origin")
      ]
      + [
        .whole(
          "confirmations", .count, \.confirmations,
          "Blocks by which the block of the host that is built on lies behind the last one."
        ).titled("Distance of the origin from the tip"),
        .number(
          "value", .usd, \.valueUSD, "What rests on a confirmation that is given up, on average."
        )
        .titled("Value that rests on a confirmation, of origins"),
      ].used(when: \.follow)

    /// States what holds of any origins.
    public func check(_ expect: inout Expectations) {
      expect(
        (0...Origins.deepest).contains(confirmations), "confirmations",
        "expected from 0 to \(Origins.deepest) blocks")
      expect((0...1e12).contains(valueUSD), "value", "expected from 0 to 1e12 USD")
    }
  }
}

/// What a run remembers of confirmations that re-orgs of the host take back.
public struct OriginRecord: Sendable {
  private var confirmed = 0
  private(set) var lost = 0
  private var reorgs = 0

  mutating func confirm(_ count: Int) { confirmed += count }

  mutating func reorganise(losing count: Int) {
    lost += count
    if count > 0 { reorgs += 1 }
  }

  /// The measures of confirmations that re-orgs take back.
  public static let measures: [PartMeasure<Origins.Policy, OriginRecord>] = [
    .init(
      .origin, "lost_count", title: "Confirmations given up in re-orgs", unit: "1",
      rests: rests,
      "Confirmations of the measured window that are given up because a re-org of the host drops the block that they are "
        + "built on; a transaction that is confirmed anew and given up again counts twice."
    ) { Double($1.lost) },
    .init(
      .origin, "lost_share", title: "Share of confirmations given up in re-orgs",
      unit: "1", rests: rests, "The same, over all confirmations of the measured window."
    ) { $1.confirmed > 0 ? Double($1.lost) / Double($1.confirmed) : nil },
    .init(
      .origin, "reorganisations_count", title: "Re-orgs that took confirmations back",
      unit: "1", rests: rests, "Re-orgs of the host that took confirmations back."
    ) { Double($1.reorgs) },
    .init(
      .origin, "lost_usd", title: "Value of confirmations given up", unit: "USD",
      rests: rests, "What rested on them, at origins.value each."
    ) { Double($1.lost) * $0.valueUSD },
  ].applies(when: \.follow)

  private static let rests = PartMeasure<Origins.Policy, OriginRecord>.Rests.journey(
    through: "sequencer", also: ["origins"])
}
