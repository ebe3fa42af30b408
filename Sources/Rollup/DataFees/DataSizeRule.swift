/// How much data a transaction counts for, in the whole numbers of the rule by which it pays.
///
/// The size never falls as bytes are added. Sources are those of `DataFeeRate`.
struct DataSizeRule: Hashable, Sendable {
  /// Units of data in a byte, as gas of calldata.
  private static let unitsPerByte: UInt64 = 16
  /// The size of Fjord's regression where the compressor gives nothing, and for each byte that it gives, times 1e6.
  private static let (intercept, slope): (Int64, Int64) = (-42_585_600, 836_500)
  /// The least size that Fjord charges, times 1e6.
  private static let leastOfFjord: Int64 = 100_000_000

  let rule: DataFees.Policy.Rule
  let zeroByteShare: Double
  let estimate: Double
  /// Gas beside that of the data.
  let overhead: UInt64
  /// What a transaction adds to the state difference, on Starknet.
  let difference: DataFeeRate.Difference

  /// The size of a transaction: gas by `bedrock` and `ecotone`, bytes times 1e6 by `fjord`, units by `arbos`, bytes by
  /// `era`, and gas or data gas by `starknet`.
  ///
  /// - Parameters:
  ///   - bytes: its bytes as it is signed.
  ///   - writes: how often it writes to storage slots, where that is known.
  func size(bytes: UInt64, writes: UInt64 = 0) -> UInt64 {
    switch rule {
    case .none: 0
    case .bedrock: calldataGas(bytes) + overhead
    case .ecotone: calldataGas(bytes)
    case .fjord: UInt64(Self.size(ofCompressed: Int64(compressed(bytes))))
    case .arbos: Self.unitsPerByte * compressed(bytes)
    case .era: compressed(bytes)
    case .starknet: difference.gas(writes: writes)
    }
  }

  /// The size of a transaction without bytes, where it writes to no slots: none counts for less.
  var least: UInt64 { size(bytes: 0) }

  /// What the product of size and price is divided by.
  var divisor: UInt128 {
    switch rule {
    case .bedrock: 1_000_000
    case .ecotone: 16_000_000
    case .fjord: 1_000_000_000_000
    case .none, .arbos, .era, .starknet: 1
    }
  }

  /// Fjord's estimate of what so many bytes of FastLZ add to a batch [B], times 1e6.
  static func size(ofCompressed bytes: Int64) -> Int64 {
    max(leastOfFjord, intercept + slope * bytes)
  }

  /// Gas of the transaction as calldata: 4 for a zero byte, 16 for another.
  private func calldataGas(_ bytes: UInt64) -> UInt64 {
    let zeros = UInt64((zeroByteShare * Double(bytes)).rounded())
    return 4 * zeros + 16 * (bytes - zeros)
  }

  /// What the rollup's quick compressor makes of it [B].
  private func compressed(_ bytes: UInt64) -> UInt64 {
    UInt64((estimate * Double(bytes)).rounded())
  }
}
