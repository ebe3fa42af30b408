import EventKernel
import Ledger
import Randomness

/// What machines schedule for themselves.
public enum MachineEvent: BitwiseCopyable, Sendable {
  /// A machine that can sequence fails, or is repaired.
  case sequencer(UInt32)
  /// A bug of a client implementation begins or ends.
  case bug(UInt32)
  /// A machine takes over, unless things have changed since the plan with this number.
  case takesOver(UInt32)
  /// The machine that hands batches over fails, or is repaired.
  case poster
  /// The outage that comes for certain begins or ends.
  case outage
  /// The operator ceases to sequence for good.
  case stops
  /// Nobody who submits from now on is measured.
  case windowEnds
  /// A stop of all machines ends that somebody else ordered.
  case restarts
}

/// An event type that can carry the events of machines.
public protocol CarriesMachineEvents: SimulationEvent {
  /// Wraps an event of a rollup's machines.
  static func machines(_ event: MachineEvent, of rollup: RollupID) -> Self
}

/// The machines that a rollup depends on, and how they fail.
///
/// Each machine that can sequence is up and down by itself, an alternating renewal process, so that in the long run it
/// is up for MTBF / (MTBF + MTTR) of the time (Ross, "Introduction to Probability Models"). A bug of a client
/// implementation takes all machines down that run it, or has them compute another state, in which they agree where they
/// are more than two thirds. All are up at the start. The first that is up sequences; when it fails one that stands by
/// takes over after a while, and where none does, the first that is repaired, after a restart and the replay of what came
/// after its last snapshot.
public struct Machines: ~Copyable {
  /// What has happened.
  public struct Change: Sendable {
    /// Whether the machine that sequences has failed.
    public internal(set) var hasFailed = false
    /// Whether the machine has failed that hands batches over.
    public internal(set) var hasPosterFailed = false
    /// Whether what it had confirmed and not handed over is lost.
    public internal(set) var loses = false
    /// Whether a machine sequences from now on.
    public internal(set) var sequences = false
    /// Whether batches are handed over again.
    public internal(set) var posts = false
  }

  /// What the scenario says about them.
  public let policy: Policy
  /// What the run remembers of them.
  public internal(set) var record: MachineRecord
  /// Whether the operator has ceased to sequence for good.
  public private(set) var hasStopped = false
  private let rollup: RollupID
  /// Which machines that can sequence are up as far as each alone decides.
  private var sequencers: [Bool]
  /// Which implementations have a bug at present.
  private var bugs: [Bool]
  private var hasOutage = false
  private var isPosterUpAlone = true
  /// How many stops last that somebody else ordered.
  private var stops = 0
  /// The machine that sequences; nil while none does.
  private var active: Int? = 0
  /// How many take-overs were planned: outdates the events of all but the last.
  private var plans: UInt32 = 0
  private var isTakeoverPlanned = false
  /// When the last one failed that sequenced.
  private var failedAt = SimTime.start
  private let window: Range<SimTime>
  /// Whether a block was due while nobody sequenced.
  public internal(set) var owesBlock = false
  /// Batches that wait for the machine that hands them over, by number.
  var delayed = FIFOQueue<Int>()
  private var sequencerStream: RandomStream
  private var bugStream: RandomStream
  private var posterStream: RandomStream
  private var outageStream: RandomStream
  private var takeoverStream: RandomStream
  private var lossStream: RandomStream

  /// Machines that are all up.
  ///
  /// - Parameter window: the measured window.
  public init(
    _ policy: Policy, of rollup: RollupID, window: Range<SimTime>, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.window = window
    record = MachineRecord(window: window)
    sequencers = [Bool](repeating: true, count: policy.sequencers)
    bugs = [Bool](repeating: false, count: policy.implementations)
    sequencerStream = streams.stream("nodes.sequencers")
    bugStream = streams.stream("nodes.bugs")
    posterStream = streams.stream("nodes.poster")
    outageStream = streams.stream("nodes.outage")
    takeoverStream = streams.stream("nodes.takeover")
    lossStream = streams.stream("nodes.loss")
  }

  /// Whether a machine sequences.
  public var isSequencing: Bool { mutating get { active != nil && !hasStopped } }

  /// What transactions wait for that are in no block; nil if it is not for machines.
  public var whatWaits: String? {
    if hasStopped { return "the operator has stopped for good (nodes.stops_at, operator.cash)" }
    return active == nil ? "no machine sequences (nodes)" : nil
  }

