import Declarations
import EventKernel

/// Starknet's price of data, in the integers of its sequencer.
///
/// Base fee and blob base fee of the settlement chain are means over its last blocks, of which the newest is as old as
/// a lag, rounded down. Gas costs the one and a tip, data gas a part of the other, since what is published is
/// compressed; both stay within bounds. A transaction pays for the words that it adds to the state difference, as if it
/// were published alone: in blobs each is 32 of data gas, in calldata some 551 of gas. Who pays in STRK pays the same
/// in wei, as all prices are converted at one rate.
///
/// Prices change with blocks of the settlement chain here, and with those of the rollup there; that is the same where
/// the lag is a number of slots and none of them is missed. Before a block is as old as the lag the first one counts,
/// where the sequencer keeps its last prices, and begins with its least. Words of classes and of messages are left out,
/// and a slot that a transaction writes twice counts twice.
/// Source: starkware-libs/sequencer at 60161ba7: `crates/apollo_l1_gas_price/src/l1_gas_price_provider.rs`
/// (`get_price_info`), `crates/apollo_consensus_orchestrator/src/utils.rs` (`apply_fee_transformations`), values of
/// `crates/apollo_deployments/resources/app_configs`.
public struct StarknetDataPrice: Hashable, Sendable {
  /// Blocks of the settlement chain of a mean.
  public var window = 300
  /// Age of the newest of them; 300 s until 2025-09-08.
  public var lag = SimDuration.seconds(600)
  /// What data gas costs over the mean blob base fee [thousandths].
  public var multiplier: UInt64 = 135
  /// What gas costs beyond the mean base fee [wei per gas].
  public var tip: UInt64 = 1_000_000_000
  /// The least price of gas [wei per gas].
  public var leastGasPrice: UInt64 = 1_000_000_000
  /// The largest [wei per gas].
  public var mostGasPrice: UInt64 = 200_000_000_000
  /// The least price of data gas [wei per gas].
  public var leastDataPrice: UInt64 = 1
  /// The largest [wei per gas].
  public var mostDataPrice: UInt64 = 1_000_000_000_000_000_000
  /// Words that a transaction adds to the state difference, where what it writes is not known.
  ///
  /// Those of a transfer of the coin that pays the fee: two balances, and the nonce of who sends it.
  public var words: UInt64 = 6
  /// Contracts that a transaction changes, beside that of the coin in which fees are paid.
  public var contracts: UInt64 = 1

  /// The values of mainnet.
  package init() {}

  /// The price of what data in a carrier takes, of what blocks have charged [wei per gas].
  package func price(in carrier: DataCarrier, of fees: [ObservedFees]) -> UInt64 {
    let mean = Self.mean(fees.map { $0.fee(of: carrier) })
    return switch carrier {
    case .calldata: Self.clamped(mean + UInt128(tip), leastGasPrice, mostGasPrice)
    case .blobs:
      Self.clamped(mean * UInt128(multiplier) / 1000, leastDataPrice, mostDataPrice)
    }
  }

  /// The mean, rounded down.
  private static func mean(_ fees: [UInt64]) -> UInt128 {
    fees.reduce(UInt128(0)) { $0 + UInt128($1) } / UInt128(fees.count)
  }

  private static func clamped(_ price: UInt128, _ least: UInt64, _ most: UInt64) -> UInt64 {
    UInt64(min(max(price, UInt128(least)), UInt128(most)))
  }

  /// Words of a state difference: a key and a value of each slot, and two of each contract.
  ///
  /// The contract of the coin that pays fees counts with the block and with no transaction.
  /// Source: starkware-libs/sequencer at 60161ba7, `crates/blockifier/src/fee/gas_usage.rs`
  /// (`get_onchain_data_segment_length`), `crates/blockifier/src/state/cached_state.rs` (`count_for_fee_charge`).
  package static func words(writes: UInt64, contracts: UInt64) -> UInt64 {
    2 * (writes + contracts)
  }

  /// What so many words take in a carrier [gas]: data gas in blobs, gas in calldata.
  ///
  /// A word of calldata is 512 of gas and 100 for its proof, less a tenth; the second word of a contract has 6 bytes
  /// that are not zero, and the balance that pays the fee 12.
  /// Source: starkware-libs/sequencer at 60161ba7, `crates/blockifier/src/fee/gas_usage.rs` (`get_da_gas_cost`) and
  /// `eth_gas_constants.rs`.
  package static func gas(
    words: UInt64, contracts: UInt64, in carrier: DataCarrier
  ) -> UInt64 {
    switch carrier {
    case .blobs: return 32 * words
    case .calldata:
      let gas = 551 * words
      return gas - min(gas, 312 * contracts + 240)
    }
  }
}

extension StarknetDataPrice {
  static let parameters: [PartParameter<StarknetDataPrice>] = [
    .whole(
      "window", .count, \.window,
      "Blocks of the settlement chain over whose fees the price of data takes the mean."
    ).titled("Blocks of a mean of past fees"),
    .duration("lag_time", \.lag, "Age of the newest of the blocks over which fees have their mean.")
      .titled("Age of the newest of past fees"),
    .whole(
      "multiplier", .count, \.multiplier,
      "What data gas is charged over the mean blob base fee, in thousandths."
    ).titled("Multiplier of the mean blob base fee"),
    .whole("tip", .weiPerGas, \.tip, "What gas of data is charged beyond the mean base fee.")
      .titled("Tip on the mean base fee"),
    .whole("least_gas_price", .weiPerGas, \.leastGasPrice, "Least price of gas of data."),
    .whole("most_gas_price", .weiPerGas, \.mostGasPrice, "Largest price of gas of data."),
    .whole("least_data_price", .weiPerGas, \.leastDataPrice, "Least price of data gas."),
    .whole("most_data_price", .weiPerGas, \.mostDataPrice, "Largest price of data gas."),
    .whole(
      "words", .count, \.words,
      "Words of state difference that a transaction is charged for, where it publishes no slots."
    ).titled("Words of a transaction in fees for data"),
    .whole(
      "contracts", .count, \.contracts,
      "Contracts that a transaction changes, beside that of the coin that pays its fee."
    ).titled("Contracts that a transaction changes"),
  ]

  /// States what holds of any price of data.
  func check(_ expect: inout Expectations) {
    expect((1...10_000).contains(window), "window", "expected from 1 to 10,000 blocks")
    expect(lag <= .days(1), "lag_time", "expected at most 1 d")
    expect(multiplier <= 1_000_000, "multiplier", "expected at most 1,000,000")
    expect(tip <= 1_000_000_000_000_000, "tip", "expected at most 1e15 wei")
    for (least, most, kind) in [
      (leastGasPrice, mostGasPrice, "gas"), (leastDataPrice, mostDataPrice, "data"),
    ] {
      expect(
        least <= most && most <= 1_000_000_000_000_000_000,
        ["most_\(kind)_price", "least_\(kind)_price"],
        "expected the least price or more, and at most 1e18 wei")
    }
    expect(words <= 1_000_000, "words", "expected at most 1,000,000 words")
    expect(contracts <= 10_000, "contracts", "expected at most 10,000 contracts")
  }
}
