import Catalogue
import Declarations
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications
import Worlds

/// Trivial runs without the engine, then with it: design, store, tables and files.
///
/// Prints how much wall time and processor time the engine adds to a run on one thread, and the speed
/// on `jobs` threads over that on one.
///
/// - Parameter design: whether the runs are replications of one point, or one of each of many points.
func benchmarkEngine(runs: Int, jobs: Int, design: EngineDesign) throws {
  let experiment = try trivialExperiment(runs: runs, design)
  let clock = ContinuousClock()
  func seconds(_ body: () throws -> Void) rethrows -> (wall: Double, cpu: Double) {
    let before = cpuSeconds()
    let wall = try clock.measure(body) / .seconds(1)
    return (wall, cpuSeconds() - before)
  }
  // So that the allocator is told what a sweep tells it.
  try sweep(trivialExperiment(runs: 1, .replications), jobs: 1)
  let bare = seconds {
    let point = experiment.points[0]
    for replication in 0..<runs { _ = point.run(replication: replication) }
  }
  let one = try seconds { try sweep(experiment, jobs: 1) }
  let memory = peakMegabytes()
  let several = try seconds { try sweep(experiment, jobs: jobs) }
  print(
    """
    {"workload": "engine \(design.rawValue)", "runs": \(runs), "bare_us": \(bare.wall / Double(runs) * 1e6), \
    "overhead_us": \((one.wall - bare.wall) / Double(runs) * 1e6), \
    "overhead_cpu_us": \((one.cpu - bare.cpu) / Double(runs) * 1e6), "jobs": \(jobs), \
    "speedup": \(one.wall / several.wall), "peak_mb": \(memory)}
    """)
}

enum EngineDesign: String {
  case replications, points
}

/// Runs of a few hundred events.
private func trivialExperiment(runs: Int, _ design: EngineDesign) throws -> Experiment {
  let scenario = """
    experiment: trivial
    scenario:
      warmup: 0 s
      horizon: 60 s
      workload.arrivals.poisson.rate: 0.1 /s
      sequencer.block_interval: 60 s
      bridge.challenge_window: 1 min
      poster.max_age: 1 min
      proposer.interval: 1 min
    """
  let extent =
    switch design {
    case .replications: "replications: \(runs)"
    case .points:
      """
      replications: 1
      factors:
        - settlement.base_fee: {linear: [10 gwei, 30 gwei], points: \(runs)}
      """
    }
  return try Experiment(.read(.parse(scenario + "\n" + extent, file: "trivial")))
}

private func sweep(_ experiment: Experiment, jobs: Int) throws {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("rollsim-bench-\(ProcessInfo.processInfo.processIdentifier)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  let store = try RunStore(path + "/runs.sqlite", mayWrite: true)
  try Sweep(experiment, in: store).run(jobs: jobs)
  let manifest = Manifest(experiment, settings: [], inputs: [])
  _ = try ResultFiles.write(
    experiment, from: StoredRuns(experiment, in: [store], jobs: jobs), manifest,
    into: ResultFolder(path: path))
}
