import Randomness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How often and how deep a chain's history is replaced.
public struct Reorgs: ~Copyable {
  /// What a scenario says about it.
  public struct Policy: Hashable, Sendable {
    /// Probability that a block is built on an earlier block than the last one.
    public var probability: Double
    /// Mean number of blocks that such a block leaves out; geometrically distributed from 1 on.
    public var meanDepth: Double
    /// Most blocks that are left out; final blocks never are.
    public var maxDepth: Int

    /// Re-orgs with these figures.
    public init(probability: Double = 0, meanDepth: Double = 1, maxDepth: Int = 64) {
      self.probability = probability
      self.meanDepth = meanDepth
      self.maxDepth = maxDepth
    }

    /// Blocks that a block drops on average: p·(1 − q^d)/(1 − q) with q = 1 − 1/depth and d the most
    /// that are dropped, the mean of a geometric variable that is cut there.
    public var blocksDropped: Double {
      let q = 1 - 1 / meanDepth
      return probability * (q > 0 ? meanDepth * (1 - pow(q, Double(maxDepth))) : 1)
    }
  }

  private let policy: Policy
  private var stream: RandomStream

  init(_ policy: Policy, seed: UInt64, replication: UInt64) {
    self.policy = policy
    stream = RandomStream(seed: seed, replication: replication, name: "settlement.reorgs")
  }

  /// Whether there are any.
  var canHappen: Bool { policy.probability > 0 }

  /// How many blocks the next block leaves out; usually none.
  mutating func nextDepth() -> Int {
    guard canHappen, stream.bernoulli(policy.probability) else { return 0 }
    var depth = 1
    while depth < policy.maxDepth, stream.uniform() >= 1 / policy.meanDepth { depth += 1 }
    return depth
  }
}

extension Reorgs: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Reorgs { Reorgs(copying: self, draws) }

  private init(copying other: borrowing Reorgs, _ draws: Draws) {
    policy = other.policy
    stream = other.stream.copy(drawing: draws)
  }
}
