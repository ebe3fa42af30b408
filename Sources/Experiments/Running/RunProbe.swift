import Worlds

/// Foresees how long an experiment takes on one thread, from a few of its runs.
public struct RunProbe {
  private static let probes = 5
  private static let patience = Duration.seconds(3)
  private let experiment: Experiment

  /// A probe of an experiment.
  public init(_ experiment: Experiment) { self.experiment = experiment }

  /// Seconds for all runs: the work that each point is estimated at, at the speed of those probed.
  public func seconds() -> Double {
    let work = experiment.points.map(\.resolved.scenario.estimatedWork)
    let clock = ContinuousClock()
    let start = clock.now
    var probedWork = 0.0
    for point in experiment.spreadPoints(Self.probes) {
      _ = point.run(replication: 0)
      probedWork += work[point.index]
      if clock.now - start > Self.patience { break }
    }
    let speed = probedWork / ((clock.now - start) / .seconds(1))
    return work.reduce(0, +) * Double(experiment.spec.replications) / speed
  }
}
