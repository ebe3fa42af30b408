/// How a chain prices blobs: EIP-4844 with the schedule of a fork.
///
/// Sources: EIP-4844 (fee and excess), EIP-7691 (Pectra), EIP-7892 (blob-parameter-only forks),
/// EIP-7918 (reserve price, from Osaka), EIP-7762 (proposed: a higher minimum).
public struct BlobFeeRule: Hashable, Sendable {
  /// Gas, and bytes, of one blob (EIP-4844).
  public static let gasPerBlob: UInt64 = 131_072
  /// Execution gas whose cost one blob must at least match (EIP-7918).
  static let reserveExecutionGas: UInt64 = 8192

  /// Update fractions beyond which the series of the fee leaves 128 bits.
  static var updateFractions: ClosedRange<UInt64> { 1...1_000_000_000 }

  /// Minima that leave room for the fee above them.
  static var minimumFees: ClosedRange<UInt64> { 1...1_000_000_000_000_000 }

  /// Blobs per block at which the fee stands still.
  public var target: UInt64
  /// Blobs that fit into a block.
  public var limit: UInt64
  /// Blobs of one transaction at most; 0 for as many as fit into a block (before EIP-7594).
  public var transactionLimit: UInt64 = 0
  /// Denominator of the exponent of the fee.
  public var updateFraction: UInt64
  /// The fee at no excess, below which it never falls [wei per blob gas].
  ///
  /// MIN_BASE_FEE_PER_BLOB_GAS: 1 in EIP-4844, 2^25 as EIP-7762 proposes.
  public var minimumFee: UInt64 = 1
  /// Whether the fee is held above a share of the execution base fee (EIP-7918).
  public var hasReservePrice: Bool

  /// A rule with the given schedule.
  public init(target: UInt64, limit: UInt64, updateFraction: UInt64, hasReservePrice: Bool) {
    self.target = target
    self.limit = limit
    self.updateFraction = updateFraction
    self.hasReservePrice = hasReservePrice
  }

  /// Blobs that one transaction can have.
  public var mostPerTransaction: UInt64 {
    transactionLimit == 0 ? limit : min(limit, transactionLimit)
  }

  /// The fee per unit of blob gas [wei], or nil if it exceeds 64 bits.
  ///
  /// fake_exponential(MIN_BASE_FEE_PER_BLOB_GAS, excess, updateFraction) (EIP-4844).
  ///
  /// - Parameter excess: excess blob gas of the block.
  public func baseFee(excess: UInt64) -> UInt64? {
    Self.fakeExponential(factor: minimumFee, numerator: excess, denominator: updateFraction)
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
  ///   - blobBaseFee: that of `excess` [wei per blob gas], if known; it takes long to compute.
  public func nextExcess(
    after excess: UInt64, blobs: UInt64, baseFee: UInt64, blobBaseFee: UInt64? = nil
  ) -> UInt64 {
    let used = blobs * Self.gasPerBlob
    return nextExcess(after: excess, used: used, baseFee: baseFee, blobBaseFee: blobBaseFee)
  }

  func nextExcess(
    after excess: UInt64, used: UInt64, baseFee: UInt64, blobBaseFee: UInt64? = nil
  ) -> UInt64 {
    let targetGas = target * Self.gasPerBlob
    guard excess + used >= targetGas else { return 0 }
    if hasReservePrice, limit > 0,
      let blobBaseFee = blobBaseFee ?? self.baseFee(excess: excess),
      Self.isBelowReserve(blobBaseFee, baseFee: baseFee)
    {
      return excess + used * (limit - target) / limit
    }
    return excess + used - targetGas
  }

  /// EIP-7918: whether a blob's share of execution gas costs more than its blob gas.
  private static func isBelowReserve(_ blobBaseFee: UInt64, baseFee: UInt64) -> Bool {
    UInt128(reserveExecutionGas) * UInt128(baseFee) > UInt128(gasPerBlob) * UInt128(blobBaseFee)
  }

  /// factor·e^(numerator/denominator) by its Taylor series in integers (EIP-4844, "Helpers").
  ///
  /// - Returns: nil if an intermediate or the result does not fit.
  static func fakeExponential(factor: UInt64, numerator: UInt64, denominator: UInt64) -> UInt64? {
    let series = TaylorSeries(numerator: numerator, denominator: denominator)
    var output: UInt128 = 0
    var term = UInt128(factor) * UInt128(denominator)
    var index: UInt64 = 1
    while term > 0 {
      output += term
      guard let next = series.term(index, after: term) else { return nil }
      term = next
      index += 1
    }
    return UInt64(exactly: output / UInt128(denominator))
  }
}

/// How the terms of e^(numerator/denominator) follow each other, every one rounded down.
///
/// A term inherits the rounding of all before it, so each has to be exact; and each waits for the
/// one before, so the series takes as long as a step has latency. Division is slow; a small term is
/// multiplied by a reciprocal instead.
private struct TaylorSeries {
  /// Integral bits of `scaledExponent`: they hold any exponent of a fee that fits into 64 bits.
  private static let integralBits: UInt64 = 6

  private let numerator: UInt64
  private let denominator: UInt64
  /// ⌊2^58·numerator/denominator⌋, or nil if it does not fit.
  private let scaledExponent: UInt64?

  init(numerator: UInt64, denominator: UInt64) {
    self.numerator = numerator
    self.denominator = denominator
    let scaled = numerator.multipliedFullWidth(by: 1 << (64 - Self.integralBits))
    scaledExponent =
      scaled.high < denominator ? denominator.dividingFullWidth(scaled).quotient : nil
  }

  /// ⌊term·numerator/(denominator·index)⌋, or nil if an intermediate does not fit.
  func term(_ index: UInt64, after term: UInt128) -> UInt128? {
    if let next = smallTerm(index, after: term) { return UInt128(next) }
    let (product, overflow) = term.multipliedReportingOverflow(by: UInt128(numerator))
    return overflow ? nil : product / (UInt128(denominator) * UInt128(index))
  }

  /// The same where one multiplication finds it, or else nil.
  ///
  /// The factor ⌊2^58·numerator/(denominator·index)⌋ is short by less than 1, so with a term under
  /// 2^58 the guess is the quotient or 1 less. The remainder, under 2^64, tells which: a branch that
  /// is predicted, so that the next term does not wait for it.
  private func smallTerm(_ index: UInt64, after term: UInt128) -> UInt64? {
    let (divisor, overflow) = denominator.multipliedReportingOverflow(by: index)
    guard let scaledExponent, !overflow, divisor < 1 << 63,
      term < 1 << (64 - Self.integralBits)
    else { return nil }
    let term = UInt64(truncatingIfNeeded: term)
    let guess = (term << Self.integralBits).multipliedFullWidth(by: scaledExponent / index).high
    let remainder = term &* numerator &- guess &* divisor
    return remainder < divisor ? guess : nil
  }
}
