import Catalogue
import Declarations
import Designs
import EventKernel
import Randomness
import Results
import Worlds

/// A specification with every point resolved and checked: ready to run.
public struct Experiment: Sendable {
  /// One setting of all factors.
  public struct Point: Sendable {
    /// The number of the point in design order.
    public let index: Int
    /// The values of the factors, in their order.
    public let levels: [Factor.Level]
    /// The scenario with these values.
    public let resolved: ResolvedScenario
    /// The seed of its streams: that of the experiment unless points are independent.
    package let seed: UInt64
    /// How its replications depend on each other.
    package let coupling: Coupling
    /// Where in the unit cube a group of replications draws unknown figures, before its shift.
    package let places: [[Double]]
  }

  /// What was asked.
  public internal(set) var spec: ExperimentSpec
  package let catalogue: Catalogue
  private let sample: [[Double]]?
  /// The places in the design of the points that constraints leave; nil for all.
  private var kept: [Int]?
  private var places: [[Double]] = []
  /// That the replications of some point take long; nil if none do.
  public private(set) var longRun: Caution?

  /// More points than this are refused unless any size is allowed.
  public static let pointLimit = 100_000
  /// More runs than this are refused unless any size is allowed.
  public static let runLimit = 2_000_000
  /// More runs than this are always refused: their numbers alone fill the memory.
  public static let absoluteLimit = 1_000_000_000

  /// Resolves every point of a specification.
  ///
  /// - Parameters:
  ///   - allowingAnySize: whether a design may have more points and runs than a day finishes.
  ///   - onPoint: gets how many points are resolved, and how many there are.
  /// - Throws: `InvalidInput` with every problem of every point.
  public init(
    _ spec: ExperimentSpec, allowingAnySize: Bool = false, catalogue: Catalogue = .builtIn,
    onPoint: (Int, Int) -> Void = { _, _ in }
  ) throws(InvalidInput) {
    self.catalogue = try catalogue.loading(spec.presetNames)
    let spec = spec.labelled(by: self.catalogue)
    self.spec = spec
    var problems = spec.figures.flatMap { $0.check(spec) }
    problems += spec.figureNameProblems + spec.warmUpProblems + spec.labelProblems
    problems += self.catalogue.problems(withNamesOf: spec.request)
    let count = spec.pointCount
    try spec.checkSize(count, allowingAnySize)
    sample = spec.sample
    var kept: [Int] = []
    var unknowns = 0
    var mostWork = 0.0
    for place in 0..<count where !problems.isFull {
      defer { onPoint(place + 1, count) }
      do throws(InvalidInput) {
        let point = try resolve(place, isChecked: false)
        if let point { try checkControls(at: point) }
        if let scenario = point?.resolved.scenario, scenario.estimatedWork > mostWork {
          (mostWork, longRun) = (scenario.estimatedWork, scenario.longRun)
        }
        unknowns = max(unknowns, point?.resolved.unknowns.count ?? 0)
        if point != nil, !spec.constraints.isEmpty { kept.append(place) }
      } catch {
        problems += error.problems.filter { !problems.contains($0) }
      }
    }
    if !spec.constraints.isEmpty { self.kept = kept }
    if points.isEmpty, problems.isEmpty {
      let message = "no point of the design is left; \(count) were dropped"
      problems.append(spec.problem("constraints", message))
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    try checkFeePaths()
    try checkBaseline()
    try checkCoupling(unknowns: unknowns)
    places = spec.coupling.places(dimensions: unknowns)
  }

  /// The point with a number, resolved anew: held at once, many points would fill the memory.
  ///
  /// - Parameter isChecked: whether it was resolved before, so that it has no problems.
  /// - Returns: nil if a constraint drops it.
  private func resolve(_ index: Int, isChecked: Bool) throws(InvalidInput) -> Point? {
    let levels = spec.levels(at: kept?[index] ?? index, of: sample)
    guard let request = try spec.request(with: levels, catalogue) else { return nil }
    let resolved = try isChecked ? catalogue.layered(request) : catalogue.resolve(request)
    return Point(
      index: index, levels: levels, resolved: resolved,
      seed: seed(ofPoint: index), coupling: spec.coupling, places: places)
  }

  /// All points in design order.
  public var points: Points { Points(experiment: self) }

  /// So many points, spread evenly over the design with both its ends.
  package func spreadPoints(_ count: Int) -> [Point] {
    let count = min(count, points.count)
    return (0..<count).map { points[$0 * (points.count - 1) / max(count - 1, 1)] }
  }

  /// The points of an experiment; each access resolves one.
  public struct Points: RandomAccessCollection, Sendable {
    fileprivate let experiment: Experiment
    /// The first number.
    public var startIndex: Int { 0 }
    /// The number after the last.
    public var endIndex: Int { experiment.kept?.count ?? experiment.spec.pointCount }
    /// The point with a number.
    public subscript(index: Int) -> Point {
      do throws(InvalidInput) {
        if let point = try experiment.resolve(index, isChecked: true) { return point }
      } catch {
        preconditionFailure("a point was not checked: \(error)")
      }
      preconditionFailure("a point was dropped")
    }
  }

  /// The experiment with one setting of its factors as its only point.
  ///
  /// - Returns: nil if a constraint drops the point.
  /// - Throws: `InvalidInput` if it is no scenario.
  package func single(_ levels: [Factor.Level]) throws(InvalidInput) -> Experiment? {
    guard let request = try spec.request(with: levels, catalogue) else { return nil }
    var single = spec
    single.request = request
    single.factors = []
    single.constraints = []
    single.design = .grid
    single.figures = []
    single.feePaths = nil
    if case .sampled = spec.coupling, try catalogue.resolve(request).unknowns.isEmpty {
      single.coupling = .independent
    }
    return try Experiment(single, catalogue: catalogue)
  }

  /// How many runs there are, in words.
  public var runCountText: String { spec.stopping == nil ? "\(runCount)" : "at most \(runCount)" }

  /// The same without paths of fees, which a search has no use for.
  package func withoutFeePaths() throws(InvalidInput) -> Experiment {
    var spec = spec
    spec.feePaths = nil
    spec.figures = []
    return try Experiment(spec, catalogue: catalogue)
  }

  /// A point with another level of one chosen factor and whatever follows from it; the seed is kept.
  ///
  /// - Returns: nil if it is no scenario, or a constraint drops it.
  package func point(_ point: Point, with level: Factor.Level, at position: Int) -> Point? {
    var levels = point.levels
    levels[position] = level
    let chosen = zip(spec.factors, levels).filter { $0.0.expression == nil }.map(\.1)
    let completed = spec.completed(chosen)
    guard let request = try? spec.request(with: completed, catalogue),
      let resolved = try? catalogue.resolve(request)
    else { return nil }
    return Point(
      index: point.index, levels: completed, resolved: resolved, seed: point.seed,
      coupling: point.coupling, places: point.places)
  }

  private func checkFeePaths() throws(InvalidInput) {
    guard let paths = spec.feePaths else { return }
    let kept = min(paths.replications, spec.replications)
    let samples = points.reduce(0.0) {
      $0 + Double(paths.samples(until: $1.resolved.scenario.horizon)) * Double(kept)
    }
    guard samples <= Double(FeePathSpec.sampleLimit) else {
      let message =
        "the paths have \(Int(samples)) samples; expected at most \(FeePathSpec.sampleLimit)"
      throw InvalidInput([spec.problem("fee_paths", message)])
    }
  }

  /// How often a replication notes the fees; nil for not at all.
  package func feeGrid(ofReplication replication: Int) -> SimDuration? {
    spec.feePaths.flatMap { replication < $0.replications ? $0.interval : nil }
  }

  /// The number of a run in the order in which shards deal them out: with a rule that stops, all runs
  /// of a point belong to one shard, which alone can tell when there are enough.
  package func deal(ofPoint point: Int, replication: Int) -> Int {
    spec.stopping == nil ? point * spec.replications + replication : point
  }

  /// How many runs there are; with a rule that stops, at most.
  public var runCount: Int { points.count * spec.replications }

  /// The point and the replication of a run; all replications of a point follow each other.
  public func place(ofRun index: Int) -> (point: Int, replication: Int) {
    let (point, replication) = index.quotientAndRemainder(dividingBy: spec.replications)
    return (point, replication)
  }

  private func seed(ofPoint index: Int) -> UInt64 {
    guard !spec.usesCommonRandomNumbers else { return spec.seed }
    var stream = RandomStream(
      seed: spec.seed, replication: UInt64(index), name: "experiment.point_seed")
    return stream.nextWord()
  }
}

extension ExperimentSpec {
  fileprivate func checkSize(_ points: Int, _ allowingAnySize: Bool) throws(InvalidInput) {
    let (runs, overflow) = points.multipliedReportingOverflow(by: replications)
    let limit = allowingAnySize ? Experiment.absoluteLimit : Experiment.runLimit
    let advice = allowingAnySize ? "" : "; with --yes it is run all the same"
    guard points <= (allowingAnySize ? limit : Experiment.pointLimit) else {
      let message =
        "the design has \(points) points; expected at most \(Experiment.pointLimit)\(advice)"
      throw InvalidInput([problem("factors", message)])
    }
    guard !overflow, runs <= limit else {
      let message = "the design has \(runs) runs; expected at most \(limit)\(advice)"
      throw InvalidInput([problem("replications", message)])
    }
  }

