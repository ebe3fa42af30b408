import Catalogue
import Declarations
import Designs
import RunStore
import Running
import Specifications
import Statistics
import Worlds

/// Looks for the setting of the factors whose objective is lowest, under bounds on other measures.
///
/// The points of the sampled design come first. From the best of them Nelder–Mead searches start in
/// the unit cube that the ranges of the factors span. All points share their random numbers, so that
/// a measure's mean over the replications is a function of the setting. Each run lands in the store:
/// a search that is started again goes through the same points and runs none twice.
public final class Optimiser {
  /// A setting and what it gave.
  public struct Evaluation: Sendable {
    /// The number of the evaluation, from 0.
    public let number: Int
    /// Its share of each factor's range.
    let shares: [Double]
    /// The levels of all factors.
    public let levels: [Factor.Level]
    /// Mean and spread of each measure that matters.
    public let tallies: [Int: Tally]
    /// Why it is no setting: no valid scenario, dropped by a constraint, or a run that failed; nil if
    /// it is one.
    public let defect: String?
    /// How far the bounds are exceeded, relative to each, in sum.
    public fileprivate(set) var excess = 0.0

    /// Whether it is a scenario in which every bound holds.
    public var isFeasible: Bool { defect == nil && excess == 0 }

    /// The mean of a measure; nil if it has no value.
    public func mean(_ measure: Int) -> Double? {
      tallies[measure].flatMap { $0.count > 0 ? $0.mean : nil }
    }
  }

  /// What weighs an excess of bounds against the objective, which is relative to its usual size.
  private static let penalty = 10.0
  private static let tolerance = 1e-3
  private static let firstStep = 0.15

  private let experiment: Experiment
  private let spec: OptimisationSpec
  private let store: RunStore
  private let jobs: Int
  private let onEvaluation: (Int) -> Void
  private let measures: [Int]
  /// What each measure usually is: its mean magnitude over the points of the design.
  private var scales: [Int: Double] = [:]
  private var known: [[Factor.Level]: Int] = [:]
  /// All settings that were looked at, in order.
  public private(set) var evaluations: [Evaluation] = []

  /// An optimiser.
  ///
  /// - Parameter onEvaluation: gets the number of evaluations after each.
  public init(
    _ experiment: Experiment, _ spec: OptimisationSpec, in store: RunStore, jobs: Int,
    onEvaluation: @escaping (Int) -> Void = { _ in }
  ) {
    self.experiment = experiment
    self.spec = spec
    self.store = store
    self.jobs = jobs
    self.onEvaluation = onEvaluation
    measures = spec.measures
  }

  /// Searches.
  ///
  /// - Returns: the best setting in which every bound holds; nil if none was found.
  /// - Throws: `StoreFailure`.
  public func run() throws -> Evaluation? {
    // All points of the design at once, so that every thread has work.
    try Sweep(experiment.withoutFeePaths(), in: store, jobs: jobs).run()
    for row in experiment.spec.sample ?? [] { _ = try evaluate(row) }
    for measure in measures {
      let values = evaluations.compactMap { $0.mean(measure).map(abs) }
      scales[measure] = values.isEmpty ? 1 : values.reduce(0, +) / Double(values.count)
    }
    for index in evaluations.indices { evaluations[index].excess = excess(of: evaluations[index]) }
    try search(spec.bounds)
    for bound in frontierBounds() { try search(spec.bounds + [bound]) }
    return best
  }

  /// The settings that no other one beats in both measures of the frontier, by the second one.
  public func frontier() -> [Evaluation] {
    guard let frontier = spec.frontier else { return [] }
    let candidates = evaluations.filter(\.isFeasible).compactMap { evaluation in
      evaluation.mean(frontier.measure).flatMap { other in
        evaluation.mean(spec.objective).map { (evaluation, other: other, objective: $0) }
      }
    }
    let unbeaten = Frontier.unbeaten(candidates.map(\.other), candidates.map(\.objective))
    // Settings that give the same stand there once.
    var last = Double.infinity
    return unbeaten.map { candidates[$0] }.filter { candidate in
      defer { last = candidate.objective }
      return candidate.objective != last
    }.map(\.0)
  }

  // MARK: Searching

