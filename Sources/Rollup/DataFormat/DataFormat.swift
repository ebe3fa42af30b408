/// What a batch publishes of its transactions.
public enum DataFormat: String, CaseIterable, Sendable {
  /// The transactions themselves.
  case transactions
  /// The storage slots that they have written, each once, with the last value.
  ///
  /// Source: ZKsync, `docs.zksync.io/zksync-protocol/rollup/pubdata-compression`; Starknet,
  /// `docs.starknet.io/architecture/data-availability`.
  case stateDifferences = "state_differences"
}

/// Storage slots that transactions have written together.
public struct SlotCounts: Hashable, Sendable, BitwiseCopyable {
  /// Different slots that were there before.
  public internal(set) var known = 0
  /// Slots that nobody wrote before.
  public internal(set) var new = 0

  /// All different slots.
  public var distinct: Int { known + new }
}