  /// The presets that its points name.
  package var presetNames: [String] {
    let levels = factors.flatMap(\.levels).compactMap { level in
      switch level {
      case .system(_, let name), .chain(let name): name.text
      case .setting: nil
      }
    }
    return (request.systems + [request.chain]).compactMap { $0?.text } + levels
  }

  /// A warm-up that is found and set, or found for each setting that a search tries.
  fileprivate var warmUpProblems: [Problem] {
    guard let location = request.automaticWarmUp?.location else { return [] }
    let path = ScenarioRequest.warmUp
    let formulas =
      constraints.flatMap(\.names)
      + factors.flatMap { $0.expression?.uses.map(\.name) ?? [] }
    let reasons = [
      (factors.contains { $0.path == path }, "it is a factor as well"),
      (formulas.contains(path), "a constraint or a factor is calculated from it"),
      (optimisation != nil, "a search has no pilot runs"),
    ]
    return reasons.filter(\.0).map {
      Problem(location, path: path, "expected a duration: \($0.1)")
    }
  }

  /// Figures that would overwrite each other.
  fileprivate var figureNameProblems: [Problem] {
    let names = figures.enumerated().map { $1.fileName(at: $0) }
    return names.indices.filter { names[..<$0].contains(names[$0]) }.map {
      figures[$0].problem("name", "two figures are called '\(names[$0])'", of: self)
    }
  }

  /// Derived measures whose columns would be those of factors.
  var derivedProblems: [Problem] {
    let columns = Set(factors.map(\.column.name))
    return measureTable.derived.filter { columns.contains($0.name) }.map {
      problem("derived.\($0.name)", "'\($0.name)' is the column of a factor already")
    }
  }
}
