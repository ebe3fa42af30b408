import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of disputes.
public struct DisputeRecord: Sendable {
  /// Claims that were wrong.
  var wrong = 0
  /// Those of them that took effect.
  var stolen = 0
  /// Moves that count.
  var moves = 0
  private var matches = 0
  private var decided = 0
  private var lostByDefenders = 0
  private var durations = LatencyHistogram()
  private var delays = LatencyHistogram()
  private var mostExtended = SimDuration.zero
  /// What the sides had at the end of the run, defenders first.
  fileprivate var funds: [DisputeFunds] = []

  /// A record of nothing.
  public init() {}

  /// The same with what the sides have.
  public func with(_ funds: [DisputeFunds]) -> DisputeRecord {
    var record = self
    record.funds = funds
    return record
  }

  mutating func end(_ match: DisputeMatch) {
    matches += 1
    mostExtended = max(mostExtended, SimDuration(nanoseconds: match.extended))
  }

  mutating func decide(
    winner: DisputeSide, from begun: BlockPlace, claimedIn: BlockPlace, to end: BlockPlace
  ) {
    decided += 1
    if winner == .attacker { lostByDefenders += 1 }
    durations.record((end.time - begun.time).nanoseconds)
    delays.record((end.time - claimedIn.time).nanoseconds)
  }

  private func of(_ side: DisputeSide, _ amount: KeyPath<DisputeFunds, Wei>) -> Double? {
    funds.isEmpty ? nil : funds[side.rawValue][keyPath: amount].asDouble
  }

  private func ratio(_ amount: (DisputeFunds) -> Wei) -> Double? {
    guard funds.count == 2, amount(funds[0]) > .zero else { return nil }
    return amount(funds[1]).asDouble / amount(funds[0]).asDouble
  }

  /// The measures of disputes.
  public static let measures: [PartMeasure<Bool, DisputeRecord>] = (courses + money).applies { $0 }

  private static let courses: [PartMeasure<Bool, DisputeRecord>] = [
    .init(
      .dispute, "count", title: "Disputes", unit: "1", rests: rests,
      "Claims about which there was a dispute that has ended."
    ) { Double($1.decided) },
    .init(
      .dispute, "s_mean", title: "Length of a dispute, mean", unit: "s", rests: rests,
      "Time from the block with the first move to the end of a dispute, when the block with the last one is final."
    ) { $1.durations.meanSeconds },
    .init(
      .dispute, "s_max", title: "Length of a dispute, largest", unit: "s", rests: rests,
      "The same, largest."
    ) { $1.durations.maximumSeconds },
    .init(
      .dispute, "claim_s_mean", title: "Time from a disputed claim to a decision, mean", unit: "s",
      rests: rests, "Time from the block with a claim to the end of its dispute, mean."
    ) { $1.delays.meanSeconds },
    .init(
      .dispute, "matches_mean", title: "Matches of a dispute", unit: "1", rests: rests,
      "Matches of a dispute, mean."
    ) { share(Double($1.matches), of: Double($1.decided)) },
    .init(
      .dispute, "moves_mean", title: "Moves of a dispute", unit: "1", rests: rests,
      "Moves of a dispute on the host that count, mean; those that end a match by its clocks are none."
    ) { share(Double($1.moves), of: Double($1.decided)) },
    .init(
      .dispute, "extension_s_max", title: "Time by which clocks were extended, largest", unit: "s",
      rests: rests, "Time by which the clocks of one match were extended, largest."
    ) { $1.matches > 0 ? $1.mostExtended.seconds : nil },
    .init(
      .dispute, "wrong_count", title: "Wrong claims", unit: "1", rests: rests,
      "Claims in blocks of the host that are wrong."
    ) { Double($1.wrong) },
    .init(
      .dispute, "wrong_effective_share", title: "Share of wrong claims that take effect", unit: "1",
      rests: rests,
      "Share of wrong claims that take effect because nobody has contested them in time, and won."
    ) { share(Double($1.stolen), of: Double($1.wrong)) },
    .init(
      .dispute, "lost_share", title: "Share of disputes that who is right loses", unit: "1",
      rests: rests,
      "Share of disputes that those lose who are right, because they do not answer in time or have nothing left to stake."
    ) { share(Double($1.lostByDefenders), of: Double($1.decided)) },
  ]

  private static let money: [PartMeasure<Bool, DisputeRecord>] =
    [(DisputeSide.defender, "defender"), (.attacker, "attacker")].flatMap { side, name in
      [
        .init(
          .dispute, "\(name)_wei_max", title: "Most that \(name)s have staked", unit: "wei",
          rests: rests, "Most that \(name)s have staked at one time."
        ) { $1.of(side, \.mostLocked) },
        .init(
          .dispute, "\(name)_lost_wei", title: "Stakes that \(name)s lose", unit: "wei",
          rests: rests, "Stakes that \(name)s have lost."
        ) { $1.of(side, \.lost) },
        .init(
          .dispute, "\(name)_gas_wei", title: "What transactions of \(name)s cost", unit: "wei",
          rests: rests, "What transactions of \(name)s cost because of disputes."
        ) { $1.of(side, \.spent) },
      ]
    }
    + [
      .init(
        .dispute, "stake_ratio", title: "Stakes of attackers over those of defenders", unit: "1",
        rests: rests,
        "Most that attackers have staked at one time over the most that defenders have."
      ) { $1.ratio(\.mostLocked) },
      .init(
        .dispute, "resource_ratio", title: "What attackers put in over what defenders do",
        unit: "1",
        rests: rests,
        "Most that attackers have staked and what their transactions cost, over the same of defenders."
      ) { $1.ratio { $0.mostLocked + $0.spent } },
    ]

  private static let rests = PartMeasure<Bool, DisputeRecord>.Rests.journey(through: "neighbours")
}
