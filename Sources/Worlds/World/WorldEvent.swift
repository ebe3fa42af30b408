import EventKernel
import Ledger
import Rollup
import Settlement

/// Everything that can happen in a world.
public enum WorldEvent: SimulationEvent, CarriesSettlementEvents, CarriesSequencerEvents,
  CarriesBatchPosterEvents, CarriesNeighbourEvents, CarriesDepositEvents, CarriesProverEvents,
  CarriesProverServiceEvents, CarriesStateProposerEvents, CarriesBridgeEvents,
  CarriesDataLayerEvents, CarriesExitEvents, CarriesFastExitEvents, CarriesSharedBlobEvents,
  CarriesMachineEvents, CarriesForcedInclusionEvents, CarriesSequencerSetEvents,
  CarriesUpgradeEvents, CarriesCallEvents
{
  /// An event of the settlement chain.
  case settlement(SettlementEvent)
  /// An event of a sequencer.
  case sequencer(SequencerEvent, of: RollupID)
  /// An event of who makes blocks.
  case sequencerSet(SequencerSetEvent, of: RollupID)
  /// An event of a batch poster.
  case batchPoster(BatchPosterEvent, of: RollupID)
  /// An event of the light rollups that share the settlement chain.
  case neighbour(NeighbourEvent)
  /// A deposit.
  case deposit(DepositEvent, of: RollupID)
  /// An event of a prover.
  case prover(ProverEvent, of: RollupID)
  /// An event of a prover service.
  case proverService(ProverServiceEvent, of: ServiceID)
  /// An event of a service that posts data of several rollups.
  case sharedBlobs(SharedBlobEvent, of: ServiceID)
  /// An event of a proposer.
  case stateProposer(StateProposerEvent, of: RollupID)
  /// An event of a bridge.
  case bridge(BridgeEvent, of: RollupID)
  /// An event of a data layer.
  case dataLayer(DataLayerEvent, of: RollupID)
  /// An event of users who leave without the operator.
  case exits(ExitEvent, of: RollupID)
  /// An event of fast exits.
  case fastExit(FastExitEvent, of: RollupID)
  /// An event of calls to another rollup.
  case call(CallEvent, of: RollupID)
  /// An event of machines that fail.
  case machines(MachineEvent, of: RollupID)
  /// An event of users whom the operator leaves out.
  case forced(ForcedInclusionEvent, of: RollupID)
  /// An event of who can replace contracts.
  case upgrades(UpgradeEvent, of: RollupID)
  /// Other terms hold for a rollup, by their place.
  case change(UInt32, of: RollupID)
  /// Measuring begins or ends.
  case measurement(MeasurementEvent)

  /// The greatest depth of a rollup: layers below the settlement chain, less one.
  public static let deepest = 15

  /// Rank among the events of one instant: the one place where tie rules are written.
  ///
  /// The settlement chain comes first, so what is handed over at the instant of a slot waits for
  /// the next one. Then the order in which data flows: block, batch, proof, claim, withdrawal.
  /// A block at the instant of a batch's deadline is thus part of that batch. A rollup on a rollup comes
  /// before its host: batches, and proofs that wait for nothing of the host, that are ready at the
  /// instant of the host's block are part of that block. Whatever follows from blocks of the host comes
  /// after all blocks. Provers and services of provers give each other batches and proofs at one
  /// instant, so they share a phase.
  public var phase: UInt8 {
    switch self {
    case .measurement, .change, .machines: 0
    case .settlement: 1
    case .sequencer(_, let rollup), .sequencerSet(.confirmed, let rollup):
      Self.firstPhase(of: rollup)
    case .sequencerSet(.posts, let rollup), .sequencerSet(.races, let rollup):
      Self.firstPhase(of: rollup) + 1
    case .batchPoster(_, let rollup): Self.firstPhase(of: rollup) + 1
    case .prover(_, let rollup) where rollup.provesAhead: Self.firstPhase(of: rollup) + 2
    case .neighbour, .dataLayer: 50
    case .prover, .proverService, .sharedBlobs: 51
    case .stateProposer: 52
    case .bridge: 53
    case .deposit, .exits, .fastExit, .call, .forced, .upgrades: 54
    }
  }

  /// The first of the three phases in which a rollup makes what its host can have at one instant.
  private static func firstPhase(of rollup: RollupID) -> UInt8 {
    2 + 3 * (UInt8(deepest) - rollup.depth)
  }

  /// Kind in the high byte, the rollup or service below it, subject in the low 32 bits.
  public var code: UInt64 {
    switch self {
    case .measurement(.begins): Self.code(0)
    case .measurement(.ends): Self.code(1)
    case .settlement(.slot): Self.code(2)
    case .sequencer(.seal, let rollup): Self.code(3, of: rollup.number)
    case .sequencerSet(.confirmed, let rollup): Self.code(50, of: rollup.number)
    case .sequencerSet(.posts(let batch), let rollup): Self.code(51, batch, of: rollup.number)
    case .sequencerSet(.races(let batch), let rollup): Self.code(52, batch, of: rollup.number)
    case .batchPoster(.deadline(let batch), let rollup): Self.code(4, batch, of: rollup.number)
    case .batchPoster(.overdue(let batch), let rollup): Self.code(26, batch, of: rollup.number)
    case .prover(.witnessed(let batch), let rollup): Self.code(5, batch, of: rollup.number)
    case .prover(.proved(_, let batch), let rollup): Self.code(6, batch, of: rollup.number)
    case .prover(.groupDeadline(let batch), let rollup): Self.code(7, batch, of: rollup.number)
    case .prover(.aggregated(_), let rollup): Self.code(8, of: rollup.number)
    case .stateProposer(.due, let rollup): Self.code(9, of: rollup.number)
    case .bridge(.matured(let claim), let rollup): Self.code(10, claim, of: rollup.number)
    case .bridge(.released(let claim), let rollup): Self.code(14, claim, of: rollup.number)
    case .change(let place, let rollup): Self.code(15, place, of: rollup.number)
    case .neighbour(.due(let rollup)): Self.code(11, rollup)
    case .deposit(.due, let rollup): Self.code(12, of: rollup.number)
    case .dataLayer(let event, let rollup): event.code(of: rollup)
    case .exits(.begins, let rollup): Self.code(27, of: rollup.number)
    case .exits(.overdue(let height), let rollup): Self.code(28, height, of: rollup.number)
    case .fastExit(.due, let rollup): Self.code(30, of: rollup.number)
    case .fastExit(.ofRun(let user), let rollup): Self.code(31, user, of: rollup.number)
    case .fastExit(.pays(let number), let rollup): Self.code(32, number, of: rollup.number)
    case .call(let event, let rollup): event.code(of: rollup)
    case .machines(let event, let rollup): event.code(of: rollup)
    case .upgrades(let event, let rollup): event.code(of: rollup)
    case .forced(.sends(let user), let rollup): Self.code(60, user, of: rollup.number)
    case .forced(.serves(let user), let rollup): Self.code(61, user, of: rollup.number)
    case .proverService(.proved(let job), let service): Self.code(13, job, of: service.number)
    case .proverService(.sharedDeadline(let proof), let service):
      Self.code(24, proof, of: service.number)
    case .proverService(.shared, let service): Self.code(25, of: service.number)
    case .sharedBlobs(.deadline(let transaction), let service):
      Self.code(29, transaction, of: service.number)
    }
  }

  fileprivate static func code(_ kind: UInt64, _ subject: UInt32 = 0, of owner: UInt16 = 0)
    -> UInt64
  {
    kind << 56 | UInt64(owner) << 32 | UInt64(subject)
  }
}

