import EventKernel
import Rollup
import Settlement

/// Everything that can happen in the world of one rollup on its settlement chain.
public enum RollupEvent: SimulationEvent, CarriesSettlementEvents, CarriesSequencerEvents,
  CarriesBatchPosterEvents, CarriesNeighbourEvents, CarriesDepositEvents, CarriesProverEvents,
  CarriesStateProposerEvents,
  CarriesBridgeEvents
{
  /// An event of the settlement chain.
  case settlement(SettlementEvent)
  /// An event of the sequencer.
  case sequencer(SequencerEvent)
  /// An event of the batch poster.
  case batchPoster(BatchPosterEvent)
  /// An event of the rollups that share the settlement chain.
  case neighbour(NeighbourEvent)
  /// A deposit.
  case deposit(DepositEvent)
  /// An event of the prover.
  case prover(ProverEvent)
  /// An event of the proposer.
  case stateProposer(StateProposerEvent)
  /// An event of the bridge.
  case bridge(BridgeEvent)
  /// Measuring begins or ends.
  case measurement(MeasurementEvent)

  /// Rank among the events of one instant: the one place where tie rules are written.
  ///
  /// The settlement chain comes first, so what is handed over at the instant of a slot waits for
  /// the next one. Then the order in which data flows: block, batch, proof, claim, withdrawal.
  /// A block at the instant of a batch's deadline is thus part of that batch.
  public var phase: UInt8 {
    switch self {
    case .measurement: 0
    case .settlement: 1
    case .sequencer: 2
    case .batchPoster: 3
    case .neighbour: 4
    case .prover: 5
    case .stateProposer: 6
    case .bridge: 7
    case .deposit: 8
    }
  }

  /// Kind in the high byte, subject in the low 32 bits.
  public var code: UInt64 {
    switch self {
    case .measurement(.begins): Self.code(0)
    case .measurement(.ends): Self.code(1)
    case .settlement(.slot): Self.code(2)
    case .sequencer(.seal): Self.code(3)
    case .batchPoster(.deadline(let batch)): Self.code(4, batch)
    case .prover(.witnessed(let batch)): Self.code(5, batch)
    case .prover(.proved(let batch)): Self.code(6, batch)
    case .prover(.groupDeadline(let firstBatch)): Self.code(7, firstBatch)
    case .prover(.aggregated): Self.code(8)
    case .stateProposer(.due): Self.code(9)
    case .bridge(.matured(let claim)): Self.code(10, claim)
    case .neighbour(.due(let rollup)): Self.code(11, rollup)
    case .deposit(.due): Self.code(12)
    }
  }

  private static func code(_ kind: UInt64, _ subject: UInt32 = 0) -> UInt64 {
    kind << 56 | UInt64(subject)
  }
}

/// When measuring begins and ends.
public enum MeasurementEvent: BitwiseCopyable, Sendable {
  /// The warm-up is over.
  case begins
  /// The horizon is reached.
  case ends
}