  /// Whether batches are handed over.
  public var isPosting: Bool {
    mutating get { isPosterUpAlone && stops == 0 && !(hasOutage && policy.outage.hitsPoster) }
  }

  /// Whether a machine that can sequence is up.
  ///
  /// Where a bug has machines disagree, those are up that are on the side of the many.
  public func isUp(_ number: Int) -> Bool {
    sequencers[number] && stops == 0
      && bugs[number % policy.implementations] == agreesOnInvalid
      && !(hasOutage && policy.outage.hitsSequencers)
  }

  /// Whether more than two thirds of them agree on a state that is wrong.
  public var agreesOnInvalid: Bool {
    policy.canDisagree && hasSupermajorityBug
  }

  /// How many of them are up.
  public var upCount: Int { sequencers.indices.count { isUp($0) } }

  /// Whether more than two thirds of them run implementations that have a bug: a committee of theirs would agree on
  /// what the bug makes of a block.
  public var hasSupermajorityBug: Bool {
    3 * sequencers.indices.count { bugs[$0 % policy.implementations] } > 2 * sequencers.count
  }

  // MARK: Events

  /// Schedules what happens first.
  public mutating func start<E: CarriesMachineEvents>(_ scheduler: inout Scheduler<E>) {
    guard policy.fail else { return }
    if policy.meanUp > .zero {
      for number in sequencers.indices {
        schedule(
          .sequencer(UInt32(number)), after: .phase(mean: policy.meanUp, &sequencerStream),
          &scheduler)
      }
    }
    if policy.bugInterval > .zero {
      for number in bugs.indices {
        schedule(
          .bug(UInt32(number)), after: .phase(mean: policy.bugInterval, &bugStream), &scheduler)
      }
    }
    if policy.posterUp > .zero {
      schedule(.poster, after: .phase(mean: policy.posterUp, &posterStream), &scheduler)
    }
    if policy.outage.target != .none {
      schedule(.outage, after: Self.time(policy.outage.at, &outageStream), &scheduler)
    }
    if policy.stopsAt > .zero {
      schedule(.stops, after: policy.stopsAt, &scheduler)
      schedule(.windowEnds, after: window.upperBound - .start, &scheduler)
    }
  }

