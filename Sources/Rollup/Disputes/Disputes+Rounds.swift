import Ledger

// Disputes in rounds of one length: claims come with their stakes, then meet in groups until one is left.

extension Disputes {
  /// Begins and ends the rounds of a dispute, if its contract has such.
  mutating func goOnWithRounds(_ number: Int, _ block: BlockPlace) {
    guard rules.form == .demotions, open[number].verdict == nil else { return }
    guard var demotions = open[number].demotions else { return beginRounds(number, block) }
    guard tick(block) >= demotions.start + rules.roundLength,
      open[number].matches.allSatisfy(\.isOver)
    else { return }
    demotions.endRound(rules, winners: open[number].matches.map { $0.won?.by == .attacker })
    beginRound(demotions, of: number, block)
  }

  /// Begins the first round when all claims are there for good.
  ///
  /// Rivals that never came, for want of stakes, are waited for until the window ends.
  private mutating func beginRounds(_ number: Int, _ block: BlockPlace) {
    let entries = open[number].matches
    let isLate = isLate(number, block)
    let count = entries.count { $0.isOver }
    guard count > 0,
      entries.allSatisfy({ $0.isOver || isLate && !$0.isSent && $0.moves.isEmpty })
    else { return }
    var staked: [Wei] = [.zero, .zero]
    for side in staked.indices {
      for entry in entries { staked[side] += entry.staked[side] }
    }
    beginRound(Demotions(rivals: count, staked: staked, at: 0), of: number, block)
  }

  private mutating func beginRound(
    _ demotions: Demotions, of number: Int, _ block: BlockPlace
  ) {
    var demotions = demotions
    demotions.start = tick(block)
    open[number].demotions = demotions
    if let winner = demotions.winner(rules) { return decide(number, winner, block) }
    open[number].done += 1
    open[number].matches = demotions.opponents(rules.ways).map { _ in
      newMatch(opener: open[number].owner.other, at: tick(block), runsAtOnce: true)
    }
  }

  /// Whether a match is no match but a claim that has come and waits for the first round.
  func isEntry(_ match: DisputeMatch) -> Bool {
    rules.form == .demotions && !match.runsAtOnce && !match.moves.isEmpty
  }

  /// Settles what was staked with claims that met in rounds.
  mutating func settleEntries(_ number: Int, winner: DisputeSide, _ block: BlockPlace) {
    guard let demotions = open[number].demotions else { return }
    settleStakes(demotions.staked, winner: winner, at: block.time)
    open[number].demotions?.staked = [.zero, .zero]
  }

  /// Gives back what was staked with claims that met in rounds, and is not settled.
  mutating func returnEntries(of dispute: Dispute) {
    if let demotions = dispute.demotions { return returnStakes(demotions.staked) }
    for match in dispute.matches where isEntry(match) && match.isOver {
      returnStakes(match.staked)
    }
  }
}
