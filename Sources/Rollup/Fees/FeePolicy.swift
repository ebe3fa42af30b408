import Declarations
import Ledger

/// What users of a rollup pay.
public struct FeePolicy: Hashable, Sendable {
  /// Price of layer 2 gas [wei per gas].
  public var gasPrice: UInt64

  /// Fees at this price.
  public init(gasPrice: UInt64) { self.gasPrice = gasPrice }

  /// What a scenario can say about fees.
  public static let parameters: [PartParameter<FeePolicy>] = [
    .whole("l2_gas_price", .weiPerGas, \.gasPrice, "Price of layer 2 gas.", affects: [.fee])
  ]

  /// The measures of what users pay.
  public static let measures: [PartMeasure<FeePolicy, PostedTotals>] = [
    .init(
      .fee, "l2_wei_per_tx_mean", unit: "wei", rests: .parts(["workload", "fees"]),
      "What users pay for layer 2 gas per transaction."
    ) { $1.perTransaction($1.feePaid.asDouble) }
  ]
}
