import EventKernel
import Ledger

/// A call from a rollup to another that is not done, or what a provider has to have back for one.
struct Call: BatchedRequest {
  /// When a user sent it.
  let sentAt: SimTime
  /// When a block of its rollup has it.
  let softAt: SimTime
  /// Logarithm of the price at sending.
  let price: Double
  /// What it moves.
  let amount: Wei
  /// What a provider takes.
  var fee = Wei.zero
  /// What both legs and the way between cost, without what a provider takes.
  var cost = Wei.zero
  var batch = Int.max
  /// The wrong claim by which an adversary calls with what nobody has; nil of a true one.
  var fakeClaim: Int?
  /// Whether it is known when a provider pays.
  var isScheduled = false
  /// Whether the bridge lets it out of its rollup.
  var isReleased = false
  /// How many messages with it wait for a block of the host: several after re-orgs.
  var messagesWaiting = 0
  /// The block of the host with the message that counts, or with the proof that has it.
  var reachedIn: BlockPlace?
  /// Whether that block is final.
  var isFinal = false
  /// When the other rollup is to execute what came through the host; nil before that is known, or where it has.
  var arrivesAt: SimTime?
  /// Whether it has.
  var hasArrived = false
  /// When the second leg was executed, or refused.
  var outcome: (at: SimTime, isSuccess: Bool)?
  /// Whether nothing more happens to it.
  var isOver = false
}
