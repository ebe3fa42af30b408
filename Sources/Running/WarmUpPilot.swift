import Catalogue
import Declarations
import EventKernel
import Randomness
import Specifications
import Statistics
import Synchronization
import Threads
import Worlds

/// Finds the warm-up of an experiment from pilot runs of its points.
///
/// All points have the same one, so that their replications measure the same transactions: the longest
/// that any stage takes to settle at any point. Pilot runs measure from the start and draw from streams
/// of their own.
struct WarmUpPilot: Sendable {
  /// Pilot runs of each point.
  static let replications = 5
  /// The cells between start and horizon in which latencies are averaged.
  private static let cells = 1000

  private let experiment: Experiment
  private let location: Location
  private let seed: UInt64

  init(_ experiment: Experiment, _ warmUp: ScenarioRequest.AutomaticWarmUp) {
    self.experiment = experiment
    location = warmUp.location
    var stream = RandomStream(
      seed: experiment.spec.seed, replication: 0, name: "experiment.pilot_seed")
    seed = stream.nextWord()
  }

  /// The warm-up [s].
  ///
  /// - Parameter onProgress: gets the number of pilot runs that are done.
  /// - Throws: `InvalidInput` with the points that do not settle, or that cannot be run.
  func seconds(
    jobs: Int, onProgress: @escaping @Sendable (Int) -> Void
  ) throws(InvalidInput) -> Double {
    let finished = Atomic(0)
    let found = inParallel(experiment.points.count, jobs: jobs) { index in
      let result = Result { () throws(InvalidInput) in try seconds(at: experiment.points[index]) }
      onProgress(finished.wrappingAdd(Self.replications, ordering: .relaxed).newValue)
      return result
    }
    var longest = 0.0
    var problems: [Problem] = []
    for result in found {
      switch result {
      case .success(let seconds): longest = max(longest, seconds)
      case .failure(let error): problems += error.problems
      }
    }
    guard problems.isEmpty else { throw InvalidInput(Array(problems.prefix(20))) }
    return longest
  }

  private func seconds(at point: Experiment.Point) throws(InvalidInput) -> Double {
    let stages: [LatencySeries]
    do throws(RunFailure) {
      stages = try series(at: point)
    } catch {
      throw InvalidInput([problem(point, "a pilot run failed: \(error.description)")])
    }
    var longest = 0.0
    for (index, series) in stages.enumerated() where !series.means.isEmpty {
      let stage = Stage.allCases[index % Stage.allCases.count]
      let means = series.means
      guard let length = InitialTransient.length(of: means.map(\.seconds)) else {
        let message =
          "'\(stage.rawValue)' does not settle in the first half of the horizon; lengthen it, lower "
          + "the load, or set a warm-up"
        throw InvalidInput([problem(point, message)])
      }
      if length > 0 { longest = max(longest, (means[length - 1].end - .start).seconds) }
    }
    return longest
  }

  /// The latencies of all pilot runs of a point, of each rollup by stage.
  private func series(at point: Experiment.Point) throws(RunFailure) -> [LatencySeries] {
    var total: [LatencySeries] = []
    for replication in 0..<UInt64(Self.replications) {
      let drawn = point.resolved.drawn(seed: seed, replication: replication)
      guard let valid = try? drawn.scenario.validated(point.resolved.shape) else {
        throw .invalidDraw
      }
      let series = try valid.latencySeries(
        seed: seed, replication: replication, cells: Self.cells)
      if total.isEmpty {
        total = series
      } else {
        for stage in total.indices { total[stage].add(series[stage]) }
      }
    }
    return total
  }

  private func problem(_ point: Experiment.Point, _ message: String) -> Problem {
    let levels = zip(experiment.spec.factors, point.levels).map { "\($0.path) = \($1.cell.text)" }
    let setting = levels.isEmpty ? "" : "at \(levels.joined(separator: ", ")): "
    return Problem(location, path: ScenarioRequest.warmUp, setting + message)
  }
}

extension Experiment {
  /// How many pilot runs come before anything else; 0 if the warm-up is known.
  public var pilotCount: Int {
    spec.request.automaticWarmUp != nil && warmUpFound == nil
      ? points.count * WarmUpPilot.replications : 0
  }

  /// The warm-up that pilot runs found [s]; nil if none did.
  public var warmUpFound: Double? { spec.request.automaticWarmUp?.seconds }

  /// The experiment with its warm-up, which pilot runs find if it asks for that.
  ///
  /// - Parameter onProgress: gets the number of pilot runs that are done.
  /// - Throws: `InvalidInput` with the points that do not settle.
  public func findingWarmUp(
    jobs: Int, onProgress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(InvalidInput) -> Experiment {
    guard pilotCount > 0, let warmUp = spec.request.automaticWarmUp else { return self }
    let pilot = WarmUpPilot(self, warmUp)
    return try with(warmUp: pilot.seconds(jobs: jobs, onProgress: onProgress))
  }

  /// Whether pilot runs find the warm-up that it has; true if it was set.
  package func findsItsWarmUp(jobs: Int) throws(InvalidInput) -> Bool {
    guard let warmUpFound else { return true }
    return try with(warmUp: nil).findingWarmUp(jobs: jobs).warmUpFound == warmUpFound
  }

  /// The experiment with another warm-up; every point is checked again.
  private func with(warmUp seconds: Double?) throws(InvalidInput) -> Experiment {
    var spec = spec
    spec.request.automaticWarmUp?.seconds = seconds
    return try Experiment(spec, allowingAnySize: true, catalogue: catalogue)
  }
}
