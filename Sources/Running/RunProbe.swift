import Specifications
import Worlds

/// Foresees how long an experiment takes on one thread, from a few of its runs.
public struct RunProbe {
  private static let probes = 5
  private static let patience = Duration.seconds(3)
  /// Points with longer runs are not probed [s].
  private static let longestProbe = 20.0
  private let experiment: Experiment

  /// A probe of an experiment.
  public init(_ experiment: Experiment) { self.experiment = experiment }

  /// Seconds for all runs: the work that each point is estimated at, at the speed of those probed.
  public func seconds() -> Double {
    let work = experiment.points.map(\.resolved.scenario.estimatedWork)
    let clock = ContinuousClock()
    let start = clock.now
    var probedWork = 0.0
    let points = experiment.spreadPoints(Self.probes)
    // A run that takes longer than anybody waits is not tried.
    let short = points.filter { $0.resolved.scenario.estimatedSeconds < Self.longestProbe }
    guard !short.isEmpty else {
      return points.reduce(0) { $0 + $1.resolved.scenario.estimatedSeconds } / Double(points.count)
        * Double(experiment.runCount)
    }
    for point in short {
      _ = point.run(replication: 0)
      probedWork += work[point.index]
      if clock.now - start > Self.patience { break }
    }
    let speed = probedWork / ((clock.now - start) / .seconds(1))
    return work.reduce(0, +) * Double(experiment.spec.replications) / speed
  }
}
