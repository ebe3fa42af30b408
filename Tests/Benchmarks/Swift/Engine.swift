import Catalogue
import Declarations
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications
import Worlds

/// Trivial runs without the engine, then with it: replications of one point, with store, tables and files.
///
/// Prints how much wall time and processor time the engine adds to a run on one thread, and the speed
/// on `jobs` threads over that on one.
func benchmarkEngine(runs: Int, jobs: Int) throws {
  let experiment = try trivialExperiment("replications: \(runs)")
  func seconds(_ body: () throws -> Void) rethrows -> (wall: Double, cpu: Double) {
    let before = cpuSeconds()
    let wall = try wallSeconds(body)
    return (wall, cpuSeconds() - before)
  }
  try warmUp()
  let bare = seconds {
    let point = experiment.points[0]
    for replication in 0..<runs { _ = point.run(replication: replication) }
  }
  let one = try seconds { try sweep(experiment, jobs: 1) }
  let memory = peakMegabytes()
  let several = try seconds { try sweep(experiment, jobs: jobs) }
  print(
    """
    {"workload": "engine", "runs": \(runs), "bare_us": \(bare.wall / Double(runs) * 1e6), \
    "overhead_us": \((one.wall - bare.wall) / Double(runs) * 1e6), \
    "overhead_cpu_us": \((one.cpu - bare.cpu) / Double(runs) * 1e6), "jobs": \(jobs), \
    "speedup": \(one.wall / several.wall), "peak_mb": \(memory)}
    """)
}

/// A trivial run of each of so many points on some threads, with store, tables and files.
///
/// Prints runs per second of the clock on the wall, and the mean soft latency of the last point.
func benchmarkSweep(points: Int, jobs: Int) throws {
  try warmUp()
  var softLatency: Double?
  let seconds = try wallSeconds {
    let experiment = try trivialExperiment(
      """
      replications: 1
      factors:
        - settlement.base_fee: {linear: [10 gwei, 30 gwei], points: \(points)}
      """)
    try sweep(experiment, jobs: jobs)
    softLatency = try experiment.points.last?.softLatency
  }
  report(
    workload: "sweep", pending: jobs, count: UInt64(points), seconds: seconds,
    check: softLatency ?? .nan)
}

/// So that the allocator is told what a sweep tells it.
private func warmUp() throws { try sweep(trivialExperiment("replications: 1"), jobs: 1) }

private func wallSeconds(_ body: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(body) / .seconds(1)
}

/// Runs of a few hundred events.
private func trivialExperiment(_ extent: String) throws -> Experiment {
  let scenario = """
    experiment: trivial
    scenario:
      warmup: 0 s
      horizon: 60 s
      phases: aligned
      workload.arrivals.poisson.rate: 0.1 /s
      sequencer.block_interval: 60 s
      bridge.challenge_window: 1 min
      poster.max_age: 1 min
      proposer.interval: 1 min
    """
  return try Experiment(.read(.parse(scenario + "\n" + extent, file: "trivial")))
}

extension Experiment.Point {
  /// The mean time from submission to block of its first run [s].
  fileprivate var softLatency: Double? {
    get throws {
      let values = try run(replication: 0).result.get().measures
      return Measure.index(of: "finality_soft_s").flatMap { values[$0] }
    }
  }
}

private func sweep(_ experiment: Experiment, jobs: Int) throws {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("rollsim-bench-\(ProcessInfo.processInfo.processIdentifier)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  let store = try RunStore(path + "/runs.sqlite", mayWrite: true)
  try Sweep(experiment, in: store, jobs: jobs).run()
  let manifest = Manifest(experiment, settings: [], inputs: [], jobs: jobs)
  _ = try ResultFiles.write(
    experiment, from: StoredRuns(experiment, in: [store], jobs: jobs), manifest,
    into: ResultFolder(path: path))
}
