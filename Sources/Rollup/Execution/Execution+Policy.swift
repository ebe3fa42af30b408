import EventKernel
import Randomness

extension Execution {
  /// What a scenario says about how the sequencer's machine executes transactions.
  public struct Policy: Hashable, Sendable {
    /// Whether transactions take time, and which of them run side by side.
    public var mode = Mode.unlimited
    /// How many transactions run side by side.
    public var lanes = 8
    /// Layer 2 gas that one lane executes [gas/s].
    public var laneSpeed: UInt64 = 100_000_000
    /// What a transaction takes beside its gas.
    public var overhead = SimDuration.zero
    /// The share of the time between blocks in which one is executed.
    public var budget = 1.0
    /// The share of a transaction's time that runs on one lane, after all of its block: state root, commit.
    public var serialShare = 0.0
    /// What one validation of an optimistic execution takes, as a share of the execution.
    public var validationShare = 0.02
    /// By how much each lane beside it slows down a lane that executes: caches, memory.
    public var interference = 0.0
    /// What transactions read and write.
    public var access = AccessPolicy()

    /// Execution takes no time.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about execution.
    public static let baseCase = Policy()

    /// Whether execution takes time.
    public var happens: Bool { mode != .unlimited }
  }

  /// Which transactions of a block run side by side.
  public enum Mode: String, CaseIterable, Sendable {
    /// Execution takes no time.
    case unlimited
    /// One after the other.
    case serial
    /// All, in the hope that they do not conflict: those that read what an earlier one writes later run again
    /// (Block-STM).
    case optimistic
    /// Those that do not conflict, by what they declare before they run: access lists, UTXO.
    case declared
  }
}

extension Execution.Policy {
  /// Transactions that run at a time, at most.
  var lanesInUse: Int { mode == .serial ? 1 : lanes }

  /// The part of a transaction's time that lanes share.
  var parallelShare: Double { mode == .serial ? 1 : 1 - serialShare }

  /// How many times as long a lane takes beside all others as it takes alone: 1 + σ (k − 1).
  var slowdown: Double { 1 + interference * Double(lanesInUse - 1) }

  /// How many times as long a lane has to do with a transaction that no other conflicts with as one lane takes to
  /// execute it.
  private var laneEffort: Double {
    slowdown * (mode == .optimistic ? 1 + validationShare : 1)
  }

  /// What a transaction takes on one lane, at least a nanosecond.
  func time(of gas: UInt32) -> Int64 {
    max(1, Int64((Double(gas) / Double(laneSpeed) * 1e9).rounded()) + overhead.nanoseconds)
  }

  /// The time in which a block is executed, of the time between blocks [ns].
  func budget(of interval: SimDuration) -> Int64 {
    Int64((budget * Double(interval.nanoseconds)).rounded(.down))
  }

  /// Gas of the largest transaction that can be executed in the time that a block has, validated once.
  ///
  /// Less by 2 ns than what just fits, for rounding.
  public func mostTransactionGas(in interval: SimDuration) -> UInt64 {
    guard happens else { return .max }
    let time = Double(budget(of: interval)) / laneEffort - Double(overhead.nanoseconds) - 2
    return UInt64(max(0, min(time / 1e9 * Double(laneSpeed), 1e18)))
  }

  /// Transactions of a gas that are executed in the time of a block where none conflict: an upper bound.
  ///
  /// The serial share s of each runs on one lane, the rest on k of them, which slow each other down and validate it
  /// once: per transaction c · (s + (1 − s) · (1 + σ (k − 1)) · (1 + v) / k) (Amdahl 1967).
  public func mostTransactions(in interval: SimDuration, ofGas gas: Double) -> Double {
    guard happens else { return .infinity }
    let shared = parallelShare * laneEffort / Double(lanesInUse) + 1 - parallelShare
    let time = gas / Double(laneSpeed) + overhead.seconds
    return budget * interval.seconds / (time * shared)
  }
}
