import EventKernel
import Ledger

// What blocks of the host make of moves: those that count, and what is decided for good.

extension Disputes {
  /// A block has a move.
  ///
  /// - Parameter isThere: whether a block has a claim that has not taken effect.
  public mutating func include(
    move number: Int, in block: BlockPlace, isThere: (_ claim: Int) -> Bool
  ) {
    let move = sent[number]
    underway -= 1
    guard !isClosed(move.dispute), move.done == open[move.dispute].done else {
      return funds[move.side.rawValue].release(move.stake)
    }
    let now = tick(block)
    let state = self[matchOf: move]
    guard let place = move.move else {
      self[matchOf: move].isTimeoutSent = false
      guard state.won == nil, state.isRunning, now > state.end(rules) else { return }
      let winner = state.isStepped(rules) ? DisputeSide.defender : state.mover(rules).other
      guard winner == move.side else { return }
      end(move, number, wonBy: winner)
      return
    }
    if let node = sharedNode(move.side, state, move: place) {
      open[move.dispute].onTheWay.remove(node)
    }
    // Rivals of a claim come before its window ends; later matches of a series have no such end.
    let contests =
      rules.form == .singleRound || place == 0 && open[move.dispute].done == 0
    guard state.won == nil, place == state.moves.count, move.side == state.mover(rules),
      rules.form == .singleRound || isInTime(state, at: now),
      !contests || isThere(open[move.dispute].claim) && !isLate(move.dispute, block)
    else {
      if place == state.moves.count {
        self[matchOf: move].isSent = false
      }
      return funds[move.side.rawValue].release(move.stake)
    }
    count(move, number, in: block)
  }

  mutating func count(_ move: SentDisputeMove, _ number: Int, in block: BlockPlace) {
    let now = tick(block)
    sent[number].counts = true
    record.moves += 1
    if open[move.dispute].begunIn == nil { open[move.dispute].begunIn = block }
    let state = self[matchOf: move]
    if let node = sharedNode(move.side, state, move: state.moves.count) {
      open[move.dispute].reached.insert(node)
    }
    self[matchOf: move].staked[move.side.rawValue] += move.stake
    self[matchOf: move].add(move.side, in: block, tick: now, rules)
    if self[matchOf: move].isStepped(rules),
      rules.ending == .step || rules.form == .singleRound
    {
      end(move, number, wonBy: move.side)
    }
  }

  mutating func end(_ move: SentDisputeMove, _ number: Int, wonBy side: DisputeSide) {
    self[matchOf: move].won = (side, number)
    sent[number].counts = true
  }

  /// A re-org has dropped the block with a move.
  public mutating func drop(move number: Int) {
    let move = sent[number]
    underway += 1
    guard !isClosed(move.dispute), move.counts else {
      // What had no effect is in the mempool again, with what it stakes.
      return funds[move.side.rawValue].lock(move.stake)
    }
    sent[number].counts = false
    if self[matchOf: move].won?.transaction == number {
      self[matchOf: move].won = nil
    }
    guard let place = move.move else {
      self[matchOf: move].isTimeoutSent = true
      return
    }
    record.moves -= 1
    if let node = sharedNode(move.side, self[matchOf: move], move: place) {
      open[move.dispute].onTheWay.insert(node)
    }
    self[matchOf: move].staked[move.side.rawValue] -= move.stake
    self[matchOf: move].drop(from: place, rules)
    open[move.dispute].findReached(rules)
    if open[move.dispute].matches.allSatisfy(\.moves.isEmpty), open[move.dispute].done == 0 {
      open[move.dispute].begunIn = nil
    }
  }

  /// The block with a move is final: what follows from it does at the end of the block that makes it so.
  ///
  /// - Parameter paid: what it cost.
  public mutating func settle(move number: Int, paid: Wei) {
    funds[sent[number].side.rawValue].spend(paid)
    finalMoves.append(number)
  }

  mutating func end(withFinal number: Int, _ block: BlockPlace) {
    let move = sent[number]
    guard !isClosed(move.dispute), move.done == open[move.dispute].done else { return }
    if move.counts, isEntry(self[matchOf: move]) {
      self[matchOf: move].isOver = true
      return
    }
    guard let won = self[matchOf: move].won, won.transaction == number,
      !self[matchOf: move].isOver
    else { return }
    self[matchOf: move].isOver = true
    settleStakes(self[matchOf: move].staked, winner: won.by, at: block.time)
    record.end(self[matchOf: move])
    goOn(move.dispute, after: won.by, block)
  }

  mutating func settleStakes(_ staked: [Wei], winner: DisputeSide, at now: SimTime) {
    funds[winner.rawValue].receive(staked[winner.rawValue], from: now + rules.bondDelay)
    forfeit(staked[winner.other.rawValue], of: winner.other)
  }

  /// Begins the next match, or has a verdict.
  mutating func goOn(_ number: Int, after winner: DisputeSide, _ block: BlockPlace) {
    // What a match of a round means is seen when the round is over.
    if rules.form == .demotions { return }
    if winner == .attacker { return decide(number, winner, block) }
    // Rivals that never came, for want of stakes, do not come when the others have lost.
    guard
      open[number].matches.allSatisfy({
        $0.isOver || $0.opener == .attacker && $0.moves.isEmpty
      })
    else { return }
    open[number].done += 1
    guard open[number].done < open[number].series else { return decide(number, winner, block) }
    let last = open[number].matches
    open[number].matches = last.map { _ in
      newMatch(opener: open[number].owner.other, at: tick(block), after: last)
    }
  }

  mutating func decide(_ number: Int, _ winner: DisputeSide, _ block: BlockPlace) {
    guard open[number].verdict == nil, let begun = open[number].begunIn else { return }
    open[number].verdict = (winner, block)
    record.decide(
      winner: winner, from: begun, claimedIn: open[number].counted, to: block)
    settleEntries(number, winner: winner, block)
    // Matches that are not over decide nothing any more.
    for match in open[number].matches.indices where !open[number].matches[match].isOver {
      returnStakes(open[number].matches[match].staked)
      open[number].matches[match].isOver = true
      open[number].matches[match].won = open[number].matches[match].won ?? (winner, -1)
    }
  }

  /// How disputes have ended since this was asked last.
  public mutating func takeVerdicts() -> [DisputeVerdict] {
    defer { verdicts.removeAll(keepingCapacity: true) }
    return verdicts
  }

  /// Claims that are due, and disputed by nobody any more.
  public mutating func takeOverdue() -> [Int] {
    defer { overdue.removeAll(keepingCapacity: true) }
    return overdue
  }

  /// What has changed hands since this was asked last.
  public mutating func takeForfeits() -> [DisputeForfeit] {
    defer { forfeits.removeAll(keepingCapacity: true) }
    return forfeits
  }
}
