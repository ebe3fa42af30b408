import Ledger

/// What a transaction pays for its data while prices stay what they are, in the integers of the protocols.
///
/// Products of two words of 128 bits are kept in 256.
/// Sources: OP Stack specification, Execution Engine, "L1-Cost fees" (Bedrock with Regolith's count, Ecotone, Fjord);
/// OffchainLabs/nitro, `arbos/l1pricing/l1pricing.go`, `GetPosterInfo`; of ZKsync Era see `EraDataPrice`, of Starknet
/// `StarknetDataPrice`.
public struct DataFeeRate: Hashable, Sendable {
  /// How much data a transaction counts for.
  let sizes: DataSizeRule
  /// What the size is multiplied with: of `bedrock` per gas, of `ecotone` per 16 gas, of `fjord` per byte, all times
  /// 1e6; of `arbos` per unit, of `era` per byte and of `starknet` per gas [wei].
  let price: UInt128

  /// What a transaction adds to a state difference.
  package struct Difference: Hashable, Sendable {
    let carrier: DataCarrier
    /// Its words; nil where they follow from what it writes.
    let words: UInt64?
    let contracts: UInt64

    /// Nothing, unless something is said.
    ///
    /// - Parameters:
    ///   - carrier: what its words are published in.
    ///   - words: how many; nil where they follow from what it writes.
    ///   - contracts: how many it changes.
    package init(carrier: DataCarrier = .blobs, words: UInt64? = 0, contracts: UInt64 = 0) {
      (self.carrier, self.words, self.contracts) = (carrier, words, contracts)
    }

    /// What it takes [gas].
    func gas(writes: UInt64) -> UInt64 {
      let words = words ?? StarknetDataPrice.words(writes: writes, contracts: contracts)
      return StarknetDataPrice.gas(words: words, contracts: contracts, in: carrier)
    }
  }

  /// A rate.
  ///
  /// - Parameters:
  ///   - zeroByteShare: of bytes as users sign them.
  ///   - estimate: what the rollup's own compressor gives of a byte.
  ///   - overhead: gas of each transaction beside its data.
  ///   - price: what the size is multiplied with, times 1e6 but of `arbos`, `era` and `starknet` [wei].
  ///   - difference: what a transaction adds to the state difference.
  package init(
    rule: DataFees.Policy.Rule, zeroByteShare: Double = 0, estimate: Double = 1,
    overhead: UInt64 = 0, price: UInt128, difference: Difference = Difference()
  ) {
    sizes = DataSizeRule(
      rule: rule, zeroByteShare: zeroByteShare, estimate: estimate, overhead: overhead,
      difference: difference)
    self.price = price
  }

  /// The fee for the data of a transaction.
  ///
  /// - Parameters:
  ///   - bytes: its size as it is signed.
  ///   - writes: how often it writes to storage slots, where that is known.
  public func fee(bytes: UInt64, writes: UInt64 = 0) -> Wei {
    charge(UInt128(sizes.size(bytes: bytes, writes: writes)))
  }

  /// What a size is charged, rounded down to the wei.
  ///
  /// The sizes of several transactions together are charged less than a wei more for each than they would be one by
  /// one, and by `arbos`, `era` and `starknet` as much.
  func charge(_ size: UInt128) -> Wei { Wei(Int128(size.times(price, over: sizes.divisor))) }

  /// The price of a byte from Ecotone on: 16 · scalar · base fee + blob scalar · blob base fee.
  package static func byte(
    baseFee: UInt64, scalar: UInt64, blobBaseFee: UInt64, blobScalar: UInt64
  ) -> UInt128 {
    16 * UInt128(scalar) * UInt128(baseFee) + UInt128(blobScalar) * UInt128(blobBaseFee)
  }
}
