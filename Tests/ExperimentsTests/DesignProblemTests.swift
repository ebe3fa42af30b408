import Testing

/// What is wrong with a design is said where it can be changed.
@Suite struct DesignProblemTests {
  private static let names =
    "grid, zip, one-at-a-time, list, latin-hypercube, sobol, halton, morris, saltelli"
  private static let age = "factors: {poster.max_age: {linear: [1 s, 2 s]}}\n"

  @Test(arguments: [
    ("design: sobol", "design: 'sobol' needs a number of points: write {sobol: {points: 64}}"),
    (
      "design: morris",
      "design: 'morris' needs a number of trajectories and of levels: write "
        + "{morris: {trajectories: 10, levels: 4}}"
    ),
    (
      "design: {halton: 64}",
      "design.halton: 'halton' needs a number of points: write {halton: {points: 64}}"
    ),
    ("design: list", "design: 'list' needs the path of a CSV file: write {list: points.csv}"),
    (
      "design: {grid: {points: 3}}",
      "design.grid: 'grid' takes nothing more; expected 'design: grid'"
    ),
    (
      "design: {sobl: {points: 3}}",
      "design.sobl: no design is called 'sobl'; did you mean 'sobol'?; expected one of: \(names)"
    ),
    ("design: [grid]", "design: expected one of: \(names); found a list"),
    (
      "design: {sobol: {points: 3}, halton: {points: 3}}",
      "design: expected one design, such as {sobol: {points: 64}}"
    ),
    (
      "design: {sobol: {point: 3, points: 3}}",
      "design.sobol.point: unknown key; did you mean 'points'?"
    ),
    ("design: {sobol: {points: 0}}", "design.sobol.points: expected from 1 to 100000"),
    (
      "design: {sobol: {points: 2.5}}", "design.sobol.points: expected a whole number; found '2.5'"
    ),
    (
      "design: {morris: {trajectories: 3}}",
      "design.morris: the key 'levels' is missing: write {morris: {trajectories: 10, levels: 4}}"
    ),
    (
      "design: {morris: {trajectories: 3, levels: 5}}",
      "design.morris.levels: expected an even number, so that a step can be half the grid"
    ),
  ])
  func aDesignWithOneProblem(design: String, problem: String) {
    #expect(Tiny.problems(design) == [problem])
  }

  /// A range is not blamed for a design that could not be read.
  @Test func factorsOfAnUnfinishedDesignAreRead() {
    #expect(Tiny.problems(Self.age + "design: halton").count == 1)
    #expect(
      Tiny.problems("design: halton\nfactors: {poster.max_ages: {linear: [1 s, 2 s]}}").count == 2)
  }

  @Test(arguments: [
    ("{sobol: {points: 4}}", 41, "'sobol' has at most 40 factors; found 41"),
    ("{saltelli: {points: 4}}", 21, "'saltelli' has at most 20 factors; found 21"),
  ])
  func tooManyFactors(design: String, count: Int, problem: String) {
    let paths = Self.numbers.prefix(count)
    #expect(paths.count == count)
    func problems(_ paths: some Sequence<String>) -> [String] {
      let factors = paths.map { "\($0): [\(value($0, 1)), \(value($0, 2))]" }.joined(
        separator: ", ")
      return Tiny.problems("design: \(design)\nfactors: {\(factors)}")
    }
    #expect(problems(paths) == [problem])
    #expect(!problems(paths.dropLast()).contains { $0.contains("at most") })
  }

  private func value(_ path: String, _ number: Int) -> String {
    path.hasSuffix("gas")
      ? "\(number)000 gas" : path.hasSuffix("bytes") ? "\(number)00 B" : "\(number)"
  }

  private static let numbers: [String] = {
    let classes = [
      "transfer", "token_transfer", "swap", "mint", "deposit", "withdrawal", "private_transfer",
      "cross_rollup_call", "deployment", "attack",
    ]
    return classes.map { "workload.mix.\($0)" }
      + classes.flatMap { name in
        ["gas", "bytes", "prover_work"].map { "workload.classes.\(name).\($0)" }
      } + ["neighbours.large.rate_cv", "neighbours.medium.rate_cv", "neighbours.small.rate_cv"]
      + ["neighbours.large.variety", "neighbours.medium.variety"]
  }()

  @Test(arguments: [
    ("design: {sobol: {points: 2}}", "'sobol' needs at least one factor whose value it can choose"),
    (
      "design: {sobol: {points: 2}}\nfactors: {poster.max_age: {expression: 60}}",
      "'sobol' needs at least one factor whose value it can choose"
    ),
    (
      "design: {sobol: {points: 2}}\nfactors: {poster.max_age: {linear: [1 s, 2 s], points: 3}}",
      "factors.poster.max_age.points: the design says how many points there are; leave 'points' out"
    ),
    (
      "design: {sobol: {points: 2}}\nfactors: {poster.max_age: {linear: [2 s, 1 s]}}",
      "factors.poster.max_age: expected two increasing bounds, positive ones for log"
    ),
    (
      "design: {morris: {trajectories: 2, levels: 4}}\nfactors: {poster.carrier: [blobs]}",
      "'morris' needs a change with every step; poster.carrier has too few values"
    ),
    (
      "design: {morris: {trajectories: 100000, levels: 4}}\n\(age)",
      "factors: the design has 200000 points; expected at most 100000; with --yes it is run all the "
        + "same"
    ),
    (
      "design: {morris: {trajectories: 2, levels: 4}}\n\(age)constraints: [poster.max_age < 2]",
      "'morris' takes no constraints: its points only mean something together, so none can be dropped"
    ),
    (
      "design: {saltelli: {points: 2}}\n\(age)constraints: [poster.max_age < 2]",
      "'saltelli' takes no constraints: its points only mean something together, so none can be "
        + "dropped"
    ),
  ])
  func whatDoesNotFitTheDesign(text: String, problem: String) {
    #expect(Tiny.problems(text).contains(problem))
  }
}
