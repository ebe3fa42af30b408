import EventKernel
import Ledger
import Randomness

/// Disputes about claims as contracts and parties play them on the host: who contests what, whose turn it is, whose
/// clock runs, and who has lost.
///
/// Every move is a transaction of its own, so that inclusion, price and censorship of the host decide with. Parties
/// look at the host once for each block. Contracts see blocks alone: clocks count from block to block, in seconds or in
/// blocks. What a re-org drops is taken back; a match is over, and its loser without his stake, when the block with
/// its last transaction is final.
public struct Disputes: ~Copyable {
  /// What the contract says.
  public let rules: DisputeRules
  let adversary: Adversary
  let watchers: Watchers
  /// What the run remembers of them.
  public internal(set) var record = DisputeRecord()
  /// What each side has, defenders first.
  public internal(set) var funds: [DisputeFunds]
  /// How disputes have ended that nobody has taken note of.
  var verdicts: [DisputeVerdict] = []
  /// What changes hands because of lost stakes: from whom, what the winner has, what is burned.
  var forfeits: [DisputeForfeit] = []
  var open = FIFOQueue<Dispute>()
  var sent = FIFOQueue<SentDisputeMove>()
  /// Moves that wait for a block.
  var underway = 0
  /// Claims of which it is known whether they are wrong: who is right makes those anew that fall.
  var judged: Set<Int> = []
  /// Claims that are due, and disputed by nobody any more.
  var overdue: [Int] = []
  /// Moves whose blocks have become final since parties looked.
  var finalMoves: [Int] = []
  let activeWatchers: Int
  let slot: SimDuration
  let beginsAt: SimTime
  /// Whether the one claim of a plan is still to be found.
  var hasPlan: Bool
  var adversaryStream: RandomStream
  var watcherStream: RandomStream

  /// - Parameter slot: of the settlement chain.
  public init(
    _ rules: DisputeRules, _ adversary: Adversary, _ watchers: Watchers, slot: SimDuration,
    _ streams: StreamSource
  ) {
    self.rules = rules
    self.adversary = adversary
    self.watchers = watchers
    self.slot = slot
    funds = [DisputeFunds(coins: watchers.capital), DisputeFunds(coins: adversary.capital)]
    activeWatchers = watchers.active(wrong: adversary.wrongShare)
    hasPlan = adversary.plan != .none
    adversaryStream = streams.stream("adversary")
    watcherStream = streams.stream("watchers")
    beginsAt =
      adversary.plan != .none
      ? .start + SimDuration(drawn: adversary.at.sample(&adversaryStream)) : .distantFuture
  }

  /// What is left of them at the end of a run.
  public var summary: DisputeRecord { record.with(funds) }

  /// Whether claims can be wrong or contested at all.
  public var happens: Bool { rules.happens && adversary.acts }

  /// Whether anything is disputed, or may be.
  public var isGoingOn: Bool {
    mutating get { !open.isEmpty }
  }

  /// Whether all that was staked is returned or lost where nothing is disputed and no move is on its way.
  public var isConserved: Bool {
    !open.isEmpty || underway > 0 || funds.allSatisfy { $0.locked == .zero }
  }

  /// What a party reads from a block on the clock of the contract.
  func tick(_ place: BlockPlace) -> Int64 {
    rules.countsBlocks ? Int64(place.height) : place.time.nanoseconds
  }

  /// A time on that clock.
  func ticks(_ time: SimDuration) -> Int64 {
    rules.countsBlocks
      ? (time.nanoseconds + slot.nanoseconds - 1) / slot.nanoseconds : time.nanoseconds
  }

  // MARK: Claims

  /// A block has a claim.
  ///
  /// - Parameter window: its delay.
  public mutating func include(claim: Int, in block: BlockPlace, window: Delay) {
    guard happens else { return }
    if let number = number(ofClaim: claim) {
      open[number].counted = block
      guard open[number].done == 0 else { return }
      for match in open[number].matches.indices {
        open[number].matches[match].restart(at: tick(block))
      }
      return
    }
    guard judged.insert(claim).inserted else { return }
    var isWrong = adversary.wrongShare > 0 && adversaryStream.bernoulli(adversary.wrongShare)
    var isContested = false
    if hasPlan, block.time >= beginsAt {
      switch adversary.plan {
      case .none: break
      case .delayOne, .delayAll: isContested = !isWrong
      case .stealOne: isWrong = true
      }
      hasPlan = adversary.plan == .delayAll
    }
    guard isWrong || isContested && rules.form != .singleRound else { return }
    contest(claim, isWrong: isWrong, in: block, window)
  }

