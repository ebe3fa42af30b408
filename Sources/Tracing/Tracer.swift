import EventKernel
import Rollup
import Worlds

/// Makes a trace of a run, from beside: after each event it looks at what that changed.
struct Tracer {
  var timeline: Timeline
  /// The transactions of each batch that are followed: the first of so many of its blocks.
  let followed: Int
  let log: EventLog?
  var rollups: [RollupNotes]
  var hostTransactions = HostTransactions()
  /// The entry of the slot that goes on, if it has a block.
  var slot: Int?
  /// Blocks on the settlement chain after its last slot.
  var height = 0
  /// Transactions that were submitted to the settlement chain so far.
  var submitted = 0

  init(_ scenario: Scenario, log: EventLog?, followed: Int, _ timeline: Timeline) {
    (self.timeline, self.followed, self.log) = (timeline, followed, log)
    rollups = scenario.rollups.map { _ in RollupNotes() }
  }
}

extension Tracer: WorldWatching {
  var hasSeenEnough: Bool { timeline.isFull || log?.hasFailed == true }

  mutating func begin(with world: borrowing World) {
    for place in rollups.indices { noteNextSubmission(of: place, world) }
    height = world.settlement.height
  }

  mutating func note(_ event: WorldEvent, in world: borrowing World, at now: SimTime) {
    switch event {
    case .settlement:
      noteSlot(world, at: now)
      noteDerivedBlocks(world, at: now)
    case .sequencer(_, let rollup), .machines(_, let rollup):
      noteBlock(of: Int(rollup.number), world, at: now)
    case .deposit(_, let rollup): noteDeposit(of: Int(rollup.number), at: now)
    case .change(let terms, let rollup):
      noteChange(of: Int(rollup.number), to: Int(terms), world, at: now)
    case .prover(let event, let rollup):
      noteProver(event, of: Int(rollup.number), world, at: now)
    case .proverService(.proved, let service):
      noteProved(by: Int(service.number), world, at: now)
    case .batchPoster, .neighbour, .proverService, .sharedBlobs, .stateProposer, .bridge,
      .dataLayer, .exits, .fastExit, .call, .forced, .sequencerSet, .upgrades, .measurement:
      break
    }
    noteConsequences(of: event, in: world, at: now)
    log?.write(event, world.scenario, timeline.takeWords(), at: now, in: timeline.window)
  }

  /// Notes what follows from an event wherever it follows.
  ///
  /// What a sequencer or a poster does alone, which is most of all events, stays with its rollup.
  private mutating func noteConsequences(
    of event: WorldEvent, in world: borrowing World, at now: SimTime
  ) {
    let own = event.placeOfMaker.flatMap { isAlone($0, world) ? $0 : nil }
    let places = own.map { $0..<$0 + 1 } ?? rollups.indices
    for place in places { noteClosedBatches(of: place, world, at: now) }
    for place in places { noteProofs(of: place, world, at: now) }
    for place in places { noteNewClaims(of: place, world, at: now) }
    noteHandedOver(world, at: now)
    guard own == nil else { return }
    for place in places {
      noteSettled(of: place, world, at: now)
      noteClaims(of: place, world, at: now)
      noteCredits(of: place, world, at: now)
    }
  }
}

extension Tracer {
  /// Whether a rollup settles on the settlement chain and hosts nobody.
  private func isAlone(_ place: Int, _ world: borrowing World) -> Bool {
    world.topology.hosts[place] == nil && !world.topology.hosts.contains(place)
  }
}

extension WorldEvent {
  /// The rollup whose sequencer seals or whose poster closes a batch; nil for all other events.
  fileprivate var placeOfMaker: Int? {
    switch self {
    case .sequencer(_, let rollup), .batchPoster(_, let rollup): Int(rollup.number)
    default: nil
    }
  }
}
