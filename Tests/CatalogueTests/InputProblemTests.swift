import Catalogue
import Foundation
import Testing

/// The messages are an interface: each says where, what was expected and what was found.
@Suite struct InputProblemTests {
  private static let duration =
    "expected a duration such as '12 s'; units: s, ns, us, ms, min, h, d; found "

  @Test(arguments: [
    ("posterr.max_age: 5 min", "1:1: posterr.max_age: unknown key; did you mean 'poster.max_age'?"),
    (
      "poster:\n  max_agee: 5 min",
      "2:3: poster.max_agee: unknown key; did you mean 'poster.max_age'?"
    ),
    ("xyzzyxyzzyxyzzy: 1", "1:1: xyzzyxyzzyxyzzy: unknown key"),
    ("poster.max_age: 5", "1:17: poster.max_age: \(duration)'5', which has no unit"),
    ("poster:\n  max_age: -5 s", "2:12: poster.max_age: \(duration)'-5 s', which is negative"),
    ("poster.max_age: -5", "1:17: poster.max_age: \(duration)'-5', which is negative"),
    ("poster.max_age: nan", "1:17: poster.max_age: \(duration)'nan', which is not finite"),
    ("poster.max_age: inf", "1:17: poster.max_age: \(duration)'inf', which is not finite"),
    ("poster.max_age: nan s", "1:17: poster.max_age: \(duration)'nan s'"),
    ("poster.max_age: [1 s, 2 s]", "1:17: poster.max_age: \(duration)a list"),
    ("poster.max_age: 300 y", "1:17: poster.max_age: \(duration)'300 y'"),
    (
      "poster.max_age: 200000 d",
      "1:17: poster.max_age: expected a duration of at most 30 years; found '200000 d'"
    ),
    ("poster.gas: 1.1e18 gas", "1:13: poster.gas: expected at most 1e18 gas; found '1.1e18 gas'"),
    ("bid.fee_cap: 2e9 gwei", "1:14: bid.fee_cap: expected at most 1e18 wei; found '2e9 gwei'"),
    ("prover.provers: 1e16", "1:17: prover.provers: expected at most 1e15; found '1e16'"),
    (
      "settlement.starts_at: 2025-12-03 21:00",
      "1:23: settlement.starts_at: expected a date such as '2025-12-03T21:00:00Z', or whole Unix "
        + "seconds; found '2025-12-03 21:00'"
    ),
    ("prover.provers: 1.5", "1:17: prover.provers: expected a whole number; found '1.5'"),
    (
      "poster.carrier: blob",
      "1:17: poster.carrier: expected one of: calldata, blobs; found 'blob'; did you mean 'blobs'?"
    ),
    ("poster: 3", "1:9: poster: expected a mapping of parameters; found '3'"),
    ("- 1", "1:1: expected a mapping of parameters; found a list"),
    ("system: [a]", "1:9: system: expected the name of a preset; found a list"),
    (
      "system: starknett",
      "1:9: system: no system is called 'starknett'; did you mean 'starknet'?; known: "
        + "arbitrum-classic, arbitrum-nitro, arbitrum-nitro-2022, arbitrum-nitro-2024, arbitrum-nitro-2026, "
        + "arbitrum-timeboost, aztec-connect, everpay, fuel-v1, fuel-v2, hermez-1, hermez-1-auction, "
        + "layer3-exchange, layer3-game, layer3-nft, layer3-payments, layer3-private, loopring, milkomeda-a1, "
        + "optimism-2022, optimism-bedrock, optimism-bedrock-2023, optimism-celestia, "
        + "optimism-fault-proofs, orbis, polygon-zkevm, polygon-zkevm-race, starkex-dydx, starkex-immutablex, "
        + "starknet, starknet-2022, starknet-2024, starknet-consensus, starknet-differences, zkopru, zkporter, "
        + "zksync-era, zksync-era-2023, zksync-era-differences, zksync-lite, or a file that ends in .yaml"
    ),
    (
      "parameters: {}",
      "1:1: this is a preset, not a scenario; expected a file with 'system: test.yaml'"
    ),
  ])
  func aScenarioWithOneProblem(yaml: String, problem: String) {
    #expect(Reading.problems(yaml) == ["test.yaml:\(problem)"])
  }

