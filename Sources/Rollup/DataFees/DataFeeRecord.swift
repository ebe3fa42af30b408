import Declarations
import Ledger

/// What a run remembers of fees for data: of what happens in the measured window, where nothing else is said.
public struct DataFeeRecord: Sendable {
  private var transactions = 0
  private var paidByUsers = Wei.zero
  private var collected = Wei.zero
  private var paid = Wei.zero
  private var adjustments = 0
  private var units: UInt64 = 0
  private var unitsPaid = Wei.zero
  private var surplus = Wei.zero
  private var (least, most) = (Wei.zero, Wei.zero)

  mutating func charge(_ count: Int, _ fee: Wei) {
    transactions += count
    paidByUsers += fee
  }

  mutating func collect(_ fee: Wei) { collected += fee }

  mutating func charge(units count: UInt64, price: UInt64) {
    units += count
    unitsPaid += Wei(gas: count, price: price)
  }

  mutating func pay(_ cost: Wei) { paid += cost }

  mutating func adjust() { adjustments += 1 }

  mutating func note(surplus: Wei) {
    self.surplus = surplus
    least = min(least, surplus)
    most = max(most, surplus)
  }

  /// The measures of fees for data.
  public static let measures: [PartMeasure<DataFees.Policy, DataFeeRecord>] =
    [
      .init(
        .fee, "data_wei_per_tx_mean", title: "Fee for data per transaction", unit: "wei",
        rests: .journey(through: "neighbours", also: ["data_fees"]),
        "What users pay for data and as a premium, beside layer 2 gas, mean over the transactions of users in blocks "
          + "of the measured window."
      ) { share($1.paidByUsers.asDouble, of: Double($1.transactions)) },
      .init(
        .profit, "data_recovery", title: "Fees for data over its cost", unit: "1", rests: rests,
        "What is paid for data in blocks of the measured window, over what batches cost that become final in it."
      ) { $1.paid > .zero ? $1.collected.asDouble / $1.paid.asDouble : nil },
      .init(
        .profit, "data_adjustments_count", title: "Changes of scalars", unit: "1", rests: rests,
        "How often the operator has set the scalars of fees for data anew, in the whole run."
      ) { $0.adjustInterval > .zero ? Double($1.adjustments) : nil },
    ].applies(when: \.happens) + ofUnits.applies { $0.rule == .arbos }

  private static let ofUnits: [PartMeasure<DataFees.Policy, DataFeeRecord>] = [
    .init(
      .profit, "data_wei_per_unit_mean", title: "Price of a unit of data, mean", unit: "wei",
      rests: rests, "Price of a unit of data, mean over the units of the measured window."
    ) { $1.units > 0 ? $1.unitsPaid.asDouble / Double($1.units) : nil },
    .init(
      .profit, "data_surplus_eth", title: "Surplus of fees for data at the end", unit: "ETH",
      rests: rests,
      "What the pool of fees for data has beyond what it owes, at the last report of the run; negative for a debt."
    ) { $1.surplus.asDouble / 1e18 },
    .init(
      .profit, "data_surplus_eth_min", title: "Surplus of fees for data, least", unit: "ETH",
      rests: rests, "The same, least of all reports of the run and of 0."
    ) { $1.least.asDouble / 1e18 },
    .init(
      .profit, "data_surplus_eth_max", title: "Surplus of fees for data, largest", unit: "ETH",
      rests: rests, "The same, largest."
    ) { $1.most.asDouble / 1e18 },
  ]

  private static let rests = PartMeasure<DataFees.Policy, DataFeeRecord>.Rests.journey(
    through: "poster", also: ["data_fees"])
}