extension DataLayerEvent {
  fileprivate func code(of rollup: RollupID) -> UInt64 {
    switch self {
    case .committee(.member(let member)): WorldEvent.code(16, member, of: rollup.number)
    case .committee(.commonCause): WorldEvent.code(17, of: rollup.number)
    case .committee(.signed(let batch)): WorldEvent.code(18, batch, of: rollup.number)
    case .external(.block): WorldEvent.code(19, of: rollup.number)
    case .external(.attested(let batch)): WorldEvent.code(20, batch, of: rollup.number)
    case .withholding(.begins): WorldEvent.code(21, of: rollup.number)
    case .withholding(.rebuilt): WorldEvent.code(22, of: rollup.number)
    case .withholding(.ends): WorldEvent.code(23, of: rollup.number)
    }
  }
}

extension MachineEvent {
  fileprivate func code(of rollup: RollupID) -> UInt64 {
    switch self {
    case .sequencer(let machine): WorldEvent.code(33, machine, of: rollup.number)
    case .bug(let implementation): WorldEvent.code(34, implementation, of: rollup.number)
    case .takesOver(let plan): WorldEvent.code(35, plan, of: rollup.number)
    case .poster: WorldEvent.code(36, of: rollup.number)
    case .outage: WorldEvent.code(37, of: rollup.number)
    case .stops: WorldEvent.code(38, of: rollup.number)
    case .windowEnds: WorldEvent.code(39, of: rollup.number)
    case .restarts: WorldEvent.code(77, of: rollup.number)
    }
  }
}

extension CallEvent {
  fileprivate func code(of rollup: RollupID) -> UInt64 {
    switch self {
    case .due: WorldEvent.code(80, of: rollup.number)
    case .pays(let call): WorldEvent.code(81, call, of: rollup.number)
    case .executes(let call): WorldEvent.code(82, call, of: rollup.number)
    case .arrives(let call): WorldEvent.code(83, call, of: rollup.number)
    }
  }
}

extension UpgradeEvent {
  fileprivate func code(of rollup: RollupID) -> UInt64 {
    switch self {
    case .keys: WorldEvent.code(70, of: rollup.number)
    case .council: WorldEvent.code(71, of: rollup.number)
    case .ready: WorldEvent.code(72, of: rollup.number)
    case .attacks: WorldEvent.code(73, of: rollup.number)
    case .matured(let number): WorldEvent.code(74, number, of: rollup.number)
    case .noticed(let number): WorldEvent.code(75, number, of: rollup.number)
    case .voted(let number): WorldEvent.code(76, number, of: rollup.number)
    }
  }
}

/// When measuring begins and ends.
public enum MeasurementEvent: BitwiseCopyable, Sendable {
  /// The warm-up is over.
  case begins
  /// The horizon is reached.
  case ends
}
