import EventKernel
import Ledger
import Randomness

/// What upgrades schedule for themselves.
public enum UpgradeEvent: BitwiseCopyable, Sendable {
  /// Keys of signers are compromised, or replaced.
  case keys
  /// Keys of the council are.
  case council
  /// An upgrade that means well is ready.
  case ready
  /// Somebody attacks for certain.
  case attacks
  /// The delay of an upgrade may have passed.
  case matured(UInt32)
  /// Those notice a malicious upgrade who can cancel it.
  case noticed(UInt32)
  /// A vote on it ends.
  case voted(UInt32)
}

/// An event type that can carry the events of upgrades.
public protocol CarriesUpgradeEvents: SimulationEvent {
  /// Wraps an event of a rollup's upgrades.
  static func upgrades(_ event: UpgradeEvent, of rollup: RollupID) -> Self
}

/// Who can replace the contracts of a rollup, what they do with that, and who can stop them.
///
/// An upgrade is queued by a transaction on the settlement chain, waits from the block of that, and takes effect by a
/// second transaction; without a delay the first is enough. A malicious one can be cancelled in between, by the council
/// or by a vote, with a transaction of its own. Re-orgs of the settlement chain take all of that back.
///
/// The rules are those of OpenZeppelin's `TimelockController` (`schedule`, `execute`, `cancel`), which Arbitrum's
/// governance uses, and of L2BEAT's risk view "exit window": users have the delay, less the time that a withdrawal takes.
public struct Upgrades: ~Copyable {
  /// A transaction that somebody sends about an upgrade.
  public enum Step: Hashable, Sendable {
    /// It is queued.
    case queue(Int)
    /// It takes effect.
    case execute(Int)
    /// It is cancelled.
    case cancel(Int)
  }

  /// What follows for others.
  public enum Consequence: Hashable, Sendable {
    /// Somebody sends a transaction.
    case sends(Step)
    /// Users learn that they had better leave, or that they can move.
    case warns
    /// The rollup stops for a while.
    case halts(SimDuration)
    /// A block takes what is still there.
    case strikes
    /// A re-org has dropped that block.
    case takesBack
    /// What was taken is taken for good, by a block at an instant.
    case hasStruck(SimTime)
    /// A malicious upgrade is cancelled for good.
    case isOff
  }

  /// What the scenario says about them.
  public let policy: Policy
  /// What the run remembers of them.
  public private(set) var record: UpgradeRecord
  /// Who holds the keys.
  public private(set) var keys: SignerSet
  /// Who can act in an emergency.
  public private(set) var council: SignerSet
  private let rollup: RollupID
  private let until: SimTime
  private var upgrades: [Upgrade] = []
  /// How many malicious ones are neither cancelled nor in effect for good.
  private var openAttacks = 0
  private var hasStruck = false
  private var readyStream: RandomStream
  private var kindStream: RandomStream
  private var haltStream: RandomStream
  private var attackStream: RandomStream
  private var detectionStream: RandomStream
  private var turnoutStream: RandomStream

  /// Nobody has upgraded.
  ///
  /// - Parameter window: the measured window; nothing begins after it.
  public init(
    _ policy: Policy, of rollup: RollupID, window: Range<SimTime>, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    until = window.upperBound
    record = UpgradeRecord(window: window)
    keys = SignerSet(policy.keys, until: window.upperBound, streams.stream("upgrades.keys"))
    council = SignerSet(
      policy.council, until: window.upperBound, streams.stream("upgrades.council"))
    readyStream = streams.stream("upgrades.ready")
    kindStream = streams.stream("upgrades.kinds")
    haltStream = streams.stream("upgrades.halts")
    attackStream = streams.stream("upgrades.attack")
    detectionStream = streams.stream("upgrades.detection")
    turnoutStream = streams.stream("upgrades.turnout")
  }

  /// Whether no malicious upgrade is open: each is cancelled or in effect for good.
  public var areDone: Bool { openAttacks == 0 }

  /// What a run waits for that has not seen the end of an attack.
  public var whatWaits: String { "a malicious upgrade waits for upgrades.delay" }

  /// Whether an upgrade is malicious.
  public func isMalicious(_ number: Int) -> Bool { upgrades[number].kind == .malicious }

  // MARK: Events

  /// Schedules what happens first.
  public mutating func start<E: CarriesUpgradeEvents>(_ scheduler: inout Scheduler<E>) {
    guard policy.happens else { return }
    scheduleReady(&scheduler)
    guard policy.rule == .keys else { return }
    keys.scheduleNext(.upgrades(.keys, of: rollup), &scheduler)
    council.scheduleNext(.upgrades(.council, of: rollup), &scheduler)
    guard policy.attackIsPlanned else { return }
    let at = SimTime.start + SimDuration(drawn: policy.attackAt.sample(&attackStream))
    if at < until { scheduler.schedule(.upgrades(.attacks, of: rollup), at: at) }
  }