  mutating func contest(
    _ claim: Int, isWrong: Bool, in block: BlockPlace, _ window: Delay
  ) {
    // Who makes a wrong claim has one stake, that of the claim; it has to be there.
    let rivals = isWrong ? 1 : max(1, adversary.stakes)
    let rootBond = rules.bond(ofMove: 0)
    guard !isWrong || funds[DisputeSide.attacker.rawValue].stake(rootBond, at: block.time) else {
      return
    }
    var dispute = Dispute(
      claim: claim, isWrong: isWrong,
      // Who has made a right claim looks at what becomes of his stake.
      detection: watchers.firstDetection(
        of: isWrong ? activeWatchers : max(1, activeWatchers), &watcherStream), counted: block,
      window: window, rootBond: rootBond,
      series: rules.matchesInSeries(against: rivals))
    let side = dispute.owner
    for _ in 0..<rules.matchesAtOnce(against: rivals) {
      dispute.matches.append(newMatch(opener: side.other, at: tick(block)))
    }
    if isWrong { record.wrong += 1 }
    open.append(dispute)
  }

  /// - Parameter last: the matches before, whose defenders play again; every rival has a clock of his own.
  mutating func newMatch(
    opener: DisputeSide, at tick: Int64, after last: [DisputeMatch] = [],
    runsAtOnce: Bool = false
  ) -> DisputeMatch {
    var used: [Int64] = [0, 0]
    let defender = DisputeSide.defender.rawValue
    if rules.keepsClocks, let most = last.map({ $0.used[defender] }).max() {
      used[defender] = max(0, most - ticks(rules.matchEffort))
    }
    return DisputeMatch(
      opener: opener, leaf: adversaryStream.nextWord(), startTick: tick, usedBefore: used,
      runsAtOnce: runsAtOnce)
  }

  /// Whether a claim cannot take effect because of a dispute.
  public mutating func holds(_ claim: Int) -> Bool {
    guard happens else { return false }
    return open.indices.contains { number in
      // An announcement of a proof stops nothing.
      open[number].begunIn != nil
        && (rules.form != .singleRound || open[number].matches.contains { $0.isStepped(rules) })
        && (open[number].claim == claim || rules.chains && open[number].claim < claim)
    }
  }

  /// Whether a claim says what is wrong.
  public func isWrong(_ claim: Int) -> Bool {
    number(ofClaim: claim).map { open[$0].isWrong } ?? false
  }

  /// A claim has taken effect: nobody can contest it any more.
  public mutating func takeEffect(_ claim: Int) {
    guard happens, let number = number(ofClaim: claim) else { return }
    if open[number].isWrong { record.stolen += 1 }
    close(number)
  }

  /// The claims behind one that was rejected fall with it: what is said of them has no object any more.
  public mutating func fall(_ claim: Int) {
    guard happens, let number = number(ofClaim: claim) else { return }
    close(number)
  }

  func number(ofClaim claim: Int) -> Int? {
    open.indices.first { open[$0].claim == claim && !isClosed($0) }
  }

  /// Whether a dispute goes on no more, and may be forgotten.
  func isClosed(_ number: Int) -> Bool {
    !open.indices.contains(number)
      || open[number].matches.isEmpty && open[number].demotions == nil
  }

  /// Returns what is staked in a dispute that goes on no more, and forgets it.
  mutating func close(_ number: Int) {
    let dispute = open[number]
    if dispute.isWrong { funds[dispute.owner.rawValue].release(dispute.rootBond) }
    returnEntries(of: dispute)
    for match in dispute.matches where !match.isOver { returnStakes(match.staked) }
    forget(number)
  }

  /// Gives both sides back what they have staked in a match that decides nothing.
  mutating func returnStakes(_ staked: [Wei]) {
    for side in [DisputeSide.defender, .attacker] {
      funds[side.rawValue].release(staked[side.rawValue])
    }
  }

  /// Forgets a dispute that goes on no more.
  mutating func forget(_ number: Int) {
    open[number].matches = []
    open[number].demotions = nil
    open[number].begunIn = nil
    while let first = open.indices.first, isClosed(first) { open.removeFirst() }
  }

  /// The match that a move is of.
  subscript(matchOf move: SentDisputeMove) -> DisputeMatch {
    _read { yield open[move.dispute].matches[move.match] }
    _modify { yield &open[move.dispute].matches[move.match] }
  }
}

extension Disputes: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Disputes { Disputes(copying: self, draws) }

  private init(copying other: borrowing Disputes, _ draws: Draws) {
    rules = other.rules
    adversary = other.adversary
    watchers = other.watchers
    record = other.record
    funds = other.funds
    verdicts = other.verdicts
    forfeits = other.forfeits
    open = other.open
    sent = other.sent
    underway = other.underway
    judged = other.judged
    finalMoves = other.finalMoves
    overdue = other.overdue
    activeWatchers = other.activeWatchers
    slot = other.slot
    beginsAt = other.beginsAt
    hasPlan = other.hasPlan
    adversaryStream = other.adversaryStream.copy(drawing: draws)
    watcherStream = other.watcherStream.copy(drawing: draws)
  }
}
