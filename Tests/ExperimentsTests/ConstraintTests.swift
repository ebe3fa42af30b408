import Reporting
import Results
import Testing

/// Points that a comparison drops.
@Suite struct ConstraintTests {
  private static let factors = """
    factors:
      - poster.max_age: [1 min, 2 min, 3 min]
      - prices.eth: [1 USD, 2 USD]

    """

  private func design(_ constraints: String) throws -> [[String]] {
    try Tiny.experiment(Self.factors + "constraints: \(constraints)").design
  }

  @Test(arguments: [
    ("<", ["60"]), ("<=", ["60", "120"]), (">", ["180"]), (">=", ["120", "180"]), ("==", ["120"]),
    ("!=", ["60", "180"]),
  ])
  func aComparisonKeepsWhereItHolds(comparison: String, ages: [String]) throws {
    let kept = try design("[\"poster.max_age \(comparison) 100 + 20\"]")
    #expect(kept == ages.flatMap { [[$0, "1"], [$0, "2"]] })
  }

  @Test func allOfThemHold() throws {
    #expect(
      try design("[\"poster.max_age > 60\", \"poster.max_age / 120 != prices.eth\"]")
        == [["120", "2"], ["180", "1"], ["180", "2"]])
  }

  /// The horizon is 180 s, the window 600 s: parameters that are no factors.
  @Test func parametersCount() throws {
    #expect(
      try design("[\"2 * poster.max_age < horizon\", \"bridge.challenge_window == 600\"]")
        == [["60", "1"], ["60", "2"]])
  }

  /// Both are rounded as the scenario has it.
  @Test func aFactorCountsAsItStandsInItsColumn() throws {
    let experiment = try Tiny.experiment(
      """
      factors: {poster.gas: {linear: [1000 gas, 1005 gas], points: 3}}
      constraints: [poster.gas * horizon == 1003 * 180]
      """)
    #expect(experiment.design == [["1003"]])
  }

  /// A parameter is that of the point's own preset.
  @Test func parametersAreResolved() throws {
    let experiment = try Tiny.experiment(
      """
      factors: {settlement: [ethereum-dencun, ethereum-bpo2]}
      constraints: [settlement.blob_target > 3]
      """)
    #expect(experiment.design == [["ethereum-bpo2"]])
  }

  @Test func pointNumbersStayConsecutive() throws {
    let (experiment, report) = try Tiny.report(
      Self.factors + "constraints: [poster.max_age != 120]")
    #expect(experiment.runCount == 8)
    #expect(Set(report.runs.column("point")) == Set((0..<4).map(Table.Cell.integer)))
  }

  /// What no scenario could have is no problem where it is dropped.
  @Test func factorsAreComparedBeforeTheyAreUsed() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - poster.max_age: [1 min, 2 min]
        - proposer.interval: {expression: poster.max_age - 90}
      constraints: [proposer.interval > 0]
      """)
    #expect(experiment.design == [["120", "30"]])
    let warmUp = try Tiny.experiment(
      "factors: {warmup: [1 min, 5 min]}\nconstraints: [warmup < horizon]")
    #expect(warmUp.design == [["60"]])
  }

  @Test(arguments: [
    (
      "[poster.max_age > 1000]", "constraints: no point of the design is left; 6 were dropped"
    ),
    ("poster.max_age > 1", "constraints: expected a list of comparisons such as "),
    ("[]", "constraints: expected a list of comparisons such as "),
    ("[[1]]", "constraints: expected a comparison such as "),
    ("[poster.max_age + 1]", "constraints: at character 19: expected one of < <= > >= == !="),
    (
      "[1 < poster.max_agee]",
      "constraints: at character 5: no parameter is called 'poster.max_agee'; did you mean "
        + "'poster.max_age'?"
    ),
    ("[1 < poster.carrier]", "constraints: at character 5: 'poster.carrier' is no number"),
    ("[1 < system]", "constraints: at character 5: 'system' is no number"),
    ("[0 / 0 < 1]", "constraints: a side of '0 / 0 < 1' is not a number at some point"),
    (
      "[workload.arrivals.deterministic.rate > 1]",
      "constraints: 'workload.arrivals.deterministic.rate' is no number in every scenario"
    ),
  ])
  func whatIsWrongIsSaidOnce(constraints: String, problem: String) {
    let problems = Tiny.problems(Self.factors + "constraints: \(constraints)")
    #expect(problems.count == 1 && problems[0].hasPrefix(problem), "\(problems)")
  }
}
