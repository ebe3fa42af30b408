import Declarations
import EventKernel
import Rollup
import Settlement

// What upgrades do to those who have something on a rollup, and how long they would have.

extension JourneyMeasures {
  /// Measures of upgrades that need more of a rollup than its upgrades.
  static let upgrades: [JourneyMeasure] =
    (escapes + losses).applies(when: \.rollup.upgrades.replaces)

  private static let escapes: [JourneyMeasure] = [
    JourneyMeasure(
      .upgrade, "window_s", title: "Exit window", unit: "s", rests: rests,
      "Delay of upgrades less the time that a withdrawal takes where nothing is in its way; below 0 where nobody can "
        + "leave in time."
    ) { subject, _ in subject.exitWindow },
    JourneyMeasure(
      .upgrade, "saved_share", title: "Share of users who leave in time", unit: "1", rests: rests,
      "Share of users who are out before a malicious upgrade takes effect."
    ) { $1.exits.saved.users },
    JourneyMeasure(
      .upgrade, "saved_value_share", title: "Share of value that leaves in time", unit: "1",
      rests: rests, "Share of balances that are out before a malicious upgrade takes effect."
    ) { $1.exits.saved.value },
  ]

  private static let losses: [JourneyMeasure] = [
    JourneyMeasure(
      .upgrade, "lost_share", title: "Share of value lost by upgrades", unit: "1", rests: rests,
      "Share of value that faults lose, and that a malicious upgrade takes of what is still there."
    ) { $1.lostShare },
    JourneyMeasure(
      .upgrade, "lost_usd", title: "Value lost by upgrades", unit: "USD", rests: rests,
      "The same of what the contracts hold: in the mean the value at risk."
    ) { $1.lostShare * $0.rollup.upgrades.valueLocked },
  ]

  /// Exits come through the bridge.
  private static let rests = JourneyMeasure.Rests.journey(
    through: "bridge", also: ["upgrades", "exits"])
}

extension RollupSubject {
  /// Delay of upgrades less the usual time of a withdrawal [s].
  fileprivate var exitWindow: Double {
    let upgrades = rollup.upgrades
    let slot = scenario.settlement.slot
    let delay =
      upgrades.delayBlocks > 0 ? slot * Int64(upgrades.delayBlocks) : upgrades.delay
    return delay.seconds - rollup.usualWait(slot: slot).seconds
  }
}

extension RollupSummary {
  /// Where nobody is followed who could leave, a malicious upgrade takes all that is there.
  fileprivate var lostShare: Double {
    let saved = upgrades.notice == nil ? 1 : exits.saved.value ?? 0
    return 1 - upgrades.leftByFaults * saved
  }
}
