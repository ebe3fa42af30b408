import Declarations
import EventKernel

extension Upgrades.Policy {
  /// What a scenario can say about upgrades.
  public static let parameters: [PartParameter<Upgrades.Policy>] =
    [
      .word(
        "rule", \.rule, "Whether contracts can be replaced by who holds keys, or not at all.",
        affects: [.upgrade]
      ).titled("Whether contracts can be replaced").used(when: \.happens)
    ]
    + SignerSet.Policy.parameters(of: "multisig").lifted(under: "keys", to: \.keys)
    .used(when: \.replaces)
    + delays
    + SignerSet.Policy.parameters(of: "council").lifted(under: "council", to: \.council)
    .used(when: \.replaces)
    + council + vetoes + attacks + honest + values

  private static let delays: [PartParameter<Upgrades.Policy>] = [
    .duration(
      "delay", \.delay, "Time from the block that queues an upgrade until it may take effect.",
      affects: [.upgrade]
    ).titled("Delay of upgrades").used { $0.replaces && $0.delayBlocks == 0 },
    .whole(
      "delay_blocks", .count, \.delayBlocks,
      "The same in settlement blocks, instead of a time; 0 for a time.", affects: [.upgrade]
    ).titled("Delay of upgrades in blocks").used(when: \.replaces),
  ]

  private static let council: [PartParameter<Upgrades.Policy>] = [
    .flag(
      "council.overrides", \.councilOverrides,
      "Whether the council can replace contracts by itself.",
      affects: [.upgrade]
    ).titled("Whether the council can upgrade").used { $0.replaces && $0.council.exists },
    .duration(
      "council.delay", \.councilDelay,
      "Time from the block in which the council queues an upgrade until it may take effect.",
      affects: [.upgrade]
    ).titled("Delay of upgrades by the council").used { $0.replaces && $0.hasOverride },
    .flag(
      "council.vetoes", \.councilVetoes,
      "Whether the council can cancel what the signers have queued.", affects: [.upgrade]
    ).titled("Whether the council can cancel").used { $0.isAttacked && $0.council.exists },
  ]

  private static let vetoes: [PartParameter<Upgrades.Policy>] = [
    .flag(
      "vote.vetoes", \.voteVetoes,
      "Whether holders of a token can cancel what is queued, by a vote.", affects: [.upgrade]
    ).titled("Whether a vote can cancel").used(when: \.isAttacked),
    .duration("vote.period", \.votePeriod, "How long they vote.", affects: [.upgrade])
      .titled("Time of a vote").used { $0.isAttacked && $0.voteVetoes },
    .distribution(
      "vote.turnout", .share, \.turnout,
      "Share of tokens that turns out against a malicious upgrade.", affects: [.upgrade]
    ).titled("Turnout of a vote").used { $0.isAttacked && $0.voteVetoes },
    .number(
      "vote.quorum", .share, \.quorum, "Share of tokens that has to turn out.",
      affects: [.upgrade]
    ).titled("Quorum of a vote").used { $0.isAttacked && $0.voteVetoes },
    .distribution(
      "detection", .duration, \.detection,
      "Time from the block that queues a malicious upgrade until those notice who can cancel it.",
      affects: [.upgrade]
    ).titled("Time until an attack is noticed").used(when: \.canBeVetoed),
  ]

  private static let attacks: [PartParameter<Upgrades.Policy>] = [
    .word(
      "attack", \.attack,
      "Who queues a malicious upgrade: nobody, whoever has enough compromised keys, or the signers or the council at "
        + "a time.", affects: [.upgrade]
    ).titled("Who attacks"),
    .distribution(
      "attack_at", .duration, \.attackAt,
      "When that is, from the start of the run; what lies behind the horizon never comes.",
      affects: [.upgrade]
    ).titled("When a malicious upgrade is queued").used(when: \.attackIsPlanned),
  ]

  private static let honest: [PartParameter<Upgrades.Policy>] = [
    .number(
      "per_year", .number, \.perYear,
      "Upgrades that mean well, or new deployments, a year of 365 days, Poisson."
    ).titled("Upgrades a year"),
    .number(
      "faulty", .share, \.faulty, "Probability that such an upgrade has a fault."
    ).titled("Share of upgrades with a fault").used { $0.replaces && $0.perYear > 0 },
    .distribution(
      "fault_freeze", .duration, \.faultFreeze, "How long a fault stops the rollup."
    ).titled("Time for which a fault stops the rollup").used {
      $0.replaces && $0.perYear > 0 && $0.faulty > 0
    },
    .distribution(
      "fault_loss", .share, \.faultLoss, "Share of the value that a fault loses.",
      affects: [.upgrade]
    ).titled("Share of value that a fault loses").used {
      $0.replaces && $0.perYear > 0 && $0.faulty > 0
    },
    .distribution(
      "downtime", .duration, \.downtime, "How long an upgrade without a fault stops the rollup."
    ).titled("Time for which an upgrade stops the rollup").used { $0.replaces && $0.perYear > 0 },
  ]

  private static let values: [PartParameter<Upgrades.Policy>] = [
    .number(
      "value_locked", .usd, \.valueLocked, "What the contracts hold.", affects: [.upgrade]
    ).titled("Value locked").used(when: \.happens),
    .number(
      "bribe", .usd, \.bribe, "What it takes to bribe one signer.", affects: [.upgrade]
    ).titled("Bribe of a signer").used(when: \.replaces),
    .whole(
      "gas", .gas, \.gas, "Gas of a transaction that queues, executes or cancels an upgrade.",
      affects: [.upgrade]
    ).titled("Gas of an upgrade").used(when: \.replaces),
  ]
}

extension Upgrades.Policy {
  /// States what holds of any upgrades.
  public func check(_ expect: inout Expectations) {
    expect.under("keys") { keys.check(&$0) }
    expect.under("council") { council.check(&$0) }
    expect((0...10_000_000).contains(delayBlocks), "delay_blocks", "expected at most 1e7 blocks")
    expect((0...1).contains(quorum), "vote.quorum", "expected a share from 0 to 1")
    expect((0...1).contains(faulty), "faulty", "expected a share from 0 to 1")
    expect((0...1000).contains(perYear), "per_year", "expected from 0 to 1000 a year")
    expect((0...1e15).contains(valueLocked), "value_locked", "expected from 0 to 1e15 USD")
    expect((0...1e15).contains(bribe), "bribe", "expected from 0 to 1e15 USD")
    guard happens else { return }
    expect(
      rule == .immutable || keys.exists, "keys.signers",
      "expected at least 1 signer, or rule: immutable")
    expect(
      attack != .council || council.exists && councilOverrides,
      ["attack", "council.signers", "council.overrides"],
      "expected a council that can upgrade, or another attack")
    expect(
      rule == .keys || attack == .none, ["attack", "rule"],
      "expected none: nobody can replace contracts that are immutable")
  }
}