  private func schedule<E: CarriesMachineEvents>(
    _ event: MachineEvent, after time: SimDuration, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.machines(event, of: rollup), after: time)
  }

  /// At least a nanosecond, so that time goes on.
  private static func time(
    _ distribution: Distribution, _ stream: inout RandomStream
  ) -> SimDuration {
    max(SimDuration(drawn: distribution.sample(&stream)), SimDuration(nanoseconds: 1))
  }

  /// Moves on by one event.
  public mutating func handle<E: CarriesMachineEvents>(
    _ event: MachineEvent, _ scheduler: inout Scheduler<E>
  ) -> Change {
    var change = Change()
    let wasPosting = isPosting
    let wasInvalid = agreesOnInvalid
    toggle(event, &scheduler)
    if wasInvalid, !agreesOnInvalid { record.findInvalid(at: scheduler.now) }
    change.posts = isPosting && !wasPosting
    change.hasPosterFailed = wasPosting && !isPosting
    if case .takesOver(let plan) = event {
      change.sequences = plan == plans && takeOver()
    } else {
      look(&change, &scheduler)
    }
    noteState(at: scheduler.now)
    return change
  }

  /// Stops all machines for a while, whatever each does by itself: contracts are upgraded.
  ///
  /// - Returns: what has happened.
  public mutating func stop<E: CarriesMachineEvents>(
    for time: SimDuration, _ scheduler: inout Scheduler<E>
  ) -> Change {
    var change = Change()
    let wasPosting = isPosting
    stops += 1
    schedule(.restarts, after: time, &scheduler)
    change.hasPosterFailed = wasPosting && !isPosting
    return lookAndNote(change, &scheduler)
  }

  /// Ceases to sequence for good, because its operator cannot go on.
  public mutating func cease<E: CarriesMachineEvents>(_ scheduler: inout Scheduler<E>) -> Change {
    guard !hasStopped else { return Change() }
    hasStopped = true
    // What waits is counted once no more comes.
    schedule(.windowEnds, after: max(.zero, window.upperBound - scheduler.now), &scheduler)
    return lookAndNote(Change(), &scheduler)
  }

  private mutating func lookAndNote<E: CarriesMachineEvents>(
    _ change: Change, _ scheduler: inout Scheduler<E>
  ) -> Change {
    var change = change
    look(&change, &scheduler)
    noteState(at: scheduler.now)
    return change
  }

  /// Applies what an event says of single machines, and schedules its end or the next one.
  private mutating func toggle<E: CarriesMachineEvents>(
    _ event: MachineEvent, _ scheduler: inout Scheduler<E>
  ) {
    switch event {
    case .sequencer(let number):
      sequencers[Int(number)].toggle()
      let isUp = sequencers[Int(number)]
      schedule(
        event,
        after: isUp
          ? .phase(mean: policy.meanUp, &sequencerStream)
          : Self.time(policy.repair, &sequencerStream),
        &scheduler)
    case .bug(let number):
      bugs[Int(number)].toggle()
      schedule(
        event,
        after: bugs[Int(number)]
          ? Self.time(policy.bugRepair, &bugStream) : .phase(mean: policy.bugInterval, &bugStream),
        &scheduler)
    case .poster:
      isPosterUpAlone.toggle()
      schedule(
        event,
        after: isPosterUpAlone
          ? .phase(mean: policy.posterUp, &posterStream)
          : Self.time(policy.posterRepair, &posterStream), &scheduler)
    case .outage:
      hasOutage.toggle()
      if hasOutage {
        schedule(event, after: Self.time(policy.outage.duration, &outageStream), &scheduler)
      }
    case .stops: hasStopped = true
    case .restarts: stops -= 1
    case .takesOver, .windowEnds: break
    }
  }

  // MARK: Who sequences

  /// Looks whether the machine that sequences has failed, and whether one can take over.
  private mutating func look<E: CarriesMachineEvents>(
    _ change: inout Change, _ scheduler: inout Scheduler<E>
  ) {
    if let active, !isUp(active) {
      self.active = nil
      failedAt = scheduler.now
      change.hasFailed = true
      change.loses = policy.loses && lossStream.bernoulli(policy.lossProbability)
    }
    guard active == nil else { return }
    guard sequencers.indices.contains(where: { isUp($0) }) else {
      isTakeoverPlanned = false
      plans += 1
      return
    }
    guard !isTakeoverPlanned else { return }
    isTakeoverPlanned = true
    plans += 1
    let wait =
      change.hasFailed
      ? SimDuration(drawn: policy.takeover.sample(&takeoverStream)) : policy.restart + replay
    schedule(.takesOver(plans), after: wait, &scheduler)
  }

  /// How long a machine replays what came after the last snapshot, when the last one failed that sequenced.
  private var replay: SimDuration {
    guard policy.snapshotInterval > .zero else { return .zero }
    let behind = failedAt.nanoseconds % policy.snapshotInterval.nanoseconds
    return SimDuration(drawn: Double(behind) * 1e-9 / policy.replaySpeed)
  }

  private mutating func takeOver() -> Bool {
    isTakeoverPlanned = false
    active = sequencers.indices.first { isUp($0) }
    return active != nil && !hasStopped
  }

  // MARK: Notes

  private mutating func noteState(at now: SimTime) {
    record.note(
      up: upCount, of: sequencers.count, isSequencing: isSequencing, isPosting: isPosting,
      hasSupermajorityBug: hasSupermajorityBug, at: now)
  }
}

extension Machines: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Machines { Machines(copying: self, draws) }

  private init(copying other: borrowing Machines, _ draws: Draws) {
    policy = other.policy
    record = other.record
    hasStopped = other.hasStopped
    rollup = other.rollup
    sequencers = other.sequencers
    bugs = other.bugs
    hasOutage = other.hasOutage
    isPosterUpAlone = other.isPosterUpAlone
    stops = other.stops
    active = other.active
    plans = other.plans
    isTakeoverPlanned = other.isTakeoverPlanned
    failedAt = other.failedAt
    window = other.window
    owesBlock = other.owesBlock
    delayed = other.delayed
    sequencerStream = other.sequencerStream.copy(drawing: draws)
    bugStream = other.bugStream.copy(drawing: draws)
    posterStream = other.posterStream.copy(drawing: draws)
    outageStream = other.outageStream.copy(drawing: draws)
    takeoverStream = other.takeoverStream.copy(drawing: draws)
    lossStream = other.lossStream.copy(drawing: draws)
  }
}