  @Test(arguments: [
    (
      "{lognromal: {mean: 3 s, cv: 0.5}}",
      "22: prover.proof_time.lognromal: no distribution has this name; did you mean 'lognormal'?; "
        + "expected one of: deterministic, uniform, triangular, exponential, gamma, erlang, "
        + "lognormal, weibull, pareto, beta, hyperexponential, mixture, truncated, discrete, empirical"
    ),
    (
      "{uniform: {low: 3 s, high: 1 s}}",
      "21: prover.proof_time: no such distribution: bounds must be finite with 0 <= low <= high"
    ),
    (
      "{erlang: {stages: 0, mean: 3 s}}",
      "21: prover.proof_time: no such distribution: shape and scale must be finite and positive"
    ),
    (
      "{gamma: 3}",
      "29: prover.proof_time.gamma: expected a mapping with the keys mean, cv"
    ),
    ("{exponential: {}}", "35: prover.proof_time.exponential: the key 'mean' is missing"),
    (
      "{exponential: {mean: 3 s}, uniform: {low: 1 s, high: 2 s}}",
      "21: prover.proof_time: expected one distribution such as {exponential: {mean: …}}"
    ),
  ])
  func aDistributionWithOneProblem(value: String, problem: String) {
    let problems = Reading.problems("prover.proof_time:  \(value)")
    #expect(problems == ["test.yaml:1:\(problem)"])
  }

  @Test func everyProblemIsReportedAtOnceWithItsPlace() {
    let yaml = """
      horizon: 5
      poster:
        carrier: pigeons
        max_age: -1 s
        speed: 3
      prover.proof_time: {lognormal: {mean: 3, cc: 0.5}}
      """
    #expect(
      Reading.problems(yaml) == [
        "test.yaml:1:10: horizon: \(Self.duration)'5', which has no unit",
        "test.yaml:3:12: poster.carrier: expected one of: calldata, blobs; found 'pigeons'",
        "test.yaml:4:12: poster.max_age: \(Self.duration)'-1 s', which is negative",
        "test.yaml:5:3: poster.speed: unknown key",
        "test.yaml:6:42: prover.proof_time.lognormal.cc: unknown key; did you mean 'cv'?; "
          + "expected mean, cv",
        "test.yaml:6:39: prover.proof_time.lognormal.mean: \(Self.duration)'3', which has no unit",
        "test.yaml:6:32: prover.proof_time.lognormal: the key 'cv' is missing",
      ])
  }

  /// What single values cannot show is reported where the user can change it.
  @Test func valuesThatDoNotFitTogetherAreReportedWhereTheyStand() {
    let yaml = "warmup: 1 h\nhorizon: 1 min\nposter.compression: 0"
    #expect(
      Reading.problems(yaml) == [
        "test.yaml:2:10: horizon: expected a horizon after the warm-up",
        "test.yaml:3:21: poster.compression: expected a ratio above 0 and at most 2",
      ])
  }

  @Test(arguments: [
    ("", "test.yaml: the file is empty"),
    ("# only a comment\n", "test.yaml: the file is empty"),
    ("poster: [1, 2\n", "test.yaml:2:1: not valid YAML: did not find expected ',' or ']'"),
    (
      "a: 1\n b: 2\n",
      "test.yaml:2:3: not valid YAML: mapping values are not allowed in this context"
    ),
    ("horizon: 1 h\nhorizon: 2 h\n", "test.yaml:1:1: a key appears twice: horizon"),
  ])
  func textThatIsNoScenarioAtAll(yaml: String, problem: String) {
    #expect(Reading.problems(yaml) == [problem])
  }

  /// Deep nesting and aliases that stand for exponentially many values are refused quickly.
  @Test func hostileFilesAreRefused() {
    var bomb = "a: &a [1, 1]\n"
    for (one, next) in zip("abcdefghijklmnopqrstuvwx", "bcdefghijklmnopqrstuvwxy") {
      bomb += "\(next): &\(next) [*\(one), *\(one)]\n"
    }
    #expect(
      Reading.problems(bomb) == ["test.yaml: more than 20 YAML aliases; write the values out"])
    let nested = String(repeating: "{a: ", count: 2000) + "1" + String(repeating: "}", count: 2000)
    #expect(Reading.problems("poster: " + nested).count == 1)
  }
}
