import Catalogue
import EventKernel
import Randomness
import Results
import Worlds

/// A specification with every point resolved and checked: ready to run.
public struct Experiment: Sendable {
  /// One setting of all factors.
  public struct Point: Sendable {
    /// The values of the factors, in their order.
    public let levels: [Factor.Level]
    /// The scenario with these values.
    public let resolved: ResolvedScenario
  }

  /// What was asked.
  public let spec: ExperimentSpec
  /// All points in design order.
  public let points: [Point]

  /// More points than this are refused.
  public static let pointLimit = 100_000
  /// More runs than this are refused.
  public static let runLimit = 2_000_000

  /// Resolves every point of a specification.
  ///
  /// - Throws: `InvalidInput` with every problem of every point.
  public init(_ spec: ExperimentSpec, catalogue: Catalogue = .builtIn) throws(InvalidInput) {
    self.spec = spec
    var problems = spec.figures.flatMap { $0.check(spec, spec.request.source) }
    problems += spec.figureNameProblems
    problems += catalogue.problems(withNamesOf: spec.request)
    let count = spec.pointCount
    guard count <= Self.pointLimit else {
      let message = "the design has \(count) points; expected at most \(Self.pointLimit)"
      throw InvalidInput([Problem(spec.request.source, path: "factors", message)])
    }
    guard count * spec.replications <= Self.runLimit else {
      let message =
        "the design has \(count * spec.replications) runs; expected at most \(Self.runLimit)"
      throw InvalidInput([Problem(spec.request.source, path: "replications", message)])
    }
    var points: [Point] = []
    for index in 0..<count where !problems.isFull {
      let levels = spec.levels(at: index)
      var request = spec.request
      for level in levels { level.apply(to: &request) }
      do throws(InvalidInput) {
        points.append(Point(levels: levels, resolved: try catalogue.resolve(request)))
      } catch {
        problems += error.problems.filter { !problems.contains($0) }
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    self.points = points
    try checkFeePaths()
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
      throw InvalidInput([Problem(spec.request.source, path: "fee_paths", message)])
    }
  }

  /// How often a replication notes the fees; nil for not at all.
  func feeGrid(ofReplication replication: Int) -> SimDuration? {
    spec.feePaths.flatMap { replication < $0.replications ? $0.interval : nil }
  }

  /// How many runs there are.
  public var runCount: Int { points.count * spec.replications }

  /// The point and the replication of a run; all replications of a point follow each other.
  public func place(ofRun index: Int) -> (point: Int, replication: Int) {
    let (point, replication) = index.quotientAndRemainder(dividingBy: spec.replications)
    return (point, replication)
  }

  /// The seed of a point's streams: that of the experiment unless points are independent.
  func seed(ofPoint index: Int) -> UInt64 {
    guard !spec.usesCommonRandomNumbers else { return spec.seed }
    var stream = RandomStream(
      seed: spec.seed, replication: UInt64(index), name: "experiment.point_seed")
    return stream.nextWord()
  }
}

extension ExperimentSpec {
  /// Figures that would overwrite each other.
  fileprivate var figureNameProblems: [Problem] {
    let names = figures.enumerated().map { $1.fileName(at: $0) }
    return names.indices.filter { names[..<$0].contains(names[$0]) }.map {
      Problem(request.source, path: "figures.name", "two figures are called '\(names[$0])'")
    }
  }

  /// The reported measures that a pattern names.
  func reported(_ pattern: String) -> [Measure] {
    measures.map { Measure.all[$0] }.filter { $0.matches(pattern) }
  }

  /// How many points the design has.
  var pointCount: Int {
    switch design {
    case .zip: factors.first?.levels.count ?? 1
    case .oneAtATime: factors.reduce(1) { $0 + $1.levels.count - 1 }
    case .grid:
      factors.reduce(1) { product, factor in
        let (count, overflow) = product.multipliedReportingOverflow(by: factor.levels.count)
        return overflow ? .max : count
      }
    }
  }

  /// The levels of all factors at a point.
  func levels(at index: Int) -> [Factor.Level] {
    switch design {
    case .zip: return factors.map { $0.levels[index] }
    case .oneAtATime:
      var rest = index
      return factors.map { factor in
        let others = factor.levels.count - 1
        defer { rest -= others }
        return factor.levels[rest > 0 && rest <= others ? rest : 0]
      }
    case .grid:
      var rest = index
      var levels: [Factor.Level] = []
      for factor in factors.reversed() {
        levels.append(factor.levels[rest % factor.levels.count])
        rest /= factor.levels.count
      }
      return levels.reversed()
    }
  }
}
