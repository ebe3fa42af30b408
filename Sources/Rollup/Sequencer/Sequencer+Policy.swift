import EventKernel

extension Sequencer {
  /// What a scenario says about the sequencer.
  public struct Policy: Hashable, Sendable {
    /// When blocks are sealed.
    public var sealing: Sealing
    /// Time between blocks that are sealed at an interval.
    public var blockInterval: SimDuration
    /// Layer 2 gas that fits into a block.
    public var blockGasLimit: UInt64
    /// Transactions that fit into a block.
    public var blockTransactionLimit: Int
    /// Transactions that wait at most; more are dropped.
    public var mempoolCapacity: Int
    /// Time between blocks that are sealed when they are full, at least.
    public var shortestInterval = SimDuration.seconds(1)
    /// What contracts on the rollup are told as the number of a block.
    public var blockNumber = BlockNumber.own

    /// Creates a policy.
    public init(
      sealing: Sealing, blockInterval: SimDuration, blockGasLimit: UInt64,
      blockTransactionLimit: Int, mempoolCapacity: Int
    ) {
      self.sealing = sealing
      self.blockInterval = blockInterval
      self.blockGasLimit = blockGasLimit
      self.blockTransactionLimit = blockTransactionLimit
      self.mempoolCapacity = mempoolCapacity
    }
  }

  /// What contracts on a rollup are told as the number of a block.
  public enum BlockNumber: String, CaseIterable, Sendable {
    /// The number of the rollup's own block.
    case own
    /// What the rollup's host tells, as the sequencer knows it when it seals the block.
    ///
    /// Source: Nitro, `execution/gethexec/sequencer.go`, whose blocks carry the parent chain's number, or
    /// if that is an Arbitrum chain the number that it carries (`arbutil.ParentHeaderToL1BlockNumber`).
    case host
  }

  /// When blocks are sealed.
  public enum Sealing: String, CaseIterable, Sendable {
    /// At a fixed interval, whether or not there are transactions.
    case interval
    /// As soon as a block is full, and else at the interval.
    case whenFull = "when_full"
    /// One block for each transaction, at once.
    case perTransaction = "per_transaction"
  }
}

extension Sequencer.Policy {
  /// How improbable it must be that a run has a transaction that is a fifth of a block.
  private static let leastProbability = 1e-6

  /// Up to how many arrivals a second no block can be full and no transaction too large [1/s].
  ///
  /// A block has room for eight standard deviations above its mean in four fifths of its gas, and no
  /// transaction has a fifth. Of groups, it has room for any number that is not all but impossible.
  ///
  /// - Parameters:
  ///   - bytes: of one transaction, before compression, that a batch can publish.
  ///   - transactions: of the whole run, roughly.
  public func quietRate(
    _ workload: Workload.Policy, transactionBytesLimit bytes: UInt64, transactions: Double
  ) -> Double {
    guard sealing != .perTransaction else { return 0 }
    let (large, most) = (Double(blockGasLimit) / 5, Double(bytes))
    let probability = workload.average { $0.gas.survival(large) + $0.bytes.survival(most) }
    guard probability * transactions < Self.leastProbability else { return 0 }
    let mean = workload.mean(of: \.gas)
    let square = workload.average { $0.gas.variance + $0.gas.mean * $0.gas.mean }
    let byGas = GasLoad.most(4 * large, mean: mean, square: square)
    let count = Double(min(blockTransactionLimit, mempoolCapacity))
    let quiet = min(byGas, GasLoad.most(count, mean: 1, square: 1))
    return (workload.arrivals.grouped?.quietMean(below: quiet) ?? quiet) / blockInterval.seconds
  }
}
