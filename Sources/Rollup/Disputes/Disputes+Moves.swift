import EventKernel
import Ledger

// What parties send who have seen a block: whose turn it is, and when each moves.

extension Disputes {
  /// What parties send who have seen a block.
  public mutating func endBlock(_ block: BlockPlace) -> [DisputeMove] {
    for move in finalMoves { end(withFinal: move, block) }
    finalMoves.removeAll(keepingCapacity: true)
    var moves: [DisputeMove] = []
    for number in open.indices where !isClosed(number) {
      goOnWithRounds(number, block)
      if let verdict = open[number].verdict {
        announce(number, verdict, block)
        continue
      }
      // Whatever opened it may have dropped out of the chain when its claim was due.
      if open[number].begunIn == nil, isLate(number, block) { overdue.append(open[number].claim) }
      for match in open[number].matches.indices where open[number].matches[match].won == nil {
        if let move = play(match, of: number, block) { moves.append(move) }
      }
    }
    return moves
  }

  /// What is sent in a match.
  mutating func play(_ match: Int, of number: Int, _ block: BlockPlace) -> DisputeMove? {
    let now = tick(block)
    let state = open[number].matches[match]
    if isEntry(state) { return nil }
    let side = state.mover(rules)
    if state.isRunning, rules.form != .singleRound {
      if now > state.end(rules) {
        guard !state.isTimeoutSent else { return nil }
        let winner = state.isStepped(rules) ? DisputeSide.defender : side.other
        open[number].matches[match].isTimeoutSent = true
        return send(number, match, move: nil, by: winner, stake: .zero, gas: rules.timeoutGas)
      }
      if state.isStuck(rules) || now > state.deadline(rules) { return nil }
    }
    guard !state.isSent else { return nil }
    let node = sharedNode(side, state, move: state.moves.count)
    if let node, open[number].reached.contains(node) {
      open[number].matches[match].add(side, in: block, tick: now, isShared: true, rules)
      return nil
    }
    if state.moves.isEmpty, rules.form != .singleRound, !isInTime(state, at: now) { return nil }
    if let node, open[number].onTheWay.contains(node) { return nil }
    guard isReady(side, match, of: number, block) else { return nil }
    let stake =
      state.isStepNext(rules) || state.runsAtOnce
      ? .zero : rules.bond(ofMove: state.moves.count + 1)
    guard funds[side.rawValue].stake(stake, at: block.time) else {
      // Who cannot stake in a later match has lost it.
      if state.moves.isEmpty, open[number].done > 0 {
        open[number].matches[match].won = (side.other, -1)
        open[number].matches[match].isOver = true
        goOn(number, after: side.other, block)
      }
      return nil
    }
    open[number].matches[match].isSent = true
    if let node { open[number].onTheWay.insert(node) }
    let gas = state.isStepNext(rules) ? rules.stepGas : rules.moveGas
    return send(number, match, move: state.moves.count, by: side, stake: stake, gas: gas)
  }

  /// Whether who is to move has time left; a clock that begins with the first move runs only then.
  func isInTime(_ match: DisputeMatch, at now: Int64) -> Bool {
    match.moves.isEmpty && match.opensAtWill(rules) || now <= match.deadline(rules)
  }

  /// Where the move of a defender counts for other matches, too; nil for other moves.
  func sharedNode(_ side: DisputeSide, _ match: DisputeMatch, move: Int) -> DisputeNode? {
    rules.form == .edges && side == .defender ? match.node(ofMove: move, rules) : nil
  }

  mutating func send(
    _ dispute: Int, _ match: Int, move: Int?, by side: DisputeSide, stake: Wei, gas: UInt64
  ) -> DisputeMove {
    underway += 1
    let number = sent.append(
      SentDisputeMove(
        dispute: dispute, match: match, done: open[dispute].done, move: move, side: side,
        stake: stake))
    return DisputeMove(number: number, side: side, gas: gas)
  }

