import Catalogue
import Declarations
import Testing
import Worlds

/// What would fail, or wait for ever, in the middle of a run is refused before it.
@Suite struct ChainProblemTests {
  @Test(arguments: [
    (
      "{neighbours.small: {blob_bytes: 0 B, count: 1}}",
      "neighbours.small.blob_bytes: expected from 100 B to 1e9 B"
    ),
    (
      "{neighbours.small: {count: 1, rate_cv: 1e-200}}",
      "neighbours.small.rate_cv: expected 0, or from 0.001 to 2"
    ),
    (
      "{neighbours.large.count: 7}",
      "neighbours: expected at most the 0.5 blobs/s that blocks carry; found 0.551 blobs/s"
    ),
    (
      "{settlement.forks.1.time: 1}",
      "settlement.forks.1.time: expected blob_limit of at least 1: a fork has a blob_target, "
        + "blob_limit and blob_update_fraction of its own"
    ),
    (
      "{settlement.blob_update_fraction: 1e15}",
      "settlement.blob_update_fraction: expected from 1 to 1e9"
    ),
    (
      "{deposits: {rate: 1 /s, gas: 31 Mgas}}",
      "deposits.gas: expected deposits.gas from 1 gas to what fits into a transaction and a block"
    ),
    (
      "{settlement.transaction_blobs: 2, neighbours.medium: {count: 1, blobs_per_transaction: 3}}",
      "neighbours.medium.blobs_per_transaction: expected from 1 to the 2 blobs that a transaction can "
        + "have"
    ),
    (
      "{neighbours.small: {count: 1, gas: 30 Mgas}}",
      "neighbours.small.gas: expected a transaction of at most 30000000 gas; it takes 30021000"
    ),
    (
      "{settlement.competition: {rule: drawn, transaction_blobs: 6}, settlement.transaction_blobs: 5}",
      "settlement.competition.transaction_blobs: expected a whole number, or a discrete distribution "
        + "of whole numbers, from 1 to the 5 blobs that a transaction can have"
    ),
    ("{deposits.rate: 1000 /s}", "deposits.rate: expected at most 100 /s"),
  ])
  func isRefused(yaml: String, problem: String) {
    let problems = Reading.problems(yaml)
    #expect(problems.contains { $0.hasSuffix(problem) }, "\(problems)")
  }

  /// Neighbours cut blobs also where the rollup posts calldata, and have fee caps of their own: a result
  /// depends on both.
  @Test(arguments: [
    ("neighbours.small.fee_cap", "bid.cap_rule: nitro"),
    ("neighbours.small.blob_bytes", "poster.carrier: calldata"),
  ])
  func whatNeighboursReadIsUsed(path: String, setting: String) throws {
    let alone = try Reading.resolve("{\(setting)}")
    let shared = try Reading.resolve("{\(setting), neighbours.small.count: 1}")
    #expect(!alone.isUsed(try #require(Parameter.named(path))))
    #expect(shared.isUsed(try #require(Parameter.named(path))))
  }
}
