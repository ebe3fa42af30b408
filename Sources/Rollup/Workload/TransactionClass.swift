/// The kinds of transactions that users send.
public enum TransactionClass: Int, CaseIterable, Sendable {
  /// Moves the native coin.
  case transfer
  /// Moves a fungible token.
  case tokenTransfer
  /// Trades on an automated market maker.
  case swap
  /// Creates a non-fungible token.
  case mint
  /// Brings value in from the settlement chain.
  case deposit
  /// Takes value out to the settlement chain.
  case withdrawal
  /// Moves value under a zero-knowledge proof of its own.
  case privateTransfer
  /// Calls a contract of another rollup.
  case crossRollupCall
  /// Creates a contract.
  case deployment
  /// Sent to do harm, as by proofs that take long: whoever sends it is no user, and what he pays counts apart.
  case attack
}
