import Declarations
import Rollup

extension RollupScenario {
  /// States that a proof of a claim meets no dispute, and no delay but the window.
  func checkEarlyProofs(_ expect: inout Expectations) {
    expect(
      sequence == .postAndAssert, ["bridge.early_proof", "sequence"],
      "expected post_and_assert: a proof ends the window of an assertion")
    expect(
      hosting.isOnSettlement, ["bridge.early_proof", "host"],
      "expected a rollup on the settlement chain, where its proofs are verified")
    expect(
      !disputesHappen, ["bridge.early_proof", "adversary.plan", "adversary.wrong_share"],
      "expected no adversary: a proof that decides a dispute is dispute.form single_round, whose watchers.detection is the time "
        + "of the proof")
    expect(
      prover.aggregation == .full, ["bridge.early_proof", "prover.aggregation"],
      "expected full: no fee pays for a proof that ends a window")
  }
}