  private mutating func scheduleReady<E: CarriesUpgradeEvents>(_ scheduler: inout Scheduler<E>) {
    guard policy.perYear > 0 else { return }
    let seconds = readyStream.exponential(mean: SimDuration.secondsOfYear / policy.perYear)
    guard seconds < (until - scheduler.now).seconds else { return }
    scheduler.schedule(.upgrades(.ready, of: rollup), after: SimDuration(drawn: seconds))
  }

  /// Moves on by one event.
  public mutating func handle<E: CarriesUpgradeEvents>(
    _ event: UpgradeEvent, height: Int, _ scheduler: inout Scheduler<E>
  ) -> [Consequence] {
    switch event {
    case .keys, .council:
      let before = (keys: keys.isLost, council: council.isLost)
      if case .keys = event {
        keys.change()
        keys.scheduleNext(.upgrades(.keys, of: rollup), &scheduler)
      } else {
        council.change()
        council.scheduleNext(.upgrades(.council, of: rollup), &scheduler)
      }
      return attackIfLost(after: before, at: scheduler.now)
    case .ready:
      scheduleReady(&scheduler)
      return makeReady()
    case .attacks: return attack(byCouncil: policy.attack == .council)
    case .matured(let number): return executeIfDue(Int(number), at: scheduler.now, height: height)
    case .noticed(let number):
      guard council.canAct, isTime(of: Int(number), after: .zero, at: scheduler.now) else {
        return []
      }
      return cancel(Int(number))
    case .voted(let number):
      guard isTime(of: Int(number), after: policy.votePeriod, at: scheduler.now) else { return [] }
      return cancel(Int(number))
    }
  }

  /// Whoever has enough compromised keys now and had not before attacks.
  private mutating func attackIfLost(
    after before: (keys: Bool, council: Bool), at now: SimTime
  ) -> [Consequence] {
    record.note(keysLost: keys.isLost, councilLost: council.isLost, at: now)
    guard policy.attack == .compromise else { return [] }
    if policy.hasOverride, council.isLost, !before.council { return attack(byCouncil: true) }
    return keys.isLost && !before.keys ? attack(byCouncil: false) : []
  }

  // MARK: Upgrades

  private mutating func attack(byCouncil: Bool) -> [Consequence] {
    guard openAttacks == 0, !hasStruck else { return [] }
    openAttacks += 1
    return queue(
      Upgrade(
        kind: .malicious, isByCouncil: byCouncil,
        delay: byCouncil ? .time(policy.councilDelay) : policy.signersDelay,
        detection: SimDuration(drawn: policy.detection.sample(&detectionStream)),
        isVotedDown: policy.turnout.sample(&turnoutStream) >= policy.quorum, halt: .zero, loss: 0))
  }

  /// An upgrade that means well is queued, or another deployment is there to move to.
  private mutating func makeReady() -> [Consequence] {
    // Drawn for each, so that others stay what they are.
    let isFaulty = kindStream.bernoulli(policy.faulty)
    let halt = (isFaulty ? policy.faultFreeze : policy.downtime).sample(&haltStream)
    let loss = min(1, max(0, policy.faultLoss.sample(&kindStream)))
    guard !hasStruck else { return [] }
    guard policy.rule == .keys else {
      record.deploy()
      return [.warns]
    }
    return queue(
      Upgrade(
        kind: isFaulty ? .faulty : .sound, isByCouncil: false, delay: policy.signersDelay,
        detection: .zero, isVotedDown: false, halt: SimDuration(drawn: halt),
        loss: isFaulty ? loss : 0))
  }

  private mutating func queue(_ upgrade: Upgrade) -> [Consequence] {
    upgrades.append(upgrade)
    return [.sends(.queue(upgrades.count - 1))]
  }

  /// Whether it is so long after an upgrade was noticed, and not after a block that a re-org dropped.
  private func isTime(of number: Int, after time: SimDuration, at now: SimTime) -> Bool {
    guard let queuedIn = upgrades[number].queuedIn else { return false }
    return queuedIn.time + upgrades[number].detection + time == now
  }

  private mutating func cancel(_ number: Int) -> [Consequence] {
    guard upgrades[number].executedIn == nil, !upgrades[number].vetoIsSent else { return [] }
    upgrades[number].vetoIsSent = true
    return [.sends(.cancel(number))]
  }

  private mutating func executeIfDue(
    _ number: Int, at now: SimTime, height: Int
  ) -> [Consequence] {
    guard !upgrades[number].executionIsSent, upgrades[number].isDue(at: now, height: height)
    else { return [] }
    upgrades[number].executionIsSent = true
    return [.sends(.execute(number))]
  }

  // MARK: Blocks of the settlement chain

  /// A block has a transaction about an upgrade.
  public mutating func include<E: CarriesUpgradeEvents>(
    _ step: Step, in block: BlockPlace, _ scheduler: inout Scheduler<E>
  ) -> [Consequence] {
    switch step {
    case .queue(let number):
      upgrades[number].queuedIn = block
      let warning: [Consequence] = isMalicious(number) ? [.warns] : []
      guard !upgrades[number].isImmediate else { return warning + takeEffect(number, in: block) }
      scheduleEnds(of: number, from: block.time, &scheduler)
      return warning
    case .execute(let number):
      // It reverts before its time, and after it was cancelled; what is due is sent anew.
      let isDue = upgrades[number].isDue(at: block.time, height: block.height)
      upgrades[number].executionIsSent = isDue
      return isDue ? takeEffect(number, in: block) : []
    case .cancel(let number):
      guard upgrades[number].queuedIn != nil, upgrades[number].executedIn == nil else { return [] }
      upgrades[number].vetoedIn = block
      return []
    }
  }

