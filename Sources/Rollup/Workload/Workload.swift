import EventKernel
import Randomness

/// One transaction on its way from a user to the sequencer.
struct Transaction: BitwiseCopyable {
  var submittedAt: SimTime
  var gas: UInt32
  var bytes: UInt32
  var proverWork: Double
  var kind: UInt8
  var isMeasured: Bool
}

extension Transaction {
  /// A transaction of a rollup that settles here.
  init(guestGas gas: UInt64, bytes: UInt64, at now: SimTime) {
    self.init(
      submittedAt: now, gas: UInt32(clamping: gas), bytes: UInt32(clamping: bytes), proverWork: 1,
      kind: UInt8(TransactionTotals.guest), isMeasured: false)
  }

  /// Whether it is of a rollup that settles here.
  var isGuest: Bool { kind == UInt8(TransactionTotals.guest) }
}

/// When transactions arrive.
public enum ArrivalProcess: Hashable, Sendable {
  /// Independent arrivals at a rate [1/s].
  case poisson(rate: Double)
  /// One arrival every 1/rate seconds, the first after that time [1/s].
  case deterministic(rate: Double)

  /// Mean arrivals per second.
  public var rate: Double {
    switch self {
    case .poisson(let rate), .deterministic(let rate): rate
    }
  }
}

/// The transactions that users send, drawn one by one.
///
/// Arrivals, classes, gas, bytes and prover work have a stream each, so changing one leaves the
/// draws of the others as they were.
public struct Workload: ~Copyable {
  /// What a scenario says about the workload.
  public struct Policy: Hashable, Sendable {
    /// When transactions arrive.
    public var arrivals: ArrivalProcess
    /// Relative frequency of each class, in the order of `TransactionClass`.
    public var mix: [Double]
    /// What each class uses, in the order of `TransactionClass`.
    public var profiles: [ClassProfile]

    /// Creates a policy.
    public init(arrivals: ArrivalProcess, mix: [Double], profiles: [ClassProfile]) {
      self.arrivals = arrivals
      self.mix = mix
      self.profiles = profiles
    }

    /// The mean over the mix of a figure of each class.
    public func mean(of figure: (ClassProfile) -> Distribution) -> Double {
      var sum = 0.0
      for (weight, profile) in zip(mix, profiles) { sum += weight * figure(profile).mean }
      return sum / mix.reduce(0, +)
    }
  }

  /// What transactions of one class use.
  public struct ClassProfile: Hashable, Sendable {
    /// Layer 2 gas.
    public var gas: Distribution
    /// Bytes before compression.
    public var bytes: Distribution
    /// Prover work, in units of one plain transfer.
    public var proverWork: Distribution

    /// Creates a profile.
    public init(gas: Distribution, bytes: Distribution, proverWork: Distribution) {
      self.gas = gas
      self.bytes = bytes
      self.proverWork = proverWork
    }
  }

  /// When the next transaction is submitted.
  public private(set) var nextArrival: SimTime
  /// Measured transactions that were submitted so far.
  public private(set) var offered = Submissions()
  /// Layer 2 gas of the measured transactions.
  public private(set) var offeredGas: UInt64 = 0

  private let policy: Policy
  private let needsProverWork: Bool
  private let measured: Range<SimTime>
  private var arrivals: UInt64 = 0
  private let kinds: WeightedChoice
  private var arrivalStream: RandomStream
  private var classStream: RandomStream
  private var gasStream: RandomStream
  private var bytesStream: RandomStream
  private var workStream: RandomStream

  /// A workload before its first transaction.
  ///
  /// - Parameters:
  ///   - measured: the submission instants of the transactions that count in measures.
  ///   - needsProverWork: whether anybody proves these transactions.
  public init(
    _ policy: Policy, measured: Range<SimTime>, needsProverWork: Bool, _ streams: StreamSource
  ) {
    self.policy = policy
    self.measured = measured
    self.needsProverWork = needsProverWork
    kinds = WeightedChoice(weights: policy.mix)
    arrivalStream = streams.stream("workload.arrivals")
    classStream = streams.stream("workload.class")
    gasStream = streams.stream("workload.gas")
    bytesStream = streams.stream("workload.bytes")
    workStream = streams.stream("workload.prover_work")
    nextArrival = .start
    advance()
  }

  /// Moves `nextArrival` on.
  ///
  /// Deterministic arrivals are placed by number, so that rounding to the nanosecond does not add up.
  private mutating func advance() {
    switch policy.arrivals {
    case .deterministic(let rate):
      arrivals += 1
      guard let offset = SimDuration(seconds: Double(arrivals) / rate) else {
        preconditionFailure("an arrival lies beyond the clock")
      }
      nextArrival = .start + offset
    case .poisson(let rate):
      guard let gap = SimDuration(seconds: arrivalStream.exponential(mean: 1 / rate)) else {
        preconditionFailure("workload.arrivals drew a gap that is no duration")
      }
      nextArrival = nextArrival + gap
    }
  }

  /// Draws the transaction that arrives at `nextArrival`.
  mutating func next() -> Transaction {
    let kind = kinds.sample(&classStream)
    let profile = policy.profiles[kind]
    let transaction = Transaction(
      submittedAt: nextArrival,
      gas: Self.whole(profile.gas.sample(&gasStream)),
      bytes: Self.whole(profile.bytes.sample(&bytesStream)),
      proverWork: needsProverWork ? profile.proverWork.sample(&workStream) : 0,
      kind: UInt8(truncatingIfNeeded: kind), isMeasured: measured.contains(nextArrival))
    if transaction.isMeasured {
      offered.add(nextArrival)
      offeredGas += UInt64(transaction.gas)
    }
    advance()
    return transaction
  }

  /// Rounds half up to a whole number of gas or bytes; the far tail of a sample is cut at 4e9.
  @inline(__always)
  private static func whole(_ value: Double) -> UInt32 { UInt32(min(value + 0.5, 4e9)) }
}

extension Workload: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Workload { Workload(copying: self, draws) }

  private init(copying other: borrowing Workload, _ draws: Draws) {
    nextArrival = other.nextArrival
    offered = other.offered
    offeredGas = other.offeredGas
    policy = other.policy
    needsProverWork = other.needsProverWork
    measured = other.measured
    arrivals = other.arrivals
    kinds = WeightedChoice(weights: other.policy.mix)
    arrivalStream = other.arrivalStream.copy(drawing: draws)
    classStream = other.classStream.copy(drawing: draws)
    gasStream = other.gasStream.copy(drawing: draws)
    bytesStream = other.bytesStream.copy(drawing: draws)
    workStream = other.workStream.copy(drawing: draws)
  }
}
