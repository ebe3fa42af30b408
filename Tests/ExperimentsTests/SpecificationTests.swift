import Catalogue
import Declarations
import Specifications
import Testing
import Worlds

/// The keys of an experiment beside its factors.
@Suite struct SpecificationTests {
  private func measures(_ patterns: String) throws -> [String] {
    try Tiny.experiment("measures: \(patterns)").spec.measures.map { Measure.all[$0].name }
  }

  @Test func patternsSelectMeasuresInTheOrderOfTheTable() throws {
    #expect(
      try measures("[cost_*_usd_per_tx_mean, finality_soft_s_p50, finality_soft_s_*]") == [
        "finality_soft_s_mean", "finality_soft_s_p50", "finality_soft_s_p95",
        "finality_soft_s_p99", "finality_soft_s_max", "cost_data_usd_per_tx_mean",
        "cost_state_usd_per_tx_mean", "cost_proof_usd_per_tx_mean", "cost_prover_usd_per_tx_mean",
        "cost_total_usd_per_tx_mean",
      ])
    #expect(try measures("[batch_size_tx]") == ["batch_size_tx_mean"])
    #expect(try Tiny.experiment("").spec.measures == Array(Measure.all.indices))
  }

  @Test func everyKeyIsRead() throws {
    let spec = try Tiny.experiment(
      """
      question: Why?
      random: {seed: 18446744073709551615, common: false}
      confidence: 90 %
      """
    ).spec
    #expect(spec.question == "Why?")
    #expect(spec.seed == .max)
    #expect(!spec.usesCommonRandomNumbers)
    #expect(spec.confidence == 0.9)
    #expect(spec.replications == 2)
  }

  @Test(arguments: [
    (
      "measures: [finality_sofd_s_p50]",
      "measures: no measure matches 'finality_sofd_s_p50'; did you mean 'finality_soft_s_p50'?"
    ),
    ("measures: []", "measures: expected a list of measures such as [finality_*, cost_*]"),
    ("measurs: [cost_*]", "measurs: unknown key; did you mean 'measures'?"),
    ("random: {seed: -1}", "random.seed: expected a whole number below 2^64"),
    ("random: {sed: 1}", "random.sed: unknown key; expected seed, common, antithetic, sampling"),
    ("question: [a]", "question: expected a text; found a list"),
    ("random: 5", "random: expected {seed: …, common: …, antithetic: …} or {…, sampling: …}"),
    ("confidence: 1", "confidence: expected a confidence from 0.5 to 0.9999999999"),
    (
      "confidence: 0.99999999999999994",
      "confidence: expected a confidence from 0.5 to 0.9999999999"
    ),
    (
      "replications: {min: 2, max: 9, until: {measure: cost_data_wei_per_tx_mean, relative: 0.1, "
        + "confidence: 0.99999999999999994}}",
      "replications.until.confidence: expected a confidence from 0.5 to 0.9999999999"
    ),
    (
      "design: gird",
      "design: expected one of: grid, zip, one-at-a-time, list, latin-hypercube, sobol, halton, "
        + "morris, saltelli; found 'gird'; did you mean 'grid'?"
    ),
    ("figures: {x: a}", "figures: expected a list of figures such as [{x: poster.max_age, y: …}]"),
  ])
  func aKeyWithOneProblem(yaml: String, problem: String) {
    #expect(Tiny.problems(yaml) == [problem])
  }

  @Test(arguments: [
    (
      "{x: workload.mix.swap, y: cost_total_usd_per_tx}",
      "figures.x: 'workload.mix.swap' is no factor of the experiment"
    ),
    (
      "{x: poster.max_ages, y: cost_total_usd_per_tx}",
      "figures.x: 'poster.max_ages' is no factor of the experiment; did you mean 'poster.max_age'?"
    ),
    (
      "{x: poster.max_age, y: fee_l2_wei_per_tx}",
      "figures.y: 'fee_l2_wei_per_tx' matches no reported measure"
    ),
    (
      "{x: poster.max_age, y: cost_total_usd_per_tx, color: system}",
      "figures.color: 'system' is no factor of the experiment"
    ),
    (
      "{kind: bar, y: system, measures: cost_total_usd_per_tx}",
      "figures.y: 'system' is no factor of the experiment"
    ),
    (
      "{kind: ladder, y: poster.max_age, measures: fee_*}",
      "figures.measures: 'fee_*' matches no reported measure"
    ),
    (
      "{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx, row: horizon}",
      "figures.row: 'horizon' is no factor of the experiment"
    ),
    (
      "{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx, where: {horizon: 1 h}}",
      "figures.where: 'horizon' is no factor of the experiment"
    ),
    (
      "{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx, where: {poster.max_age: 3 min}}",
      "figures.where: poster.max_age never is 180"
    ),
    (
      "{kind: histogramm, y: poster.max_age, measures: cost_total_usd_per_tx}",
      "figures.kind: expected one of: line, ladder, bar, path, heat-map, histogram, ecdf, quantiles, "
        + "differences, frontier, tornado; found 'histogramm'; did you mean 'histogram'?"
    ),
    (
      "{x: poster.max_age, y: cost_total_usd_per_tx, log: yx}",
      "figures.log: expected one of: x, y, xy; found 'yx'; did you mean 'x'?"
    ),
    (
      "{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx, name: ../up}",
      "figures.name: expected a name of letters, digits and hyphens"
    ),
  ])
  func aFigureWithOneProblem(figure: String, problem: String) {
    #expect(
      Tiny.problems(
        """
        factors: {poster.max_age: [1 min, 2 min]}
        measures: [cost_*]
        figures: [\(figure)]
        """) == [problem])
  }

  /// What is refused by its number, before each of them is looked at.
  @Test func thousandsOfWhatIsValid() {
    func many(_ text: String, _ count: Int) -> String {
      "[" + Array(repeating: text, count: count).joined(separator: ", ") + "]"
    }
    #expect(
      Tiny.problems("measures: \(many("c*", 5000))") == ["measures: expected at most 1000 patterns"]
    )
    #expect(
      Tiny.problems("figures: \(many("{y: cost_*}", 101))") == [
        "figures: expected at most 100 figures"
      ])
    let stars = String(repeating: "*", count: 100_000)
    #expect(Tiny.problems("measures: ['\(stars)']").count == 1)
    #expect(Tiny.problems("factors: {poster.max_age: \(many("1", 5000))}").count >= 200)
    #expect(Tiny.problems("factors: \(many("{horizon: [3 h]}", 5000))").count == 200)
  }

  /// A zip of many long factors would fill the memory before its points are counted.
  @Test func tooManyLevels() {
    let paths = Parameter.all.filter { $0.kind == .quantity(.weiPerGas) }.map(\.path).prefix(6)
    let factors = paths.map { "\($0): {linear: [1 wei, 1 gwei], points: 100000}" }
    #expect(
      Tiny.problems("design: zip\nfactors: {\(factors.joined(separator: ", "))}").contains {
        $0.contains("expected at most 500000 levels of all factors")
      })
  }

  @Test func namesOfFoldersAndFilesHaveALimit() {
    let name = String(repeating: "a", count: 101)
    #expect(
      Tiny.problems("figures: [{kind: path, name: \(name)}]").contains(
        "figures.name: expected a name of at most 100 letters, digits and hyphens"))
  }

  /// Also where every point has another in its place.
  @Test func aSystemThatDoesNotExistIsAProblemOnce() {
    let start = "system: no system is called 'starknett'"
    for factors in ["{system: [starknet]}", "{horizon: [3 h, 4 h]}"] {
      let yaml = "experiment: a\nscenario: {system: starknett}\nfactors: \(factors)"
      let error = #expect(throws: InvalidInput.self) {
        try Experiment(.read(.parse(yaml, file: "e.yaml")))
      }
      #expect(error?.problems.count == 1)
      #expect(error?.description.hasPrefix("e.yaml:2:20: \(start)") == true)
    }
  }

  @Test func figuresNeedNamesOfTheirOwn() {
    let bar = "{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx"
    func problems(_ figures: String) -> [String] {
      Tiny.problems("factors: {poster.max_age: [1 min]}\nfigures: [\(figures)]")
    }
    #expect(problems("\(bar)}, \(bar)}") == [])
    #expect(
      problems("\(bar), name: a}, \(bar), name: a}")
        == ["figures.name: two figures are called 'a'"])
    #expect(
      problems("\(bar), name: bar-2}, \(bar)}") == ["figures.name: two figures are called 'bar-2'"])
  }
}
