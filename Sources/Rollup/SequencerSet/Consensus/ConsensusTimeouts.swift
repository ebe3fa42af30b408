import EventKernel

/// How long nodes of a committee wait for messages: longer with each round.
///
/// Source: arXiv 1807.04938, section 3; CometBFT names and begins them so (`config/config.go`).
public struct ConsensusTimeouts: Hashable, Sendable {
  /// For the proposal of round 0.
  public var propose = SimDuration.seconds(3)
  /// For prevotes that agree, once a quorum has voted.
  public var prevote = SimDuration.seconds(1)
  /// For precommits that agree.
  public var precommit = SimDuration.seconds(1)
  /// By how much each grows from one round to the next.
  public var proposeDelta = SimDuration(nanoseconds: 500_000_000)
  /// By how much that for prevotes grows.
  public var prevoteDelta = SimDuration(nanoseconds: 500_000_000)
  /// By how much that for precommits grows.
  public var precommitDelta = SimDuration(nanoseconds: 500_000_000)

  /// Those of CometBFT.
  public init() {}

  /// That for a kind of message, in a round.
  public func timeout(for kind: ConsensusMessage.Kind, round: Int) -> SimDuration {
    switch kind {
    case .proposal: propose + proposeDelta * Int64(round)
    case .prevote: prevote + prevoteDelta * Int64(round)
    case .precommit: precommit + precommitDelta * Int64(round)
    }
  }
}
