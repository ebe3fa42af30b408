/// How a chain prices blobs: EIP-4844 with the schedule of a fork.
///
/// Sources: EIP-4844 (fee and excess), EIP-7691 (Pectra), EIP-7892 (blob-parameter-only forks),
/// EIP-7918 (reserve price, from Osaka).
public struct BlobFeeRule: Hashable, Sendable {
  /// Gas, and bytes, of one blob (EIP-4844).
  public static let gasPerBlob: UInt64 = 131_072
  /// Execution gas whose cost one blob must at least match (EIP-7918).
  static let reserveExecutionGas: UInt64 = 8192

  /// Blobs per block at which the fee stands still.
  public var target: UInt64
  /// Blobs that fit into a block.
  public var limit: UInt64
  /// Denominator of the exponent of the fee.
  public var updateFraction: UInt64
  /// Whether the fee is held above a share of the execution base fee (EIP-7918).
  public var hasReservePrice: Bool

  /// A rule with the given schedule.
  public init(target: UInt64, limit: UInt64, updateFraction: UInt64, hasReservePrice: Bool) {
    self.target = target
    self.limit = limit
    self.updateFraction = updateFraction
    self.hasReservePrice = hasReservePrice
  }

  /// The fee per unit of blob gas [wei], or nil if it exceeds 64 bits.
  ///
  /// fake_exponential(1, excess, updateFraction).
  ///
  /// - Parameter excess: excess blob gas of the block.
  public func baseFee(excess: UInt64) -> UInt64? {
    Self.fakeExponential(factor: 1, numerator: excess, denominator: updateFraction)
  }

  /// The least excess blob gas at which the fee reaches `baseFee`, by bisection.
  func excess(reaching baseFee: UInt64) -> UInt64 {
    // e^45 exceeds 64 bits, so the fee does long before this excess.
    var range: Range<UInt64> = 0..<45 * updateFraction
    while !range.isEmpty {
      let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
      let isReached = self.baseFee(excess: middle).map { $0 >= baseFee } ?? true
      range = isReached ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }

  /// Excess blob gas of the next block.
  ///
  /// - Parameters:
  ///   - excess: of this block.
  ///   - blobs: in this block, at most `limit`.
  ///   - baseFee: execution base fee of this block [wei per gas].
  public func nextExcess(after excess: UInt64, blobs: UInt64, baseFee: UInt64) -> UInt64 {
    let used = blobs * Self.gasPerBlob
    return nextExcess(after: excess, used: used, baseFee: baseFee)
  }

  func nextExcess(after excess: UInt64, used: UInt64, baseFee: UInt64) -> UInt64 {
    let targetGas = target * Self.gasPerBlob
    guard excess + used >= targetGas else { return 0 }
    if hasReservePrice, limit > 0, isBelowReserve(excess: excess, baseFee: baseFee) {
      return excess + used * (limit - target) / limit
    }
    return excess + used - targetGas
  }

  /// EIP-7918: whether a blob's share of execution gas costs more than its blob gas.
  private func isBelowReserve(excess: UInt64, baseFee: UInt64) -> Bool {
    guard let blobFee = self.baseFee(excess: excess) else { return false }
    return UInt128(Self.reserveExecutionGas) * UInt128(baseFee)
      > UInt128(Self.gasPerBlob) * UInt128(blobFee)
  }

  /// factor·e^(numerator/denominator) by its Taylor series in integers (EIP-4844, "Helpers").
  ///
  /// - Returns: nil if an intermediate or the result does not fit.
  static func fakeExponential(factor: UInt64, numerator: UInt64, denominator: UInt64) -> UInt64? {
    var output: UInt128 = 0
    var term = UInt128(factor) * UInt128(denominator)
    var index: UInt128 = 1
    while term > 0 {
      output += term
      let (product, overflow) = term.multipliedReportingOverflow(by: UInt128(numerator))
      if overflow { return nil }
      term = product / (UInt128(denominator) * index)
      index += 1
    }
    return UInt64(exactly: output / UInt128(denominator))
  }
}
