/// The simulation clock and the future event list: by time, then phase, then scheduling order.
@frozen
public struct Scheduler<Event: SimulationEvent>: ~Copyable {
  @usableFromInline var futureEvents: FutureEventList<Event>
  @usableFromInline var current = EventKey.first
  @usableFromInline var scheduled: UInt64 = 0
  @usableFromInline let tieOrder: TieOrder

  @usableFromInline var trajectory = TrajectoryFingerprint()

  /// An empty list at the start of time, with room for `capacity` events before it has to grow.
  @inlinable
  public init(capacity: Int = 64, tieOrder: TieOrder = .scheduling) {
    futureEvents = FutureEventList(capacity: max(capacity, 4))
    self.tieOrder = tieOrder
  }

  /// A scheduler at the same instant with the same pending events, which goes its own way.
  @inlinable
  public func copy() -> Scheduler { Scheduler(copying: self) }

  @inlinable
  init(copying other: borrowing Scheduler) {
    futureEvents = other.futureEvents.copy()
    current = other.current
    scheduled = other.scheduled
    tieOrder = other.tieOrder
    trajectory = other.trajectory
  }

  /// The simulation clock.
  @inlinable
  public var now: SimTime { current.time }

  /// The number of events executed so far.
  @inlinable
  public var executed: UInt64 { scheduled - UInt64(pending) }

  /// A hash over (time, kind, subject) of every executed event.
  @inlinable
  public var fingerprint: TrajectoryFingerprint { trajectory }

  /// The number of events that wait to be executed.
  @inlinable
  public var pending: Int { futureEvents.pending }

  /// Adds an event to fire at `time`, which must not lie before the executing event.
  @inlinable
  @inline(__always)
  public mutating func schedule(_ event: Event, at time: SimTime) {
    scheduled &+= 1
    precondition(scheduled <= TieOrder.rankMask, "more than 2^56 events in one run")
    let key = EventKey(time: time, phase: event.phase, rank: tieOrder.rank(of: scheduled))
    precondition(
      !key.precedesPhase(of: current),
      "an event was scheduled into the past or into an earlier phase of this instant")
    futureEvents.insert(EventNotice(key: key, event: event))
  }

  /// Adds an event to fire `delay` from now.
  @inlinable
  @inline(__always)
  public mutating func schedule(_ event: Event, after delay: SimDuration) {
    schedule(event, at: now + delay)
  }

  /// Advances the clock to the next event up to and including `horizon`.
  @inlinable
  mutating func next(through horizon: SimTime) -> Event? {
    guard let notice = futureEvents.takeFirst(through: .last(at: horizon)) else { return nil }
    current = notice.key
    trajectory.record(time: notice.key.time, code: notice.event.code)
    return notice.event
  }
}

/// A 64-bit hash of the path that a run took: same build, specification and seed, same value.
///
/// It sees changes of order that averages hide. Not cryptographic.
@frozen
public struct TrajectoryFingerprint: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var hash: UInt64 = 0x6A09_E667_F3BC_C908

  /// The hash of all events recorded so far.
  @inlinable
  public var value: UInt64 { hash }

  /// The fingerprint of a run in which nothing has happened.
  @inlinable
  public init() {}

  @inlinable
  mutating func record(time: SimTime, code: UInt64) {
    let timed = (hash ^ UInt64(bitPattern: time.nanoseconds)) &* 0x9E37_79B9_7F4A_7C15
    let coded = (timed ^ (timed &>> 32) ^ code) &* 0xD6E8_FEB8_6659_FD93
    hash = coded ^ (coded &>> 32)
  }
}
