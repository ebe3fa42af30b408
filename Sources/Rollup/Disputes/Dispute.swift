import EventKernel
import Ledger

/// What is disputed of one claim, from the block with the claim on.
struct Dispute: Sendable {
  let claim: Int
  /// Whether the claim is wrong, and not contested for nothing.
  let isWrong: Bool
  /// Time from a block until a defender has seen what is wrong in it; nil if none looks.
  let detection: SimDuration?
  /// The block with the claim.
  var counted: BlockPlace
  /// The delay of the claim.
  let window: Delay
  /// What is staked with the claim itself.
  let rootBond: Wei
  /// How many matches follow one after the other, and how many of them are over.
  let series: Int
  var done = 0
  /// The matches that are played.
  var matches: [DisputeMatch] = []
  /// How claims stand that meet in rounds; nil before the first one and in other disputes.
  var demotions: Demotions?
  /// Where defenders have moved, if that counts for all matches.
  var reached: Set<DisputeNode> = []
  /// Where they are about to: the move of one match will count for the others.
  var onTheWay: Set<DisputeNode> = []
  /// The block with the first move; nil while none has one.
  var begunIn: BlockPlace?
  /// Who has won, since when for good.
  var verdict: (winner: DisputeSide, at: BlockPlace)?

  /// Who owns the claim.
  var owner: DisputeSide { isWrong ? .attacker : .defender }

  /// Finds anew where defenders have moved.
  mutating func findReached(_ rules: DisputeRules) {
    guard rules.form == .edges else { return }
    reached = []
    for match in matches {
      for (number, move) in match.moves.enumerated() where move.side == .defender && !move.isShared
      {
        if let node = match.node(ofMove: number, rules) { reached.insert(node) }
      }
    }
    for match in matches.indices { matches[match].dropShared(unless: reached, rules) }
  }
}

/// What somebody has to send because of a dispute.
public struct DisputeMove: Sendable {
  /// Its number.
  public let number: Int
  /// Who sends it.
  public let side: DisputeSide
  /// Execution gas that it takes.
  public let gas: UInt64
}

/// What was sent because of a dispute.
struct SentDisputeMove: Sendable {
  let dispute: Int
  let match: Int
  /// How many matches of a series were over.
  let done: Int
  /// Its place among the moves of the match; nil where it ends the match because of its clocks.
  let move: Int?
  let side: DisputeSide
  let stake: Wei
  /// Whether a block holds it, and it counts.
  var counts = false
}

/// How a dispute has ended.
public struct DisputeVerdict: Sendable {
  /// The claim.
  public let claim: Int
  /// Whether it falls.
  public let isRejected: Bool
  /// The block in which who is right has said otherwise.
  public let begunIn: BlockPlace
}

/// What changes hands because a stake is lost.
public struct DisputeForfeit: Sendable {
  /// Whose it was.
  public let loser: DisputeSide
  /// Whether it was that of who has made the claim.
  public let isOfProposer: Bool
  /// What the other side has of it.
  public let won: Wei
  /// What is destroyed.
  public let burned: Wei
}
