/// How long an operator may delay messages from the host: less, the more it has delayed them before.
///
/// Messages that are sequenced later than a threshold use a buffer up, by no more than the blocks between one message
/// and the next; those that are sequenced in time fill it again. What a message may be delayed is at most what the
/// buffer has. A delay counts only when the next message is accounted for.
///
/// Source: `DelayBuffer.sol` (`deplete`, `replenish`, `bufferUpdate`, `update`) and `SequencerInbox.sol`
/// (`forceInclusion`, `delayBufferableBlocks`) of nitro-contracts, in its integers.
public struct DelayBuffer: Hashable, Sendable {
  /// What a contract says about it.
  public struct Policy: Hashable, Sendable {
    /// What the buffer has at most, and at first [blocks]; zero for no buffer.
    public var most: UInt64 = 0
    /// Delay of a message that uses nothing up [blocks].
    public var threshold: UInt64 = 150
    /// What is filled up for each block [1/10,000 blocks].
    public var replenishment: UInt64 = 500

    /// No buffer.
    public init() {}

    /// Whether there is one.
    public var isUsed: Bool { most > 0 }
  }

  private let policy: Policy
  /// What is left [blocks].
  public private(set) var blocks: UInt64
  /// The block of the last message that was accounted for, and by how many blocks it was delayed.
  private var lastBlock: UInt64 = 0
  private var lastDelay: UInt64 = 0

  /// A buffer that is full.
  public init(_ policy: Policy) {
    self.policy = policy
    blocks = policy.most
  }

  /// Whether there is one.
  var isUsed: Bool { policy.isUsed }

  /// What the buffer has for a message that came in a block.
  public func available(toMessageIn block: UInt64) -> UInt64 {
    let elapsed = block > lastBlock ? block - lastBlock : 0
    if lastDelay > policy.threshold {
      let unexpected = min(lastDelay - policy.threshold, elapsed)
      return max(blocks > unexpected ? blocks - unexpected : 0, policy.threshold)
    }
    return min(policy.most, blocks + elapsed * policy.replenishment / 10_000)
  }

  /// Accounts for a message that came in a block and is sequenced in another.
  public mutating func sequence(messageIn block: UInt64, at now: UInt64) {
    blocks = available(toMessageIn: block)
    lastBlock = block
    lastDelay = now - block
  }
}
