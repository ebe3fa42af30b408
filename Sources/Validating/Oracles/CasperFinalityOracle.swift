import EventKernel
import Settlement
import Worlds

extension Oracle {
  /// Casper finality from each slot of an epoch.
  static let casperFinality = Oracle(
    name: "casper-finality",
    statement: "included at slot i of its epoch, final (96 - i) slots of 12 s later",
    source: "consensus-specs: weigh_justification_and_finalization, full participation",
    cases: (0..<32).map { position in
      .exact("slot \(position)", unit: "s", Double((96 - position) * 12)) {
        finalityDelay(position: position)
      }
    } + [
      .exact("minimum", unit: "s", 780) { finalityDelays.min() },
      .exact("maximum", unit: "s", 1152) { finalityDelays.max() },
      // Whole seconds, whose sum is exact.
      .exact("mean", unit: "s", 966) { finalityDelays.reduce(0, +) / 32 },
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
