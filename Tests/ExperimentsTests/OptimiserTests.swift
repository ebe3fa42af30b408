import Catalogue
import Results
import RunStore
import Testing
import Worlds

@testable import Optimising
@testable import Running
@testable import Specifications

/// The search finds what a grid finds, keeps its bounds, and is the same each time.
@Suite struct OptimiserTests {
  private static func experiment(_ rest: String) throws -> Experiment {
    try Tiny.experiment(
      """
      factors:
        - poster.max_age: {log: [5 s, 2 min]}
      design: {sobol: {points: 4}}
      optimise:
        minimise: cost_data_wei_per_tx_mean
        starts: 2
        evaluations: 30
        \(rest)
      """)
  }

  private static func optimiser(_ experiment: Experiment, _ store: RunStore) throws -> Optimiser {
    Optimiser(experiment, try #require(experiment.spec.optimisation), in: store, jobs: 2)
  }

  /// Waiting longer is cheaper, and posted later: the optimum lies at the bound.
  @Test func theOptimumLiesAtTheBound() throws {
    let experiment = try Self.experiment(
      "subject_to: [{measure: finality_posted_s_p95, at_most: 60 s}]")
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    let optimiser = try Self.optimiser(experiment, store)
    let best = try #require(try optimiser.run())
    let posted = try #require(Measure.all.firstIndex { $0.name == "finality_posted_s_p95" })
    let cost = try #require(Measure.all.firstIndex { $0.name == "cost_data_wei_per_tx_mean" })
    let cheapest = try #require(best.mean(cost))
    #expect(try #require(best.mean(posted)) <= 60)
    // A grid of 24 ages over the range of the factor.
    let ages = (0..<24).map { "\(5 * $0 + 5) s" }.joined(separator: ", ")
    let grid = try Tiny.report("factors: {poster.max_age: [\(ages)]}").1
    func column(_ name: String) -> [Double] {
      zip(grid.points.column("measure"), grid.points.numbers("mean"))
        .filter { $0.0 == .string(name) }.compactMap(\.1)
    }
    let feasible = zip(
      column("finality_posted_s_p95"), column("cost_data_wei_per_tx_mean")
    ).filter { $0.0 <= 60 }.map(\.1)
    #expect(feasible.count > 3 && feasible.count < 24, "the bound cuts the grid")
    #expect(cheapest <= 1.0001 * (feasible.min() ?? 0))
  }

  @Test func aSecondSearchRunsNothingAndEndsAlike() throws {
    let experiment = try Self.experiment("frontier: {measure: finality_posted_s_p95, points: 3}")
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    let first = try Self.optimiser(experiment, store)
    _ = try first.run()
    let second = try Self.optimiser(experiment, store)
    _ = try second.run()
    #expect(
      OptimisationFiles.table(of: first.evaluations, experiment.spec).csv
        == OptimisationFiles.table(of: second.evaluations, experiment.spec).csv)
    for evaluation in second.evaluations {
      let single = try #require(try experiment.single(evaluation.levels))
      #expect(try Sweep(single, in: store, jobs: 1).storedCount == 2)
    }
  }

  /// Some of the range is no scenario, and some runs fail; the search goes on.
  @Test func settingsThatAreNoneDoNotEndTheSearch() throws {
    let experiment = try Tiny.experiment(
      """
      factors: [{horizon: {linear: [90 s, 4 min]}}, {cooldown: {log: [1 s, 1 d]}}]
      design: {sobol: {points: 8}}
      optimise: {minimise: cost_data_wei_per_tx_mean, starts: 1, evaluations: 12}
      """)
    let optimiser = try Self.optimiser(
      experiment, try RunStore(RunStore.inMemory, mayWrite: true))
    let best = try #require(try optimiser.run())
    #expect(best.defect == nil)
    #expect(optimiser.evaluations.contains { $0.defect?.contains("lengthen cooldown") == true })
    #expect(optimiser.evaluations.count > 8)
  }

  /// Costs are some 1e12 wei, a bound is 20 s: the search starts from what keeps the bound.
  @Test func boundsCountWhateverTheUnits() throws {
    let experiment = try Self.experiment(
      "subject_to: [{measure: finality_posted_s_p95, at_most: 20 s}]")
    let optimiser = try Self.optimiser(
      experiment, try RunStore(RunStore.inMemory, mayWrite: true))
    let best = try #require(try optimiser.run())
    let posted = try #require(Measure.all.firstIndex { $0.name == "finality_posted_s_p95" })
    let age = try #require(best.mean(posted))
    #expect(age <= 20 && age > 18, "it lies at the bound")
  }

  @Test func aBoundOfZeroIsABound() throws {
    let experiment = try Self.experiment(
      "subject_to: [{measure: finality_posted_s_p95, at_most: 0 s}]")
    let optimiser = try Self.optimiser(
      experiment, try RunStore(RunStore.inMemory, mayWrite: true))
    #expect(try optimiser.run() == nil)
    #expect(optimiser.evaluations.count > 8, "the searches took place")
    #expect(optimiser.evaluations.allSatisfy { $0.excess.isFinite && $0.excess > 0 })
  }

  /// No setting of the frontier beats another in both measures, and none that was seen beats one.
  @Test func theFrontierIsNotDominated() throws {
    let experiment = try Self.experiment("frontier: {measure: finality_posted_s_p95, points: 3}")
    let optimiser = try Self.optimiser(
      experiment, try RunStore(RunStore.inMemory, mayWrite: true))
    _ = try optimiser.run()
    let spec = try #require(experiment.spec.optimisation)
    let other = try #require(spec.frontier?.measure)
    func pairs(_ evaluations: [Optimiser.Evaluation]) -> [(Double, Double)] {
      evaluations.compactMap { one in
        one.mean(spec.objective).flatMap { a in one.mean(other).map { (a, $0) } }
      }
    }
    let frontier = pairs(optimiser.frontier())
    #expect(frontier.count > 3)
    for (a, b) in frontier {
      #expect(!pairs(optimiser.evaluations).contains { $0.0 < a && $0.1 < b })
    }
  }

  @Test(arguments: [
    ("{minimise: cost_dat}", "optimise.minimise: no measure is called 'cost_dat'"),
    ("{starts: 2}", "optimise: expected {minimise: MEASURE, …}"),
    ("{minimise: events_x, at: 1}", "optimise.at: unknown key"),
    (
      "{minimise: cost_data_wei_per_tx_mean, subject_to: [{measure: cost_data_wei_per_tx_mean}]}",
      "optimise.subject_to: expected {measure: …, at_most: …} or {…, at_least: …}"
    ),
    (
      "{minimise: cost_data_wei_per_tx_mean, evaluations: 3}",
      "optimise.evaluations: expected from 10 to 10000"
    ),
  ])
  func whatIsNoSearch(text: String, problem: String) {
    #expect(Tiny.problems("optimise: \(text)").contains { $0.hasPrefix(problem) })
  }
}
