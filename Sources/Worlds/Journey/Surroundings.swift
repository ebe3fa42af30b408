import EventKernel
import Rollup
import Settlement

/// What a rollup knows of its world.
struct Surroundings {
  /// The submission instants of the transactions that count in measures.
  let measured: Range<SimTime>
  /// How transactions are drawn: one by one or in cohorts.
  let fidelity: Fidelity
  /// Whether rollups settle on this one.
  let isHost: Bool
  /// What calldata costs on the host.
  let calldata: CalldataRule
  /// Whether the service verifies proofs of several rollups together.
  var sharesProofs = false
  /// How the rollup that this one calls takes what comes from their host.
  var creditOfCalled = RollupScenario.baseCase.deposits
  /// Mean time from one slot of the settlement chain to the next.
  let slot: SimDuration
  /// What the settlement chain charges at the start of the run.
  let fees: ObservedFees
  /// What one prover of a service costs while it works [USD per hour]; nil for provers of its own.
  let usdPerProverHour: Double?
  /// Price of the settlement chain's coin [USD].
  let usdPerEther: Double
  /// What the settlement chain's clock shows at the start of the run [Unix seconds].
  let startsAt: Int64
}
