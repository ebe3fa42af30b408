import EventKernel
import Ledger
import Randomness

/// A withdrawal of coins that is not done.
struct FastExitRequest: BatchedRequest {
  /// Who pays it.
  enum Way {
    /// The bridge.
    case slow
    /// A provider, who has it back from the bridge.
    case fast
  }

  /// When a user asked for it.
  let submittedAt: SimTime
  /// When a block of the rollup has it.
  let softAt: SimTime
  /// What is withdrawn.
  let amount: Wei
  var way = Way.slow
  /// What a provider takes.
  var fee = Wei.zero
  /// What waiting costs, as a share of the amount a year.
  var impatience = 0.0
  /// The batch that has it; beyond all before one has.
  var batch = Int.max
  /// The claim by which an adversary withdraws what nobody has; nil of a true one.
  var fakeClaim: Int?
  /// Whether it is known when a provider pays.
  var isScheduled = false
  /// Whether a provider's transaction waits for a block, or for that to be final.
  var isUnderway = false
  /// Whether a provider has paid for good.
  var isPaid = false
  /// Whether the claim by which alone it exists was rejected when a provider had paid, or was about to.
  var isLost = false
  /// Whether the bridge has paid, or never will.
  var isOver = false

  /// Whether nothing more happens to it.
  var isDone: Bool { isOver && !isUnderway }
}

extension FastExitRequest {
  /// One of a user: what he has, and what waiting costs him.
  init(
    _ policy: FastExits.Policy, softAt: SimTime, at now: SimTime, _ stream: inout RandomStream
  ) {
    let amount = Wei(coins: min(max(0, policy.amount.sample(&stream)), 1e9))
    self.init(submittedAt: now, softAt: softAt, amount: amount)
    impatience = min(max(0, policy.impatience.sample(&stream)), 1e6)
  }
}
