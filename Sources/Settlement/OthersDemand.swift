import EventKernel
import Randomness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Everybody else's demand for a resource of the settlement chain: a mean-reverting log process
/// with price elasticity.
///
/// At fee f the demand is target · level · e^X · (reference / f)^elasticity, where X is an
/// Ornstein–Uhlenbeck process with stationary standard deviation `volatility`, sampled exactly at
/// each slot: X' = X·φ + volatility·√(1 − φ²)·Z with φ = e^(−slot/reversion) (Gillespie 1996).
/// Where the market clears at its target, ln f varies with standard deviation
/// volatility/elasticity around the reference, slowed by the step rule of the fee.
public struct OthersDemand: Sendable {
  /// What a scenario says about one demand process.
  public struct Policy: Hashable, Sendable {
    /// Mean demand at the reference fee, as a share of the target.
    public var level: Double
    /// Stationary standard deviation of the logarithm of demand.
    public var volatility: Double
    /// Time in which a deviation decays to 1/e.
    public var reversion: SimDuration
    /// Relative fall of demand per relative rise of the fee.
    public var elasticity: Double
    /// The fee at which demand stands at its level [wei per gas].
    public var referenceFee: UInt64
    /// Mean tip that the others bid, exponentially distributed [wei per gas].
    public var meanTip: UInt64

    /// A policy with the given figures.
    public init(
      level: Double, volatility: Double, reversion: SimDuration, elasticity: Double,
      referenceFee: UInt64, meanTip: UInt64
    ) {
      self.level = level
      self.volatility = volatility
      self.reversion = reversion
      self.elasticity = elasticity
      self.referenceFee = referenceFee
      self.meanTip = meanTip
    }
  }

  private let policy: Policy
  private let persistence: Double
  private let innovation: Double
  private var deviation: Double

  /// A demand process in its stationary state.
  init(_ policy: Policy, slot: SimDuration, stream: inout RandomStream) {
    self.policy = policy
    persistence = exp(-slot.seconds / policy.reversion.seconds)
    innovation = policy.volatility * (1 - persistence * persistence).squareRoot()
    deviation = policy.volatility * stream.standardNormal()
  }

  /// Moves the process on by one slot.
  mutating func advance(_ stream: inout RandomStream) {
    deviation = deviation * persistence + innovation * stream.standardNormal()
  }

  /// What the others want at `fee`, as a multiple of the target.
  func quantity(at fee: UInt64) -> Double {
    let discount = log(Double(max(fee, 1)) / Double(policy.referenceFee))
    return policy.level * exp(deviation - policy.elasticity * discount)
  }

  /// The share of the others' demand that bids a higher tip than `tip`.
  func shareBidding(above tip: UInt64) -> Double {
    guard policy.meanTip > 0 else { return 0 }
    return exp(-Double(tip) / Double(policy.meanTip))
  }
}
