import EventKernel
import Randomness

extension Workload {
  /// What a scenario says about the workload.
  public struct Policy: Hashable, Sendable {
    /// When transactions arrive.
    public var arrivals: ArrivalProcess
    /// Relative frequency of each class, in the order of `TransactionClass`.
    public var mix: [Double]
    /// What each class uses, in the order of `TransactionClass`.
    public var profiles: [ClassProfile]
    /// What they write to.
    public var state = StatePolicy()

    /// Creates a policy.
    public init(arrivals: ArrivalProcess, mix: [Double], profiles: [ClassProfile]) {
      self.arrivals = arrivals
      self.mix = mix
      self.profiles = profiles
    }

    /// The classes that users send, and how often.
    var used: [(profile: ClassProfile, weight: Double)] {
      zip(profiles, mix).filter { $1 > 0 }.map { ($0, $1) }
    }

    /// The numbers of those classes.
    var usedClasses: [UInt8] { mix.indices.filter { mix[$0] > 0 }.map { UInt8($0) } }

    /// The place of attacks among the classes that are sent; nil if nobody attacks.
    var attackKind: Int? {
      hasAttack ? mix[..<TransactionClass.attack.rawValue].count { $0 > 0 } : nil
    }

    /// Whether some bytes are shortened by no compressor.
    public var hasIncompressible: Bool { used.contains { $0.profile.incompressible > 0 } }

    /// Whether machines of users work before they submit.
    public var needsClientTime: Bool { used.contains { $0.profile.clientTime.mean > 0 } }

    /// Whether users offer so much for gas and no more.
    public var hasFeeCaps: Bool { used.contains { $0.profile.maxFee != .constant(0) } }

    /// Whether somebody attacks.
    public var hasAttack: Bool { mix[TransactionClass.attack.rawValue] > 0 }

    /// Instants after the start of the run at which a class begins or ceases, or measuring does.
    func cuts(_ measured: Range<SimTime>) -> [SimTime] {
      let ofClasses = used.flatMap { [$0.profile.begins, $0.profile.ends] }.map { .start + $0 }
      return Set(ofClasses + [measured.lowerBound, measured.upperBound]).filter { $0 > .start }
        .sorted()
    }

    /// The mean over the mix of a figure of each class.
    public func mean(of figure: (ClassProfile) -> Distribution) -> Double {
      average { figure($0).mean }
    }

    /// The mean over the mix of a number of each class.
    public func average(of number: (ClassProfile) -> Double) -> Double {
      let used = used
      let total = used.reduce(0) { $0 + $1.weight }
      return used.reduce(0) { $0 + $1.weight * number($1.profile) } / total
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
    /// Writes to storage slots.
    public var writes: Distribution
    /// Share of the bytes that no compressor shortens: ciphertext, hashes, signatures, proofs.
    public var incompressible = 0.0
    /// Time that a user's machine works on one before he submits it [s].
    public var clientTime = Distribution.constant(0)
    /// What its user pays for gas at most [wei per gas]; zero for whatever it costs.
    public var maxFee = Distribution.constant(0)
    /// When users begin to send them, from the start of the run.
    public var begins = SimDuration.zero
    /// When they cease; zero for never.
    public var ends = SimDuration.zero

    /// Whether users send them at an instant.
    func isSent(at instant: SimTime) -> Bool {
      instant - .start >= begins && (ends == .zero || instant - .start < ends)
    }

    /// Whether users send them all the time.
    public var isAlwaysSent: Bool { begins == .zero && ends == .zero }

    /// Creates a profile.
    public init(
      gas: Distribution, bytes: Distribution, proverWork: Distribution,
      writes: Distribution = .constant(4)
    ) {
      self.gas = gas
      self.bytes = bytes
      self.proverWork = proverWork
      self.writes = writes
    }
  }
}
