import EventKernel

/// What one prover works on at a time: a chunk of a batch, or a node of its tree.
struct ProofTask: Sendable {
  /// The batch.
  let batch: Int
  /// Which of those who race proves it, from 0.
  let racer: Int
  /// What of the tree.
  let node: Int
  /// How long one prover works on it.
  let time: SimDuration
  /// When a prover of the rollup's own began it; nil before.
  var startedAt: SimTime?
  /// Whether it is done, or nobody wants it any more.
  var isOver = false
}

/// A part of a proof that somebody else's provers are to make.
public struct WantedProof: Sendable {
  /// Its number, with which it is taken back.
  public let task: Int
  /// The batch.
  public let batch: Int
  /// How long one prover works on it.
  public let machineTime: SimDuration
  /// Whether it goes before other proofs of the rollup.
  public let isUrgent: Bool
}

/// Time that a prover has worked for a batch.
public struct SpentProverTime: Sendable {
  /// The batch.
  public let batch: Int
  /// Whether it has transactions that count in measures.
  public let isMeasured: Bool
  /// The time.
  public let time: SimDuration
  /// Whether it went into making one proof of several: all of that is of use.
  public let isAggregation: Bool
}

/// A part of a batch's proof that is put on a prover.
public struct StartedProof: Sendable {
  /// The batch, which those who lose a race begin even when its rollup has forgotten it.
  public let batch: Int
  /// Whether it has transactions that count in measures.
  public let isMeasured: Bool
  /// How long it waited for one.
  public let queueTime: SimDuration
}

/// What a prover knows of a batch.
struct BatchProof: Sendable {
  /// Its prover work [work units].
  let work: Double
  /// Whether it has transactions that count in measures.
  let isMeasured: Bool
  /// The parts into which it is cut.
  let chunks: Int
  /// The number of its first task.
  let firstTask: Int
  /// How far each is who races.
  var racers: [Racer]
  /// How many of them still work on it.
  var open: Int
  /// When those whose proofs are needed had them, and how long their provers had worked; nil before.
  var made: (at: SimTime, machineTime: SimDuration)?
  /// Whether those have the proof whose it has to be.
  var isProved: Bool { made != nil }
  /// Whether it went into a proof for the host.
  var isAggregated = false
  /// What is paid for its proof [wei]; zero before it is known.
  var fee = 0.0

  /// Who races for its proof.
  struct Racer: Sendable {
    /// What is proved.
    private var tree: ProofTree
    /// How long provers have worked for what is.
    private(set) var machineTime = SimDuration.zero
    /// How many parts that are.
    private(set) var parts = 0

    init(tree: ProofTree) { self.tree = tree }

    /// Takes what a prover has made.
    mutating func take(_ task: ProofTask) -> ProofTree.Step {
      machineTime = machineTime + task.time
      parts += 1
      return tree.take(task.node)
    }
  }
}

/// Batches that share a proof on the host.
struct ProofGroup: Sendable {
  /// The batches.
  let batches: Range<Int>
  /// How long an aggregator works for it; zero before it has begun.
  var time = SimDuration.zero
  /// Whether their proof is there.
  var isDone = false
}

/// What an aggregator knows of the cost of a proof on the settlement chain.
public struct AggregationPrices: Sendable {
  /// Base fee of the next block [wei per gas].
  let baseFee: UInt64
  /// Tip [wei per gas].
  let tip: UInt64
  /// Rent of a prover [wei per second].
  let weiPerSecond: Double

  /// What holds for the next block.
  public init(baseFee: UInt64, tip: UInt64, weiPerSecond: Double) {
    self.baseFee = baseFee
    self.tip = tip
    self.weiPerSecond = weiPerSecond
  }
}
