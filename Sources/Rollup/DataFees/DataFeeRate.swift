import Ledger

/// What a transaction pays for its data while prices stay what they are, in the integers of the protocols.
///
/// Products of two words of 128 bits are kept in 256.
/// Sources: OP Stack specification, Execution Engine, "L1-Cost fees" (Bedrock with Regolith's count, Ecotone, Fjord);
/// OffchainLabs/nitro, `arbos/l1pricing/l1pricing.go`, `GetPosterInfo`; of ZKsync Era see `EraDataPrice`, of Starknet
/// `StarknetDataPrice`.
public struct DataFeeRate: Hashable, Sendable {
  /// Units of data in a byte, as gas of calldata.
  static let unitsPerByte: UInt64 = 16
  /// The size of Fjord's regression where the compressor gives nothing, and for each byte that it gives, times 1e6.
  static let (intercept, slope): (Int64, Int64) = (-42_585_600, 836_500)
  /// The least size that Fjord charges, times 1e6.
  static let leastSize: Int64 = 100_000_000

  let rule: DataFees.Policy.Rule
  let zeroByteShare: Double
  let estimate: Double
  /// Gas beside that of the data.
  let overhead: UInt64
  /// What the size is multiplied with: of `bedrock` per gas, of `ecotone` per 16 gas, of `fjord` per byte, all times
  /// 1e6; of `arbos` per unit, of `era` per byte and of `starknet` per gas [wei].
  let price: UInt128
  /// What a transaction adds to the state difference, on Starknet.
  let difference: Difference

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
    self.rule = rule
    self.zeroByteShare = zeroByteShare
    self.estimate = estimate
    self.overhead = overhead
    self.price = price
    self.difference = difference
  }

  /// The fee for the data of a transaction.
  ///
  /// - Parameters:
  ///   - bytes: its size as it is signed.
  ///   - writes: how often it writes to storage slots, where that is known.
  public func fee(bytes: UInt64, writes: UInt64 = 0) -> Wei {
    switch rule {
    case .none: .zero
    case .bedrock: charge(UInt128(calldataGas(bytes) + overhead), over: 1_000_000)
    case .ecotone: charge(UInt128(calldataGas(bytes)), over: 16_000_000)
    case .fjord: charge(UInt128(size(bytes)), over: 1_000_000_000_000)
    case .arbos: charge(UInt128(units(bytes)), over: 1)
    case .era: charge(UInt128((estimate * Double(bytes)).rounded()), over: 1)
    case .starknet: charge(UInt128(difference.gas(writes: writes)), over: 1)
    }
  }

  /// Gas of the transaction as calldata: 4 for a zero byte, 16 for another.
  func calldataGas(_ bytes: UInt64) -> UInt64 {
    let zeros = UInt64((zeroByteShare * Double(bytes)).rounded())
    return 4 * zeros + 16 * (bytes - zeros)
  }

  /// Fjord's estimate of what it adds to a batch [B], times 1e6.
  func size(_ bytes: UInt64) -> Int64 {
    Self.size(ofCompressed: Int64((estimate * Double(bytes)).rounded()))
  }

  /// The same of what FastLZ makes of it.
  public static func size(ofCompressed bytes: Int64) -> Int64 {
    max(leastSize, intercept + slope * bytes)
  }

  /// Units of data, by what the rollup's quick compressor makes of it.
  func units(_ bytes: UInt64) -> UInt64 {
    Self.unitsPerByte * UInt64((estimate * Double(bytes)).rounded())
  }

  private func charge(_ size: UInt128, over divisor: UInt128) -> Wei {
    Wei(Int128(size.times(price, over: divisor)))
  }

  /// The price of a byte from Ecotone on: 16 · scalar · base fee + blob scalar · blob base fee.
  package static func byte(
    baseFee: UInt64, scalar: UInt64, blobBaseFee: UInt64, blobScalar: UInt64
  ) -> UInt128 {
    16 * UInt128(scalar) * UInt128(baseFee) + UInt128(blobScalar) * UInt128(blobBaseFee)
  }
}