  private func scheduleEnds<E: CarriesUpgradeEvents>(
    of number: Int, from block: SimTime, _ scheduler: inout Scheduler<E>
  ) {
    let upgrade = upgrades[number]
    if case .time(let time) = upgrade.delay {
      scheduler.schedule(.upgrades(.matured(UInt32(number)), of: rollup), at: block + time)
    }
    guard upgrade.kind == .malicious else { return }
    let noticed = block + upgrade.detection
    if policy.councilVetoes, !upgrade.isByCouncil {
      scheduler.schedule(.upgrades(.noticed(UInt32(number)), of: rollup), at: noticed)
    }
    if policy.voteVetoes, upgrade.isVotedDown {
      scheduler.schedule(
        .upgrades(.voted(UInt32(number)), of: rollup), at: noticed + policy.votePeriod)
    }
  }

  private mutating func takeEffect(_ number: Int, in block: BlockPlace) -> [Consequence] {
    upgrades[number].executedIn = block
    if isMalicious(number) { return [.strikes] }
    guard upgrades[number].halt > .zero, !upgrades[number].hasHalted else { return [] }
    upgrades[number].hasHalted = true
    return [.halts(upgrades[number].halt)]
  }

  /// A re-org has dropped that block.
  public mutating func drop(_ step: Step) -> [Consequence] {
    switch step {
    case .queue(let number):
      upgrades[number].queuedIn = nil
      return upgrades[number].isImmediate ? undo(number) : []
    case .execute(let number): return undo(number)
    case .cancel(let number):
      upgrades[number].vetoedIn = nil
      return []
    }
  }

  private mutating func undo(_ number: Int) -> [Consequence] {
    guard upgrades[number].executedIn != nil else { return [] }
    upgrades[number].executedIn = nil
    return isMalicious(number) ? [.takesBack] : []
  }

  /// That block is final.
  ///
  /// - Parameter block: when it was made.
  public mutating func settle(_ step: Step, in block: SimTime) -> [Consequence] {
    switch step {
    case .queue(let number): return upgrades[number].isImmediate ? settle(number, in: block) : []
    case .execute(let number): return settle(number, in: block)
    case .cancel(let number):
      guard upgrades[number].vetoedIn?.time == block, !upgrades[number].isDone else { return [] }
      upgrades[number].isDone = true
      openAttacks -= 1
      record.cancel()
      return [.isOff]
    }
  }

  private mutating func settle(_ number: Int, in block: SimTime) -> [Consequence] {
    let upgrade = upgrades[number]
    guard let queuedIn = upgrade.queuedIn, upgrade.executedIn?.time == block, !upgrade.isDone
    else { return [] }
    upgrades[number].isDone = true
    record.take(upgrade, after: block - queuedIn.time)
    guard upgrade.kind == .malicious else { return [] }
    openAttacks -= 1
    hasStruck = true
    return [.hasStruck(block)]
  }

  /// The settlement chain has made a block, or let a slot pass.
  public mutating func endBlock(at now: SimTime, height: Int) -> [Consequence] {
    upgrades.indices.flatMap {
      upgrades[$0].isDone ? [] : executeIfDue($0, at: now, height: height)
    }
  }
}

extension Upgrades: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Upgrades { Upgrades(copying: self, draws) }

  private init(copying other: borrowing Upgrades, _ draws: Draws) {
    policy = other.policy
    record = other.record
    keys = other.keys.copy(drawing: draws)
    council = other.council.copy(drawing: draws)
    rollup = other.rollup
    until = other.until
    upgrades = other.upgrades
    openAttacks = other.openAttacks
    hasStruck = other.hasStruck
    readyStream = other.readyStream.copy(drawing: draws)
    kindStream = other.kindStream.copy(drawing: draws)
    haltStream = other.haltStream.copy(drawing: draws)
    attackStream = other.attackStream.copy(drawing: draws)
    detectionStream = other.detectionStream.copy(drawing: draws)
    turnoutStream = other.turnoutStream.copy(drawing: draws)
  }
}

extension Upgrades.Step {
  /// The step that a transaction takes which says so; 0 and 1 are those of the first upgrade.
  public init(reference: Int) {
    self = reference.isMultiple(of: 2) ? .queue(reference / 2) : .execute(reference / 2)
  }

  /// What its transaction says; of a cancellation the number of the upgrade.
  public var reference: Int {
    switch self {
    case .queue(let number): 2 * number
    case .execute(let number): 2 * number + 1
    case .cancel(let number): number
    }
  }

  /// The upgrade.
  public var number: Int {
    switch self {
    case .queue(let number), .execute(let number), .cancel(let number): number
    }
  }
}
