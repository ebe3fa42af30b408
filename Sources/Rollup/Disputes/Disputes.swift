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
  var forfeits: [(loser: DisputeSide, won: Wei, burned: Wei)] = []
  var open = FIFOQueue<Dispute>()
  var sent = FIFOQueue<SentDisputeMove>()
  /// The height of the last block that parties have seen.
  var lastHeight = 0
  /// Moves that wait for a block.
  var underway = 0
  /// Claims that were rejected, and are made anew by who is right.
  var corrected: Set<Int> = []
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
      return
    }
    guard !corrected.contains(claim) else { return }
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
    let rivals = max(1, adversary.stakes)
    var dispute = Dispute(
      claim: claim, isWrong: isWrong,
      detection: watchers.firstDetection(of: activeWatchers, &watcherStream), counted: block,
      window: window, rootBond: rules.bond(ofMove: 0),
      series: rules.matchesInSeries(against: rivals))
    let side = dispute.owner
    // Who proposes what is right has staked in any case, and not out of what defenders have.
    if isWrong { _ = funds[side.rawValue].stake(dispute.rootBond, at: block.time) }
    for _ in 0..<rules.matchesAtOnce(against: rivals) {
      dispute.matches.append(newMatch(opener: side.other, at: tick(block)))
    }
    if isWrong { record.wrong += 1 }
    open.append(dispute)
  }

  mutating func newMatch(opener: DisputeSide, at tick: Int64) -> DisputeMatch {
    DisputeMatch(opener: opener, leaf: adversaryStream.nextWord(), startTick: tick)
  }

  /// Whether a claim cannot take effect because of a dispute.
  public mutating func holds(_ claim: Int) -> Bool {
    guard happens else { return false }
    return open.indices.contains { number in
      open[number].begunIn != nil
        && (open[number].claim == claim || rules.chains && open[number].claim < claim)
    }
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
    !open.indices.contains(number) || open[number].matches.isEmpty
  }

  /// Returns what is staked in a dispute that goes on no more, and forgets it.
  mutating func close(_ number: Int) {
    let dispute = open[number]
    if dispute.isWrong { funds[dispute.owner.rawValue].release(dispute.rootBond) }
    for match in dispute.matches where !match.isOver { returnStakes(of: match) }
    forget(number)
  }

  /// Gives both sides back what they have staked in a match that decides nothing.
  mutating func returnStakes(of match: DisputeMatch) {
    for side in [DisputeSide.defender, .attacker] {
      funds[side.rawValue].release(match.staked[side.rawValue])
    }
  }

  /// Forgets a dispute that goes on no more.
  mutating func forget(_ number: Int) {
    open[number].matches = []
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
    lastHeight = other.lastHeight
    underway = other.underway
    corrected = other.corrected
    activeWatchers = other.activeWatchers
    slot = other.slot
    beginsAt = other.beginsAt
    hasPlan = other.hasPlan
    adversaryStream = other.adversaryStream.copy(drawing: draws)
    watcherStream = other.watcherStream.copy(drawing: draws)
  }
}
