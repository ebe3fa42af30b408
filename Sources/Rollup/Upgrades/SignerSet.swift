import EventKernel
import Ledger
import Randomness

/// Signers who hold the keys of a contract, of whom some have to sign together.
///
/// The key of each is compromised by itself, and those of a group together by a common cause, until they are replaced:
/// alternating renewal processes with exponential times. Of the rate r at which a key is compromised a share b is
/// common, so that it is (1 - b) r by itself and b r for each group: the beta-factor model (Fleming 1975;
/// NUREG/CR-4780). With repairs of mean R one is compromised by itself for R / (R + 1 / ((1 - b) r)) of the time (Ross,
/// "Introduction to Probability Models"). All keys are safe at the start.
///
/// All that can happen next is memoryless, so one event stands for it: when it comes is drawn for all together, and what
/// it is when it is there (Gillespie 1977). A copy in the middle of a run shares no more with its original than when
/// that is.
public struct SignerSet: ~Copyable {
  /// What the scenario says about them.
  public let policy: Policy
  /// Whose keys are compromised by themselves.
  private var signers: [Bool]
  /// Which groups a common cause has hit.
  private var groups: [Bool]
  /// How many keys are compromised.
  public var compromised: Int { signers.indices.count { isCompromised($0) } }
  private let until: SimTime
  private var stream: RandomStream

  /// Signers with keys that are safe.
  ///
  /// - Parameters:
  ///   - until: nothing happens from then on.
  ///   - stream: what they draw from.
  public init(_ policy: Policy, until: SimTime, _ stream: consuming RandomStream) {
    self.policy = policy
    self.until = until
    self.stream = stream
    signers = [Bool](repeating: false, count: policy.signers)
    groups = [Bool](repeating: false, count: policy.isExposed ? policy.groups : 0)
  }

  /// Whether whoever has the compromised keys can act for all.
  public var isLost: Bool { policy.exists && compromised >= policy.threshold }

  /// Whether those whose keys are safe can act without the others.
  public var canAct: Bool { policy.exists && signers.count - compromised >= policy.threshold }

  /// Schedules the next change of a key, unless nothing changes before the end, which may be beyond the clock.
  ///
  /// - Parameter event: says that it has come.
  public mutating func scheduleNext<E: SimulationEvent>(
    _ event: E, _ scheduler: inout Scheduler<E>
  ) {
    let rate = rates.total
    guard policy.isExposed, scheduler.now < until, rate > 0 else { return }
    let seconds = stream.exponential(mean: 1 / rate)
    guard seconds < (until - scheduler.now).seconds else { return }
    // At least a nanosecond, so that time goes on.
    scheduler.schedule(
      event, after: max(SimDuration(drawn: seconds), SimDuration(nanoseconds: 1)))
  }

  /// What changes next, and how many there are of it [1/s].
  private struct Rates {
    var repairs = 0.0
    var alone = 0.0
    var common = 0.0

    var total: Double { repairs + alone + common }
  }

  private var rates: Rates {
    let down = signers.count { $0 }
    let hit = groups.count { $0 }
    return Rates(
      repairs: Double(down + hit) * policy.repairRate,
      alone: Double(signers.count - down) * policy.aloneRate,
      common: Double(groups.count - hit) * policy.commonRate)
  }

  /// Changes a key, or those of a group.
  public mutating func change() {
    let rates = rates
    var place = stream.uniform() * rates.total
    if place < rates.repairs {
      repair(number: Self.number(at: place, policy.repairRate))
    } else if place < rates.repairs + rates.alone {
      place -= rates.repairs
      Self.toggle(&signers, false, number: Self.number(at: place, policy.aloneRate))
    } else {
      place -= rates.repairs + rates.alone
      Self.toggle(&groups, false, number: Self.number(at: place, policy.commonRate))
    }
  }

  /// Which of those that change at a rate each has a place on the line of their rates.
  private static func number(at place: Double, _ rate: Double) -> Int {
    rate > 0 ? Int(max(0, place) / rate) : 0
  }

  private mutating func repair(number: Int) {
    let down = signers.count { $0 }
    if number < down {
      Self.toggle(&signers, true, number: number)
    } else {
      Self.toggle(&groups, true, number: number - down)
    }
  }

  /// Changes one of those that have a value, by its number among them; the last one if rounding says more.
  private static func toggle(_ flags: inout [Bool], _ value: Bool, number: Int) {
    let places = flags.indices.filter { flags[$0] == value }
    guard let last = places.last else { return }
    flags[number < places.count ? places[number] : last].toggle()
  }

  private func isCompromised(_ number: Int) -> Bool {
    signers[number] || !groups.isEmpty && groups[number / policy.groupLength]
  }
}

extension SignerSet: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> SignerSet { SignerSet(copying: self, draws) }

  private init(copying other: borrowing SignerSet, _ draws: Draws) {
    policy = other.policy
    signers = other.signers
    groups = other.groups
    until = other.until
    stream = other.stream.copy(drawing: draws)
  }
}
