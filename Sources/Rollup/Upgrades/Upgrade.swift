import EventKernel

/// One upgrade, and how far it has come.
struct Upgrade: Sendable {
  /// What it does to those who have something on the rollup.
  enum Kind: Sendable {
    /// What it should.
    case sound
    /// It stops the rollup, and loses a share.
    case faulty
    /// It takes all that is there.
    case malicious
  }

  let kind: Kind
  /// Whether the council acts alone.
  let isByCouncil: Bool
  /// From the block that queues it until it may take effect.
  let delay: Delay
  /// From there until those notice who can cancel it.
  let detection: SimDuration
  /// Whether a vote against it reaches the quorum.
  let isVotedDown: Bool
  /// How long it stops the rollup.
  let halt: SimDuration
  /// The share of value that it loses.
  let loss: Double
  /// The block that queues it; nil while none does.
  var queuedIn: BlockPlace?
  /// The block that cancels it; nil while none does.
  var vetoedIn: BlockPlace?
  /// The block in which it takes effect; nil while it has none.
  var executedIn: BlockPlace?
  var executionIsSent = false
  var vetoIsSent = false
  /// Whether it has stopped the rollup, which no re-org takes back.
  var hasHalted = false
  /// Whether it has taken effect or been cancelled for good.
  var isDone = false

  /// Whether it takes effect with the block that queues it.
  var isImmediate: Bool { delay == .time(.zero) }

  /// Whether it waits in a block to take effect, when the block at `height` is made `now`.
  func isDue(at now: SimTime, height: Int) -> Bool {
    guard let queuedIn, executedIn == nil, vetoedIn == nil else { return false }
    return delay.hasPassed(since: queuedIn, at: now, height: height)
  }
}
