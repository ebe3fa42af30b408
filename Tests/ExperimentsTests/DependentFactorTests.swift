import Reporting
import Results
import Testing

/// Factors that follow from others.
@Suite struct DependentFactorTests {
  @Test func aFormulaAddsNoPoints() throws {
    let factors = """
      factors:
        - poster.max_age: [1 min, 2 min]
        - proposer.interval: {expression: "2 * poster.max_age + 30"}
        - bridge.challenge_window: {expression: proposer.interval ^ 2}
        - prices.eth: [1 USD, 2 USD]
      """
    let grid = [
      ["60", "150", "22500", "1"], ["60", "150", "22500", "2"], ["120", "270", "72900", "1"],
      ["120", "270", "72900", "2"],
    ]
    #expect(try Tiny.experiment(factors).design == grid)
    #expect(try Tiny.experiment("design: zip\n" + factors).design == [grid[0], grid[3]])
    #expect(
      try Tiny.experiment("design: one-at-a-time\n" + factors).design == [
        grid[0], grid[2], grid[1],
      ])
  }

  @Test func theScenarioHasTheValue() throws {
    let experiment = try Tiny.experiment(
      """
      design: {halton: {points: 2}}
      factors:
        - poster.max_age: {linear: [0 s, 60 s]}
        - proposer.interval: {expression: 3 * poster.max_age}
      """)
    #expect(
      experiment.points.map { $0.resolved.scenario.rollup.proposer.interval.seconds } == [90, 45])
    #expect(experiment.spec.factors[1].column.name == "proposer_interval_s")
  }

  @Test func zeroHasNoSign() throws {
    #expect(
      try Tiny.experiment("factors: {bridge.execution_delay: {expression: -0}}").design == [["0"]])
  }

  /// Constants that take the place of a distribution are numbers.
  @Test func aConstantDistributionIsANumber() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - prover.proof_time: [1 min, 2 min]
        - poster.max_age: {expression: prover.proof_time / 2}
      """)
    #expect(experiment.design == [["60 s", "30"], ["120 s", "60"]])
  }

  @Test(arguments: [
    (
      "2 * poster.max_agee",
      "at character 5: no factor before this one is called 'poster.max_agee'"
        + "; did you mean 'poster.max_age'?"
    ),
    ("horizon", "at character 1: no factor before this one is called 'horizon'"),
    ("prices.eth", "at character 1: 'prices.eth' does not come before this factor"),
    (
      "1 + proposer.interval",
      "at character 5: 'proposer.interval' does not come before this factor"
    ),
    ("2 * poster.carrier", "at character 5: 'poster.carrier' is no number"),
    ("2 *", "at character 4: expected a number, a name or '('; found the end"),
  ])
  func whatIsWrongWithAFormula(text: String, problem: String) {
    #expect(
      Tiny.problems(
        """
        factors:
          - poster.carrier: [blobs, calldata]
          - poster.max_age: [1 min]
          - proposer.interval: {expression: "\(text)"}
          - prices.eth: [1 USD]
        """) == ["factors.proposer.interval.expression: \(problem)"])
  }

  /// One problem, that of the factor and not of all formulas that use it.
  @Test func aFactorThatCannotBeReadIsReportedOnce() {
    #expect(
      Tiny.problems(
        "factors: [poster.max_age: [1], proposer.interval: {expression: poster.max_age}]"
      )
      .count == 1)
  }

  @Test(arguments: [
    ("{poster.carrier: {expression: 1}}", "factors.poster.carrier: expected a list of values"),
    ("{system: {expression: 1}}", "factors.system: expected a list of at least one preset"),
    (
      "{poster.max_age: {expression: 1, points: 2}}",
      "factors.poster.max_age: expected an expression and nothing else"
    ),
    (
      "{poster.max_age: {expression: [1]}}",
      "factors.poster.max_age.expression: expected an expression such as"
    ),
    ("{poster.max_age: {expression: 1 - 2}}", "poster.max_age: expected a duration such as '12 s'"),
    ("{poster.max_age: {expression: 1 - 2}}", "; '1 - 2' is negative"),
    ("{poster.max_age: {expression: 1 / 0}}", "'1 / 0' is not finite"),
    ("{poster.max_age: {expression: 1e10}}", "'1e10' is more than 30 years"),
    (
      "{prover.provers: {expression: 5 / 2}}",
      "prover.provers: expected a whole number; '5 / 2' is not whole"
    ),
    ("{prover.provers: {expression: 1e16}}", "'1e16' is too large"),
    ("{poster.compression: {expression: 0}}", "poster.compression: "),
  ])
  func aValueThatTheParameterDoesNotAllow(factors: String, problem: String) {
    let problems = Tiny.problems("factors: \(factors)")
    #expect(problems.count == 1 && problems[0].contains(problem), "\(problems)")
  }
}
