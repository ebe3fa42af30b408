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
      "Blocks, as the host numbers them, in which a claim can be disputed, instead of a time; 0 for a time.",
      affects: [.finality]
    ).titled("Challenge window in blocks"),
    .flag(
      "early_proof", \.earlyProof,
      "Whether a validity proof of what is claimed ends the window: optimistic first, and proved later."
    ).titled("Whether a proof ends the window"),
    .whole(
      "resolve_gas", .gas, \.resolveGas,
      "Gas of the transaction that confirms or resolves a claim after its window.",
      affects: .money
    ).titled("Gas that confirms or resolves a claim"),
  ]

  /// What a scenario can say about claims that are proved.
  public static let executionParameters: [PartParameter<Bridge.Policy>] = [
    .duration(
      "execution_delay", \.executionDelay,
      "Time that a validity rollup waits between a verified proof and its effects.",
      affects: [.finality]
    ).titled("Time between a verified proof and its effects"),
    .duration(
      "execution_margin", \.executionMargin,
      "How much longer than that the operator waits before it executes.", affects: [.finality]
    ).titled("Time by which the operator waits longer than it must"),
  ]

  /// What a scenario can say about withdrawals.
  public static let withdrawalParameters: [PartParameter<Bridge.Policy>] = [
    .duration(
      "air_gap", \.airGap,
      "Time from the effect of a claim to the payment of withdrawals that it covers.",
      affects: [.finality]
    ).titled("Time from a claim's effect to its withdrawals"),
    .whole(
      "prove_gas", .gas, \.proveGas,
      "Gas of the user's transaction that proves a withdrawal to be in a claim; 0 for none."
    ).titled("Gas that proves a withdrawal"),
    .duration(
      "prove_delay", \.proveDelay, "Time from that transaction to the payment.",
      affects: [.finality]
    ).titled("Time from a proved withdrawal to its payment").used { $0.proveGas > 0 },
    .whole(
      "exit_gas", .gas, \.exitGas,
      "Gas of the user's transaction that takes a withdrawal on the settlement chain; 0 for none."
    ).titled("Gas that takes a withdrawal"),
  ]

  /// States what holds of any bridge.
  public func check(_ expect: inout Expectations) {
    expect(
      challengeBlocks <= 1_000_000_000, "challenge_blocks", "expected at most 1e9 blocks")
  }
}