  /// Searches from the best settings so far, under these bounds.
  private func search(_ bounds: [OptimisationSpec.Bound]) throws {
    let ranked = evaluations.filter { $0.defect == nil && $0.mean(spec.objective) != nil }
      .sorted { rank($0, bounds) < rank($1, bounds) }
    for start in ranked.prefix(spec.starts) {
      let method = NelderMead(evaluations: spec.evaluations, tolerance: Self.tolerance)
      try method.minimise(from: start.shares, step: Self.firstStep) { shares in
        // Beyond the cube the nearest setting counts, and the way back is downhill.
        let inside = shares.map { min(max($0, 0), 1) }
        let distance = zip(shares, inside).reduce(0) { $0 + abs($1.0 - $1.1) }
        return self.merit(try self.evaluate(inside), bounds) + Self.penalty * distance
      }
    }
  }

  /// Settings in which the bounds hold come first, by their objective; then others by their excess.
  private func rank(
    _ evaluation: Evaluation, _ bounds: [OptimisationSpec.Bound]
  ) -> (Double, Double) {
    (excess(of: evaluation, bounds), evaluation.mean(spec.objective) ?? .infinity)
  }

  /// What a search minimises: the objective relative to its usual size, and a penalty for each bound.
  private func merit(
    _ evaluation: Evaluation, _ bounds: [OptimisationSpec.Bound]
  ) -> Double {
    guard evaluation.defect == nil, let objective = evaluation.mean(spec.objective) else {
      return 1e9
    }
    let scale = max(scales[spec.objective] ?? 1, .leastNormalMagnitude)
    return objective / scale + Self.penalty * excess(of: evaluation, bounds)
  }

  private func excess(
    of evaluation: Evaluation, _ bounds: [OptimisationSpec.Bound]? = nil
  ) -> Double {
    (bounds ?? spec.bounds).reduce(0) { sum, bound in
      sum + bound.excess(of: evaluation.mean(bound.measure), scale: scales[bound.measure] ?? 0)
    }
  }

  private var best: Evaluation? {
    evaluations.filter { $0.isFeasible && $0.mean(spec.objective) != nil }
      .min { ($0.mean(spec.objective) ?? .infinity) < ($1.mean(spec.objective) ?? .infinity) }
  }

  /// Bounds on the second measure of the frontier, between the least that was seen and what it is
  /// where the objective is lowest, evenly spaced in the logarithm where all of it is positive.
  private func frontierBounds() -> [OptimisationSpec.Bound] {
    guard let frontier = spec.frontier, let optimum = best,
      let high = optimum.mean(frontier.measure),
      let low = evaluations.filter(\.isFeasible).compactMap({ $0.mean(frontier.measure) }).min(),
      low < high
    else { return [] }
    return (1..<frontier.points).map { index in
      let range = FactorRange(
        low: low, high: high, isLogarithmic: low > 0, isWhole: false)
      let value = range.value(at: Double(index) / Double(frontier.points))
      return OptimisationSpec.Bound(measure: frontier.measure, value: value, isUpper: true)
    }
  }

  // MARK: Evaluating

  /// Runs the replications of a setting that are not stored yet; of the same levels once.
  private func evaluate(_ shares: [Double]) throws -> Evaluation {
    let levels = experiment.spec.levels(atShares: shares)
    if let index = known[levels] {
      // The same levels from elsewhere: whole numbers and lists have steps.
      return evaluations[index]
    }
    known[levels] = evaluations.count
    var evaluation = try outcome(of: levels, shares)
    evaluation.excess = excess(of: evaluation)
    evaluations.append(evaluation)
    onEvaluation(evaluations.count)
    return evaluation
  }

  private func outcome(of levels: [Factor.Level], _ shares: [Double]) throws -> Evaluation {
    let none = GroupedTally(ofGroupsOf: experiment.spec.coupling.groupSize)
    var tallies = Dictionary(uniqueKeysWithValues: measures.map { ($0, none) })
    func evaluation(_ defect: String?) -> Evaluation {
      Evaluation(
        number: evaluations.count, shares: shares, levels: levels,
        tallies: defect == nil ? tallies.mapValues(\.means) : [:], defect: defect)
    }
    let point: Experiment?
    do throws(InvalidInput) {
      point = try experiment.single(levels)
    } catch {
      return evaluation(error.problems.first.map { "\($0.path): \($0.message)" } ?? "no scenario")
    }
    guard let point else { return evaluation("dropped by a constraint") }
    try Sweep(point, in: store, jobs: jobs).run()
    var failure: String?
    try StoredRuns(point, in: [store]).forEach(of: point.points[0]) { replication, outcome in
      switch outcome.result {
      case .success(let result):
        for measure in measures {
          if let value = result.measures[measure] {
            tallies[measure]?.record(value, at: replication)
          }
        }
      case .failure(let reason):
        failure = failure ?? "replication \(replication): \(reason)"
      }
    }
    return evaluation(failure)
  }
}
