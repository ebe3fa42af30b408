import Declarations
import EventKernel
import Randomness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Everybody else's demand for a resource of the settlement chain: a mean-reverting log process
/// with price elasticity; a congestion regime, a shock, a trace and the time of day and week on top.
///
/// At fee f the demand is target · level · min(saturation, (reference / f)^elasticity) · regime · shock ·
/// trace · day · week · e^X, where X is an Ornstein–Uhlenbeck process with stationary standard deviation
/// `volatility`, sampled exactly at each slot: X' = X·φ + volatility·√(1 − φ²)·Z with
/// φ = e^(−elapsed/reversion) (Gillespie 1996).
/// Where the market clears at its target, ln f varies with standard deviation
/// volatility/elasticity around the reference, slowed by the step rule of the fee.
public struct OthersDemand: ~Copyable {
  private let policy: Policy
  /// What the chain's clock shows at the start of the run, since 1970.
  private let start: SimDuration
  /// The step whose factors are kept; steps of a chain with slots are all alike.
  private var step = SimDuration.zero
  private var persistence = 1.0
  private var innovation = 0.0
  /// X: how far the logarithm of demand is from its level, but for elasticity and incidents.
  private(set) var deviation: Double
  private var surge = 1.0
  private var congestion: IncidentProcess
  private var trace: DemandTraceCursor

  /// A demand process in its stationary state.
  ///
  /// - Parameters:
  ///   - startsAt: what the chain's clock shows at the start of the run [Unix seconds].
  ///   - name: of its random streams.
  ///   - normal: a standard normal variable that places it.
  init(
    _ policy: Policy, startsAt: Int64 = 0, name: String, startingAt normal: Double, seed: UInt64,
    replication: UInt64
  ) {
    self.policy = policy
    start = .seconds(min(startsAt, 9_000_000_000))
    deviation = policy.volatility * normal
    trace = DemandTraceCursor(policy.trace, startingAt: startsAt)
    congestion = IncidentProcess(
      policy.congestion, seed: seed, replication: replication, name: "\(name).congestion")
  }

  /// Moves the process on to `now`.
  ///
  /// - Parameter normal: a standard normal variable, the innovation of the step.
  mutating func advance(by elapsed: SimDuration, to now: SimTime, _ normal: Double) {
    if elapsed != step {
      step = elapsed
      persistence = exp(-elapsed.seconds / policy.reversion.seconds)
      innovation = policy.volatility * (1 - persistence * persistence).squareRoot()
    }
    deviation = deviation * persistence + innovation * normal
    congestion.advance(to: now)
    surge =
      (congestion.isActive ? policy.congestionFactor : 1) * policy.shock.factor(at: now)
      * trace.factor(at: now)
    if policy.hasCycle {
      let unix = start + (now - .start)
      surge *= policy.day.factor(at: unix, of: DemandCycle.day)
      surge *= policy.week.factor(at: unix, of: DemandCycle.week)
    }
  }

  /// What the others want at `fee`, as a multiple of the target.
  func quantity(at fee: UInt64) -> Double {
    let discount = log(Double(max(fee, 1)) / Double(policy.referenceFee))
    let appetite = min(policy.saturation, exp(-policy.elasticity * discount))
    return policy.level * appetite * surge * exp(deviation)
  }

  /// The share of the others' demand that bids a higher tip than `tip`.
  func shareBidding(above tip: UInt64) -> Double {
    guard policy.meanTip > 0 else { return 0 }
    return exp(-Double(tip) / Double(policy.meanTip))
  }
}

extension OthersDemand: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> OthersDemand { OthersDemand(copying: self, draws) }

  private init(copying other: borrowing OthersDemand, _ draws: Draws) {
    policy = other.policy
    start = other.start
    step = other.step
    persistence = other.persistence
    innovation = other.innovation
    deviation = other.deviation
    surge = other.surge
    congestion = other.congestion.copy(drawing: draws)
    trace = other.trace
  }
}

extension OthersDemand {
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
    /// Mean demand however low the fee, as a multiple of its level.
    public var saturation = 100.0
    /// Mean tip that the others bid, exponentially distributed [wei per gas].
    public var meanTip: UInt64
    /// When the market is congested.
    public var congestion = IncidentProcess.Policy.none
    /// Demand while it is, as a multiple of what it is otherwise.
    public var congestionFactor = 1.0
    /// A surge at a set time.
    public var shock = Shock()
    /// How it moves with the time of day.
    public var day = DemandCycle()
    /// How it moves with the day of the week.
    public var week = DemandCycle()
    /// How it moved in a file.
    public var trace = DemandTrace.none

    /// Whether it moves with the time of day or of the week.
    var hasCycle: Bool { day.amplitude > 0 || week.amplitude > 0 }
    /// Whether it depends on what the chain's clock shows.
    var readsClock: Bool { hasCycle || trace.clock == .chain }

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

  /// A surge of demand at a set time: a mint, an airdrop, a crash.
  public struct Shock: Hashable, Sendable {
    /// When it begins, from the start of the run.
    public var start = SimDuration.zero
    /// How long it lasts; zero for no shock.
    public var duration = SimDuration.zero
    /// Demand during it, as a multiple of what it would be.
    public var factor = 1.0

    /// No shock.
    public init() {}

    /// The factor that holds at `now`.
    func factor(at now: SimTime) -> Double {
      let since = now - .start
      return since >= start && since < start + duration ? factor : 1
    }
  }
}
