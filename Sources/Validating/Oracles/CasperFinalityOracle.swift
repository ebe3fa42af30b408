import EventKernel
import Settlement
import Worlds

extension Oracle {
  /// Casper finality from each slot of an epoch.
  static let casperFinality = Oracle(
    name: "casper-finality",
    statement: """
      included at slot i of its epoch, final 64 slots of 12 s later for i = 0 and (96 - i) for others: \
      the checkpoint, the block of an epoch's first slot, takes along what is before it
      """,
    source: "consensus-specs: process_justification_and_finalization, full participation",
    cases: (0..<32).map { position in
      .exact("slot \(position)", unit: "s", Double((position == 0 ? 64 : 96 - position) * 12)) {
        finalityDelay(position: position)
      }
    } + [
      .exact("minimum", unit: "s", 768) { finalityDelays.min() },
      .exact("maximum", unit: "s", 1140) { finalityDelays.max() },
      // Whole seconds, whose sum is exact.
      .exact("mean", unit: "s", 954) { finalityDelays.reduce(0, +) / 32 },
    ])

  private static var finalityDelays: [Double] {
    (0..<32).map { finalityDelay(position: $0) ?? .nan }
  }

  /// Time from inclusion in a slot of the second epoch to finality [s]; nil if that never comes.
  private static func finalityDelay(position: Int) -> Double? {
    let policy = Scenario.baseCase.settlement.quiet
    var simulation = ChainProbe.simulation(policy) { slot, _ in
      slot == 32 + position - 1 ? [policy.halfSlot] : []
    }
    simulation.run(through: .distantFuture) { $0.finality.count == 1 || $0.slots == 1000 }
    return simulation.model.finality.meanIfAny
  }
}
