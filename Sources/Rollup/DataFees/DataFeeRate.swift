import Ledger

/// What a transaction pays for its data while prices stay what they are, in the integers of the protocols.
///
/// Products of two words of 128 bits are kept in 256.
/// Sources: OP Stack specification, Execution Engine, "L1-Cost fees" (Bedrock with Regolith's count, Ecotone, Fjord);
/// OffchainLabs/nitro, `arbos/l1pricing/l1pricing.go`, `GetPosterInfo`; matter-labs/zksync-era, `fee_model.rs`,
/// `compute_batch_fee_model_input_v2` with its default parts of an overhead, none for gas and all of it for bytes.
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
  /// 1e6; of `arbos` per unit and of `era` per byte [wei].
  let price: UInt128

  /// A rate.
  ///
  /// - Parameters:
  ///   - zeroByteShare: of bytes as users sign them.
  ///   - estimate: what the rollup's own compressor gives of a byte.
  ///   - overhead: gas of each transaction beside its data.
  ///   - price: what the size is multiplied with, times 1e6 but of `arbos` and `era` [wei].
  package init(
    rule: DataFees.Policy.Rule, zeroByteShare: Double = 0, estimate: Double = 1,
    overhead: UInt64 = 0, price: UInt128
  ) {
    self.rule = rule
    self.zeroByteShare = zeroByteShare
    self.estimate = estimate
    self.overhead = overhead
    self.price = price
  }

  /// The fee for the data of a transaction.
  ///
  /// - Parameter bytes: its size as it is signed.
  public func fee(bytes: UInt64) -> Wei {
    switch rule {
    case .none: .zero
    case .bedrock: charge(UInt128(calldataGas(bytes) + overhead), over: 1_000_000)
    case .ecotone: charge(UInt128(calldataGas(bytes)), over: 16_000_000)
    case .fjord: charge(UInt128(size(bytes)), over: 1_000_000_000_000)
    case .arbos: charge(UInt128(units(bytes)), over: 1)
    case .era: charge(UInt128((estimate * Double(bytes)).rounded()), over: 1)
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

  /// The price of a byte on ZKsync Era: that of a blob's, and a part of a batch's gas, rounded up.
  package static func published(
    blobBaseFee: UInt64, baseFee: UInt64, batchGas: UInt64, batchBytes: UInt64
  ) -> UInt128 {
    let overhead = UInt128(batchGas) * UInt128(baseFee)
    return UInt128(blobBaseFee) + (overhead + UInt128(batchBytes) - 1) / UInt128(batchBytes)
  }

  /// The price of a byte from Ecotone on: 16 · scalar · base fee + blob scalar · blob base fee.
  package static func byte(
    baseFee: UInt64, scalar: UInt64, blobBaseFee: UInt64, blobScalar: UInt64
  ) -> UInt128 {
    16 * UInt128(scalar) * UInt128(baseFee) + UInt128(blobScalar) * UInt128(blobBaseFee)
  }
}