  /// Whether a party makes its move now.
  mutating func isReady(
    _ side: DisputeSide, _ match: Int, of number: Int, _ block: BlockPlace
  ) -> Bool {
    let state = open[number].matches[match]
    let last = state.moves.last?.place ?? open[number].counted
    let opens = state.moves.isEmpty && open[number].done == 0
    if opens, isLate(number, block) { return false }
    if rules.form == .singleRound, let commit = state.moves.first {
      return !isLate(number, block) && block.height >= commit.place.height + rules.commitBlocks
    }
    let waits =
      adversary.pace == .lastMoment
      || adversary.pace == .hold && rules.hasAllStakes(after: state.moves.count)
    if side == .attacker, waits {
      return isLastMoment(adversary.margin, state, of: number, block)
    }
    if state.readyAt == nil {
      open[number].matches[match].readyAt = answerTime(side, state, of: number, after: last.time)
    }
    guard let ready = open[number].matches[match].readyAt else { return false }
    if block.time >= ready { return true }
    // Who defends hurries when the time runs out, if anybody has seen it.
    return side == .defender && state.isRunning && ready < .distantFuture
      && isLastMoment(watchers.margin, state, of: number, block)
  }

  /// Whether it is too late to contest a claim.
  func isLate(_ number: Int, _ block: BlockPlace) -> Bool {
    open[number].window.hasPassed(
      since: open[number].counted, at: block.time, height: block.height)
  }

  mutating func answerTime(
    _ side: DisputeSide, _ state: DisputeMatch, of number: Int, after last: SimTime
  ) -> SimTime {
    if side == .attacker {
      return last + SimDuration(drawn: adversary.response.sample(&adversaryStream))
    }
    let answer = SimDuration(drawn: watchers.response.sample(&watcherStream))
    guard state.moves.allSatisfy({ $0.side == .attacker }) else { return last + answer }
    // The first move of the defenders is that of the first who sees it.
    return open[number].detection.map { last + $0 } ?? .distantFuture
  }

  /// Whether no more than a margin is left of what somebody waits for.
  func isLastMoment(
    _ margin: SimDuration, _ state: DisputeMatch, of number: Int, _ block: BlockPlace
  ) -> Bool {
    guard !state.isRunning else {
      return state.deadline(rules) - tick(block) <= ticks(margin)
    }
    let blocks = Int((margin.nanoseconds + slot.nanoseconds - 1) / slot.nanoseconds)
    return open[number].done > 0
      || open[number].window.hasPassed(
        since: open[number].counted, at: block.time + margin, height: block.height + blocks)
  }

  /// Says how a dispute has ended, once what follows from it may happen.
  mutating func announce(
    _ number: Int, _ verdict: (winner: DisputeSide, at: BlockPlace), _ block: BlockPlace
  ) {
    let isRejected = open[number].isWrong && verdict.winner == .defender
    let grace: Delay = rules.graceBlocks > 0 ? .blocks(rules.graceBlocks) : .time(rules.grace)
    guard
      isRejected && !rules.rivalStands
        || grace.hasPassed(since: verdict.at, at: block.time, height: block.height)
    else { return }
    if open[number].isWrong, !isRejected { record.stolen += 1 }
    let claim = open[number].claim
    verdicts.append(
      DisputeVerdict(
        claim: claim, isRejected: isRejected, begunIn: open[number].begunIn ?? verdict.at))
    // What is left of it: the stake of the claim.
    settleRoot(number, winner: verdict.winner, at: block.time)
    forget(number)
  }

  mutating func settleRoot(_ number: Int, winner: DisputeSide, at now: SimTime) {
    let (stake, owner) = (open[number].rootBond, open[number].owner)
    if winner != owner {
      forfeit(stake, of: owner, isOfProposer: owner == .defender)
    } else if owner == .attacker {
      funds[winner.rawValue].receive(stake, from: now + rules.bondDelay)
    }
  }

  /// - Parameter isOfProposer: whether it is the stake of a right claim, which is not out of what defenders have.
  mutating func forfeit(_ stake: Wei, of loser: DisputeSide, isOfProposer: Bool = false) {
    guard stake > .zero else { return }
    let won = min(stake, Wei(Int128(stake.asDouble * rules.reward)))
    if !isOfProposer { funds[loser.rawValue].lose(stake) }
    funds[loser.other.rawValue].win(won)
    forfeits.append(
      DisputeForfeit(loser: loser, isOfProposer: isOfProposer, won: won, burned: stake - won))
  }
}
