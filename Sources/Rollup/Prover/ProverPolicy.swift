import EventKernel
import Randomness

extension Prover {
  /// What a scenario says about the prover.
  public struct Policy: Hashable, Sendable {
    /// When the prover is given a batch.
    public var startsAt: Start
    /// Time to make a batch's witness [s].
    public var witnessTime: Distribution
    /// Provers that work side by side, one batch each.
    public var provers: Int
    /// The part of a proof's time that does not depend on the batch [s].
    public var proofTime: Distribution
    /// The part of a proof's time that grows with the batch, per unit of prover work.
    public var proofTimePerWork: SimDuration
    /// Prover work of a chunk, which one prover proves; a batch of less is one chunk.
    public var chunkWork = Policy.wholeBatches
    /// How many proofs a node of the tree joins.
    public var recursionArity = 2
    /// Time to join them [s].
    public var recursionTime = Distribution.constant(0)
    /// Share of attempts that fail, each when it has taken all of its time.
    public var failures = 0.0
    /// Share of attempts that take longer.
    public var stragglers = 0.0
    /// How many times as long these take.
    public var stragglerSlowdown = 1.0
    /// How many race for the proof of each batch, all with as many provers.
    public var racers = 1
    /// Whose proofs of a batch are needed.
    public var needs = Needs.first
    /// How many times as long provers work for those who race after the first.
    public var racerSlowdown = 1.0
    /// When the others give a batch up.
    public var givesUp = Surrender.proved
    /// Time of the last step that makes a group's proof cheap to verify [s].
    public var wrapTime = Distribution.constant(0)
    /// Batches that share one proof on the settlement chain.
    public var aggregatedBatches: Int
    /// Time to aggregate the proofs of a group [s].
    public var aggregationTime: Distribution
    /// Aggregators that work side by side, a group each.
    public var aggregators = 1
    /// Time after which a group is aggregated although it is not full.
    public var aggregationMaxWait: SimDuration
    /// When proofs that are there are made one.
    public var aggregation = Aggregation.full
    /// Base fee of the settlement chain up to which proofs are made one, where that is looked at [wei per gas].
    public var aggregationFeeLimit: UInt64 = 20_000_000_000
    /// Settlement gas to verify one proof and move the state.
    public var verificationGas: UInt64
    /// Settlement gas to execute what a proof proves, where that takes a transaction of its own.
    public var executionGas: UInt64 = 200_000
    /// What has to be true of the data of a batch before its proof is handed over.
    public var waitsFor = DataStage.included
    /// Machines that share the proof of a batch, each rented for as long as that takes.
    public var machines = 1
    /// Rent of one machine [USD per hour].
    public var usdPerHour: Double
    /// When machines are paid for.
    public var rented = Renting.working

    /// Creates a policy.
    public init(
      startsAt: Start, witnessTime: Distribution, provers: Int, proofTime: Distribution,
      proofTimePerWork: SimDuration, aggregatedBatches: Int, aggregationTime: Distribution,
      aggregationMaxWait: SimDuration, verificationGas: UInt64, usdPerHour: Double
    ) {
      self.startsAt = startsAt
      self.witnessTime = witnessTime
      self.provers = provers
      self.proofTime = proofTime
      self.proofTimePerWork = proofTimePerWork
      self.aggregatedBatches = aggregatedBatches
      self.aggregationTime = aggregationTime
      self.aggregationMaxWait = aggregationMaxWait
      self.verificationGas = verificationGas
      self.usdPerHour = usdPerHour
    }
  }

  /// When the proofs that are there are aggregated before their wait is over.
  public enum Aggregation: String, CaseIterable, Sendable {
    /// As soon as there are as many as share one.
    case full
    /// Whenever the settlement chain charges little.
    case price
    /// Whenever the fees of their batches pay for verifying them, and for the machines that proved them.
    case profit
  }

  /// Whose proofs of a batch are needed, of those who race.
  public enum Needs: String, CaseIterable, Sendable {
    /// That of who has one first.
    case first
    /// All of them: provers of different kinds have to agree.
    case all
  }

  /// When those who lose a race give a batch up.
  public enum Surrender: String, CaseIterable, Sendable {
    /// As soon as somebody has its proof.
    case proved
    /// When the host has verified one.
    case verified
    /// Never: all of them make the proof.
    case never
  }

  /// When machines are paid for.
  public enum Renting: String, CaseIterable, Sendable {
    /// While they work.
    case working
    /// All the time.
    case always
  }

  /// How certain it is that a batch's data is on the host.
  public enum DataStage: String, CaseIterable, Sendable {
    /// A block has it.
    case included
    /// That block is safe: justified, on a chain with epochs.
    case safe
    /// That block is final.
    case settled
  }

  /// When the prover is given a batch.
  public enum Start: String, CaseIterable, Sendable {
    /// As soon as the batch is closed.
    case closed
    /// Once its data is in a settlement block.
    case included
  }
}

extension Prover.Policy {
  /// More prover work than a batch has: batches are proved whole.
  public static let wholeBatches = 1e12

  /// Into how many chunks a batch is cut.
  public func chunks(work: Double) -> Int { max(1, Int((work / chunkWork).rounded(.up))) }

  /// How long provers work for the proof of a batch in the mean, failures and stragglers with it [s].
  ///
  /// A proof is tried until it succeeds: 1/(1 − f) times.
  public func meanMachineTime(work: Double) -> Double {
    let chunks = chunks(work: work)
    let joins = ProofTree.joins(chunks: chunks, arity: recursionArity)
    let time =
      Double(chunks) * proofTime.mean + proofTimePerWork.seconds * work
      + (joins > 0 ? Double(joins) * recursionTime.mean : 0)
    return time * (1 + stragglers * (stragglerSlowdown - 1)) / (1 - failures)
  }

  /// Transactions per second that one who has these provers proves, in batches of a size and of so much
  /// work; infinite where that takes no time.
  public func transactionsPerSecond(batchSize: Double, work: Double) -> Double {
    let machine = meanMachineTime(work: work)
    let last = aggregationTime.mean + wrapTime.mean
    return min(
      machine > 0 ? Double(provers) * batchSize / machine : .infinity,
      last > 0 ? Double(aggregators * aggregatedBatches) * batchSize / last : .infinity)
  }
}
