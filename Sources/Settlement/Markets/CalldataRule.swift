/// What the bytes that a transaction carries cost in execution gas.
public struct CalldataRule: Hashable, Sendable {
  /// Gas of any transaction (Yellow Paper, G_transaction: 21,000).
  public var transactionGas: UInt64 = 21_000
  /// Gas of a zero byte (EIP-2028: 4).
  public var zeroByteGas: UInt64 = 4
  /// Gas of any other byte (EIP-2028: 16).
  public var nonZeroByteGas: UInt64 = 16
  /// Whether data-heavy transactions pay at least 10 gas per token (EIP-7623, from Pectra).
  public var hasFloor: Bool

  /// A rule with or without the floor.
  public init(hasFloor: Bool) { self.hasFloor = hasFloor }

  /// Gas of a transaction with calldata.
  ///
  /// With tokens = zeros + 4·non-zeros, Ethereum's gas is 21000 + 4·tokens + execution (EIP-2028), and
  /// with the floor 21000 + max(4·tokens + execution, 10·tokens) (EIP-7623).
  ///
  /// - Parameters:
  ///   - zeroBytes: zero bytes of calldata.
  ///   - nonZeroBytes: other bytes of calldata.
  ///   - execution: gas that the transaction executes.
  public func gas(zeroBytes: UInt64, nonZeroBytes: UInt64, execution: UInt64) -> UInt64 {
    let standard = zeroByteGas * zeroBytes + nonZeroByteGas * nonZeroBytes + execution
    let floor = 10 * (zeroBytes + 4 * nonZeroBytes)
    return transactionGas + (hasFloor ? max(standard, floor) : standard)
  }
}
