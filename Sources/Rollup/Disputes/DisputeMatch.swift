import EventKernel
import Ledger

/// Who plays.
public enum DisputeSide: Int, Sendable {
  /// Who says what is right.
  case defender
  /// Who does not.
  case attacker

  /// The other one.
  var other: DisputeSide { self == .defender ? .attacker : .defender }
}

/// A place of what is divided: the same for two matches while they dispute the same part.
struct DisputeNode: Hashable, Sendable {
  let round: Int
  /// The first `round` turns on the way to where the parties part.
  let path: UInt64
}

/// One defender against one attacker before the contract, with a clock for each.
struct DisputeMatch: Sendable {
  /// A move that stands in a block.
  struct Move: Sendable {
    let side: DisputeSide
    let place: BlockPlace
    let tick: Int64
    /// Whether a transaction of another match made it.
    let isShared: Bool
  }

  /// Who makes the first move.
  let opener: DisputeSide
  /// Where attacker and truth part, as a path through the rounds.
  let leaf: UInt64
  /// Whether the first mover's clock runs from the start, since nobody has to open it.
  let runsAtOnce: Bool
  /// From when the first mover's clock runs [ticks].
  private(set) var startTick: Int64
  /// Moves in blocks, in their order.
  private(set) var moves: [Move] = []
  /// What each had used of its clock before [ticks].
  let usedBefore: [Int64]
  /// What each has used of its clock [ticks].
  private(set) var used: [Int64]
  /// By how much clocks were extended [ticks].
  private(set) var extended: Int64 = 0
  /// Whether the transaction with what comes next is sent.
  var isSent = false
  /// Whether the transaction that ends it because of its clocks is sent.
  var isTimeoutSent = false
  /// When who is to move has an answer; nil before it is drawn.
  var readyAt: SimTime?
  /// What each has staked in it.
  var staked: [Wei] = [.zero, .zero]
  /// Who has won, by the transaction of this number; nil before.
  var won: (by: DisputeSide, transaction: Int)?
  /// Whether the block with that transaction is final.
  var isOver = false

  init(
    opener: DisputeSide, leaf: UInt64, startTick: Int64, usedBefore: [Int64] = [0, 0],
    runsAtOnce: Bool = false
  ) {
    self.opener = opener
    self.runsAtOnce = runsAtOnce
    self.usedBefore = usedBefore
    used = usedBefore
    self.leaf = leaf
    self.startTick = startTick
  }

  /// Who is to move.
  func mover(_ rules: DisputeRules) -> DisputeSide {
    if rules.form == .singleRound { return opener }
    // Who opens a challenge of Arbitrum begins it as well (nitro-contracts, `ChallengeManager.createChallenge`;
    // arbitrum, `Challenge.initializeChallenge`).
    if rules.form == .series {
      return moves.count > 0 && moves.count.isMultiple(of: 2) ? opener.other : opener
    }
    return moves.count.isMultiple(of: 2) ? opener : opener.other
  }

  /// Whether the last step is made.
  func isStepped(_ rules: DisputeRules) -> Bool { moves.count > rules.movesBeforeStep }

  /// Whether what comes next is the last step.
  func isStepNext(_ rules: DisputeRules) -> Bool { moves.count == rules.movesBeforeStep }

  /// Whether who is to move has nothing to say: the last step can only be made by who is right.
  func isStuck(_ rules: DisputeRules) -> Bool {
    isStepped(rules) || isStepNext(rules) && mover(rules) == .attacker
  }

  /// Whether the clock of the first mover begins with his move.
  func opensAtWill(_ rules: DisputeRules) -> Bool {
    !runsAtOnce && (rules.start == .challenge || rules.form == .demotions)
  }

  /// Whether a clock runs.
  var isRunning: Bool { runsAtOnce || !moves.isEmpty }

  /// The last tick at which who is to move can.
  func deadline(_ rules: DisputeRules) -> Int64 {
    (moves.last?.tick ?? startTick) + rules.allowance - used[mover(rules).rawValue]
  }

  /// The last tick before it can be ended because of its clocks.
  ///
  /// Where each claim's clock has to run out (OP), the party counts that has more left.
  func end(_ rules: DisputeRules) -> Int64 {
    guard rules.ending == .clocks else { return deadline(rules) }
    let last = isStepped(rules) ? moves[moves.count - 2] : moves[moves.count - 1]
    return last.tick + rules.allowance - min(used[0], used[1])
  }

  /// Adds a move that a block holds, in time; the last step takes nothing of a clock.
  ///
  /// - Parameter isShared: whether a transaction of another match made it.
  mutating func add(
    _ side: DisputeSide, in place: BlockPlace, tick: Int64, isShared: Bool = false,
    _ rules: DisputeRules
  ) {
    if !isStepNext(rules) {
      let start = moves.last?.tick ?? (opensAtWill(rules) ? tick : startTick)
      let most = rules.allowance - rules.leastLeft(afterMove: moves.count + 1)
      // A re-org can put a block behind where the clock began.
      let spent = used[side.rawValue] + max(0, tick - start)
      extended += max(0, spent - most)
      precondition(spent <= rules.allowance, "a clock has run out")
      used[side.rawValue] = min(spent, most)
    }
    moves.append(Move(side: side, place: place, tick: tick, isShared: isShared))
    isSent = false
    readyAt = nil
  }

  /// Takes back a move that a re-org has dropped, and all behind it.
  mutating func drop(from move: Int, _ rules: DisputeRules) {
    guard move < moves.count else { return }
    let kept = moves.prefix(move)
    moves = []
    used = usedBefore
    extended = 0
    for move in kept {
      add(move.side, in: move.place, tick: move.tick, isShared: move.isShared, rules)
    }
    // What was dropped is in the mempool again.
    isSent = true
  }

  /// Takes back moves that other matches have made and a re-org has dropped.
  ///
  /// - Parameter reached: where defenders have still moved.
  mutating func dropShared(unless reached: Set<DisputeNode>, _ rules: DisputeRules) {
    let lost = moves.indices.first { number in
      moves[number].isShared && node(ofMove: number, rules).map { !reached.contains($0) } ?? false
    }
    guard let lost else { return }
    drop(from: lost, rules)
    isSent = false
  }

  /// The block with the claim is another one.
  mutating func restart(at tick: Int64) { if moves.isEmpty { startTick = tick } }

  /// Where a move stands in what is divided; nil for the first one and for the last step.
  func node(ofMove move: Int, _ rules: DisputeRules) -> DisputeNode? {
    rules.round(ofMove: move).map { round in
      DisputeNode(round: round, path: leaf >> UInt64(64 - min(round, 64)))
    }
  }
}
