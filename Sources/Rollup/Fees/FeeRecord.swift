import Declarations
import Ledger

/// What a run remembers of the price of layer 2 gas in the blocks of the measured window.
public struct FeeRecord: Sendable {
  /// What attacks paid, in the whole run.
  public private(set) var paidByAttacks = Wei.zero
  private var gas: UInt64 = 0
  private var paid = Wei.zero
  private var largestPrice: UInt64 = 0
  private var blocks = 0.0
  private var backlogSum = 0.0
  private var largestBacklog = 0.0

  /// A record of no block.
  public init() {}

  /// Notes what attacks in a block are charged.
  public mutating func chargeAttacks(_ gas: UInt64, price: UInt64) {
    paidByAttacks += Wei(gas: gas, price: price)
  }

  /// Notes what a block is charged, or several.
  public mutating func charge(_ block: SealedBlock, _ charge: GasPricing.Charge) {
    gas += block.gas
    paid += Wei(gas: block.gas, price: charge.price)
    largestPrice = max(largestPrice, charge.price)
    guard let backlog = charge.backlog else { return }
    blocks += backlog.blocks
    backlogSum += backlog.blocks * backlog.mean
    largestBacklog = max(largestBacklog, backlog.largest)
  }
}

extension FeeRecord {
  /// The measures of a price that moves; of one that does not the scenario says all.
  public static let measures: [PartMeasure<FeePolicy, FeeRecord>] =
    prices.applies { $0.rule != .constant } + backlogs.applies { $0.rule == .arbos }

  private static let prices: [PartMeasure<FeePolicy, FeeRecord>] = [
    .init(
      .fee, "l2_wei_per_gas_mean", title: "Price of layer 2 gas, mean", unit: "wei/gas",
      rests: rests,
      "Price of layer 2 gas, mean over the gas of the blocks of the measured window."
    ) { share($1.paid.asDouble, of: Double($1.gas)) },
    .init(
      .fee, "l2_wei_per_gas_max", title: "Price of layer 2 gas, largest", unit: "wei/gas",
      rests: rests,
      "Largest price of layer 2 gas of a block of the measured window."
    ) { $1.gas > 0 ? Double($1.largestPrice) : nil },
  ]

  private static let backlogs: [PartMeasure<FeePolicy, FeeRecord>] = [
    .init(
      .fee, "l2_backlog_gas_mean", title: "Backlog of layer 2 gas, mean", unit: "gas", rests: rests,
      "Layer 2 gas above the lowest gas target that has gathered, mean over the blocks of the measured "
        + "window."
    ) { $1.blocks > 0 ? $1.backlogSum / $1.blocks : nil },
    .init(
      .fee, "l2_backlog_gas_max", title: "Backlog of layer 2 gas, largest", unit: "gas",
      rests: rests,
      "Layer 2 gas above the lowest gas target that has gathered, at most, in the measured window."
    ) { $1.blocks > 0 ? $1.largestBacklog : nil },
  ]

  private static let rests = PartMeasure<FeePolicy, FeeRecord>.Rests.journey(
    through: "sequencer", also: ["fees"])
}

extension FeePolicy {
  /// The measure of what users pay.
  public static let measures: [PartMeasure<FeePolicy, PostedTotals>] = [
    .init(
      .fee, "l2_wei_per_tx_mean", title: "Layer 2 fee per transaction", unit: "wei",
      rests: .journey(through: "sequencer", also: ["fees", "data_fees"]),
      "What users pay for layer 2 gas per transaction, and for data where that has a fee of its own."
    ) { $1.feePerTransaction }
  ]
}
