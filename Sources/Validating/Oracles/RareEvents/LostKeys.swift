import EventKernel
import Randomness
import RareEvents
import Rollup

/// Signers whose keys are safe, until the first compromise, and on until all are safe again.
package struct LostKeys: RareEventModel, ~Copyable {
  package enum Event: SimulationEvent {
    case changes

    package var phase: UInt8 { 0 }
    package var code: UInt64 { 0 }
  }

  private var signers: SignerSet
  private var hasBegun = false

  package var importance: Double { Double(signers.compromised) }

  package var isOver: Bool { hasBegun && signers.compromised == 0 }

  package mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    signers.change()
    signers.scheduleNext(.changes, &scheduler)
    hasBegun = true
  }

  package func copy(drawing draws: Draws) -> LostKeys {
    LostKeys(signers: signers.copy(drawing: draws), hasBegun: hasBegun)
  }

  /// Signers at the start.
  package static func start(
    _ policy: SignerSet.Policy, seed: UInt64, replication: UInt64
  ) -> Simulation<LostKeys> {
    var simulation = Simulation(
      LostKeys(
        signers: SignerSet(
          policy, until: .distantFuture,
          RandomStream(seed: seed, replication: replication, name: "oracle.keys"))))
    simulation.model.signers.scheduleNext(.changes, &simulation.scheduler)
    return simulation
  }
}
