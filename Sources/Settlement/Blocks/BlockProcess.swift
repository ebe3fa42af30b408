import EventKernel
import Randomness

/// When a chain makes blocks.
public enum BlockProcess: String, CaseIterable, Sendable {
  /// At fixed slots, each of which may stay empty (proof of stake).
  case slots
  /// After exponentially distributed intervals (proof of work): the search for a block is memoryless.
  case exponential
}

/// The clock of a chain: how long until its next slot.
struct BlockClock: ~Copyable {
  private let process: BlockProcess
  private let slot: SimDuration
  private var stream: RandomStream

  init(_ policy: SettlementPolicy, seed: UInt64, replication: UInt64) {
    process = policy.blockProcess
    slot = policy.slot
    stream = RandomStream(seed: seed, replication: replication, name: "settlement.block_times")
  }

  /// Time from one slot to the next.
  mutating func interval() -> SimDuration {
    switch process {
    case .slots: slot
    case .exponential: .exponential(mean: slot, &stream)
    }
  }

  /// The share of a block's usual demand that arrives in `elapsed`.
  ///
  /// At slots, demand is stated per block.
  func demandShare(in elapsed: SimDuration) -> Double {
    switch process {
    case .slots: 1
    case .exponential: elapsed.seconds / slot.seconds
    }
  }
}

extension BlockClock: Splittable {
  func copy(drawing draws: Draws) -> BlockClock { BlockClock(copying: self, draws) }

  private init(copying other: borrowing BlockClock, _ draws: Draws) {
    process = other.process
    slot = other.slot
    stream = other.stream.copy(drawing: draws)
  }
}

extension SimDuration {
  /// A memoryless time; what exceeds the clock counts as 30 years.
  static func exponential(mean: SimDuration, _ stream: inout RandomStream) -> SimDuration {
    SimDuration(drawn: stream.exponential(mean: mean.seconds))
  }
}
