import Declarations
import EventKernel
import Statistics

/// What a run remembers of upgrades: of the measured window what keys are, of the whole run what upgrades did.
public struct UpgradeRecord: Sendable {
  private let window: Range<SimTime>
  private var keysLost = ShareOverWindow()
  private var councilLost = ShareOverWindow()
  private var sound = 0
  private var faulty = 0
  private var cancelled = 0
  private var deployments = 0
  private var halted = SimDuration.zero
  /// The share of value that faults have left.
  public private(set) var leftByFaults = 1.0
  /// From the block that queued a malicious upgrade to the one in which it took effect; nil if none did.
  public private(set) var notice: SimDuration?

  init(window: Range<SimTime>) { self.window = window }

  mutating func note(keysLost: Bool, councilLost: Bool, at now: SimTime) {
    self.keysLost.change(to: keysLost ? 1 : 0, at: now, window)
    self.councilLost.change(to: councilLost ? 1 : 0, at: now, window)
  }

  mutating func cancel() { cancelled += 1 }

  mutating func deploy() { deployments += 1 }

  mutating func take(_ upgrade: Upgrade, after time: SimDuration) {
    switch upgrade.kind {
    case .sound: sound += 1
    case .faulty:
      faulty += 1
      leftByFaults *= 1 - upgrade.loss
    case .malicious: notice = time
    }
    halted = halted + upgrade.halt
  }

  /// The measures of upgrades that need nothing else.
  public static let measures: [PartMeasure<Upgrades.Policy, UpgradeRecord>] =
    signers + attacks.applies(when: \.isAttacked) + honest

  private static let signers: [PartMeasure<Upgrades.Policy, UpgradeRecord>] = [
    .init(
      .upgrade, "keys_lost_share", title: "Share of time with enough compromised keys",
      unit: "1", rests: .parts(["upgrades"]),
      "Share of the measured window in which as many keys of the multisig are compromised as have to sign."
    ) { $0.replaces && $0.keys.isExposed ? $1.keysLost.mean($1.window) : nil },
    .init(
      .upgrade, "council_lost_share",
      title: "Share of time with enough compromised keys of the council", unit: "1",
      rests: .parts(["upgrades"]), "The same, of the council."
    ) { $0.replaces && $0.council.isExposed ? $1.councilLost.mean($1.window) : nil },
    .init(
      .upgrade, "bribe_usd", title: "Cost of an attack", unit: "USD", rests: .parts(["upgrades"]),
      "What it takes to bribe as many signers as can replace contracts, of the multisig or the council."
    ) { policy, _ in policy.replaces && policy.bribe > 0 ? policy.bribesUSD : nil },
    .init(
      .upgrade, "bribe_share", title: "Cost of an attack by value locked", unit: "1",
      rests: .parts(["upgrades"]), "The same by what the contracts hold."
    ) { policy, _ in
      policy.replaces && policy.bribe > 0 ? share(policy.bribesUSD, of: policy.valueLocked) : nil
    },
  ]

  private static let attacks: [PartMeasure<Upgrades.Policy, UpgradeRecord>] = [
    .init(
      .upgrade, "taken_share", title: "Share of runs in which a malicious upgrade takes effect",
      unit: "1", rests: rests,
      "1 in a run in which a malicious upgrade takes effect, else 0: in the mean the probability."
    ) { $1.notice == nil ? 0 : 1 },
    .init(
      .upgrade, "cancelled_count", title: "Malicious upgrades that are cancelled", unit: "1",
      rests: rests, "Malicious upgrades that the council or a vote cancels."
    ) { Double($1.cancelled) },
    .init(
      .upgrade, "notice_s", title: "Time from the announcement of an attack to its effect",
      unit: "s", rests: rests,
      "Time from the block that queues a malicious upgrade to the one in which it takes effect."
    ) { $1.notice?.seconds },
  ]

  private static let honest: [PartMeasure<Upgrades.Policy, UpgradeRecord>] = [
    .init(
      .upgrade, "sound_count", title: "Upgrades without a fault", unit: "1", rests: rests,
      "Upgrades that mean well, have no fault and take effect for good."
    ) { $0.replaces && $0.perYear > 0 ? Double($1.sound) : nil },
    .init(
      .upgrade, "faulty_count", title: "Upgrades with a fault", unit: "1", rests: rests,
      "Upgrades that mean well, have a fault and take effect for good."
    ) { $0.replaces && $0.perYear > 0 ? Double($1.faulty) : nil },
    .init(
      .upgrade, "downtime_s", title: "Time for which upgrades stop the rollup", unit: "s",
      rests: rests, "Time for which upgrades stop the rollup, in all."
    ) { $0.halts ? $1.halted.seconds : nil },
    .init(
      .upgrade, "deployments_count", title: "New deployments", unit: "1", rests: rests,
      "New deployments that users can move to, where contracts cannot be replaced."
    ) { $0.rule == .immutable && $0.perYear > 0 ? Double($1.deployments) : nil },
  ]

  /// Whoever else wants room in settlement blocks has a part in it.
  private static let rests = PartMeasure<Upgrades.Policy, UpgradeRecord>.Rests.journey(
    through: "neighbours", also: ["upgrades"])
}

extension Upgrades.Policy {
  /// What it takes to bribe as many signers as can replace contracts [USD].
  public var bribesUSD: Double { bribe * Double(fewestSigners) }
}
