import Declarations
import EventKernel

extension Bridge.Policy {
  /// What a scenario can say about claims that can be disputed.
  public static let challengeParameters: [PartParameter<Bridge.Policy>] = [
    .duration(
      "challenge_window", \.challengeWindow,
      "Time in which a claim of an optimistic rollup can be disputed.", affects: [.finality]
    ).used { $0.challengeBlocks == 0 },
    .whole(
      "challenge_blocks", .count, \.challengeBlocks,
      "Blocks of the host in which a claim can be disputed, instead of a time; 0 for a time.",
      affects: [.finality]),
  ]

  /// What a scenario can say about claims that are proved.
  public static let executionParameters: [PartParameter<Bridge.Policy>] = [
    .duration(
      "execution_delay", \.executionDelay,
      "Time that a validity rollup waits between a verified proof and its effects.",
      affects: [.finality])
  ]

  /// States what holds of any bridge.
  public func check(_ expect: inout Expectations) {
    expect(
      challengeBlocks <= 1_000_000_000, "challenge_blocks", "expected at most 1e9 blocks")
  }
}
