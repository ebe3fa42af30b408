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
    /// Batches that share one proof on the settlement chain.
    public var aggregatedBatches: Int
    /// Time to aggregate the proofs of a group [s].
    public var aggregationTime: Distribution
    /// Time after which a group is aggregated although it is not full.
    public var aggregationMaxWait: SimDuration
    /// Settlement gas to verify one proof and move the state.
    public var verificationGas: UInt64
    /// Settlement gas to execute what a proof proves, where that takes a transaction of its own.
    public var executionGas: UInt64 = 200_000
    /// What has to be true of the data of a batch before its proof is handed over.
    public var waitsFor = DataStage.included
    /// Machines that share the proof of a batch, each rented for as long as that takes.
    public var machines = 1
    /// Rent of one machine while it works [USD per hour].
    public var usdPerHour: Double

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
