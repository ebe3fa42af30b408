import Ledger

/// How a chain moves the base fee of execution gas from block to block: EIP-1559.
///
/// Source: EIP-1559, "Specification", in the integer arithmetic of the protocol. The OP Stack uses
/// the same rule with other constants.
public struct ExecutionFeeRule: Hashable, Sendable {
  /// Whether the fee moves at all.
  public enum Kind: String, CaseIterable, Sendable {
    /// By EIP-1559.
    case eip1559
    /// It stays what it is.
    case constant
  }

  /// Whether the fee moves at all.
  public var kind = Kind.eip1559
  /// Gas limit over gas target.
  public var elasticity: UInt64
  /// The largest relative step of the fee is one over this.
  public var denominator: UInt64

  /// A rule with the given constants.
  public init(elasticity: UInt64, denominator: UInt64) {
    self.elasticity = elasticity
    self.denominator = denominator
  }

  /// Ethereum since London.
  public static let ethereum = ExecutionFeeRule(elasticity: 2, denominator: 8)

  /// The base fee of the next block.
  ///
  /// That of `BaseFee.next` with the target limit / elasticity, rounded down.
  ///
  /// - Parameters:
  ///   - baseFee: of this block [wei per gas].
  ///   - gasUsed: by this block [gas], at most `gasLimit`.
  ///   - gasLimit: of this block [gas], at least `elasticity`.
  /// - Returns: the fee [wei per gas], or nil if it exceeds 64 bits.
  public func nextBaseFee(after baseFee: UInt64, gasUsed: UInt64, gasLimit: UInt64) -> UInt64? {
    if kind == .constant { return baseFee }
    return BaseFee.next(
      after: baseFee, used: gasUsed, target: gasLimit / elasticity, denominator: denominator)
  }
}
