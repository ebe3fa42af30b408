import Foundation
import Results
import Running
import Specifications

/// What a sweep would do, and about how long it would take.
struct DesignPreview {
  private static let shownPoints = 50
  private let experiment: Experiment
  private let shard: Shard?
  private let folder: String

  /// - Parameter folder: where the results would go.
  init(_ experiment: Experiment, _ shard: Shard?, folder: String) {
    self.experiment = experiment
    self.shard = shard
    self.folder = folder
  }

  func print(jobs: Int) {
    let spec = experiment.spec
    let points = experiment.points
    var table = TextTable(["point"] + spec.factors.map(\.path), rightAligned: [0])
    for point in points.prefix(Self.shownPoints) {
      table.append(
        [String(point.index)] + point.levels.map { $0.cell.number?.readable ?? $0.cell.text })
    }
    rollsim.print(table.text)
    if points.count > Self.shownPoints {
      rollsim.print("… and \(points.count - Self.shownPoints) more")
    }
    rollsim.print(
      "\n\(points.count) points × \(spec.replicationsText) replications = "
        + "\(experiment.runCountText) runs, "
        + "\(spec.measures.count) measures")
    if experiment.pilotCount > 0 {
      rollsim.print("before them \(experiment.pilotCount) pilot runs, which find the warm-up")
    }
    let left = printProgress()
    let whole = RunProbe(experiment).seconds() / Double(jobs)
    let seconds = whole * Double(left) / Double(max(experiment.runCount, 1))
    let atMost = spec.stopping == nil ? "about" : "at most about"
    rollsim.print("\(atMost) \(Self.words(seconds)) on \(jobs) threads, by a probe of a few runs")
  }

  /// Prints what of it is to be done, where that is not all.
  ///
  /// - Returns: how many runs that are.
  private func printProgress() -> Int {
    let share = shard ?? .whole
    let total = experiment.runCount(of: share)
    if let shard { rollsim.print("shard \(shard): \(total) of them") }
    guard let stored = StoredCount(experiment, share, in: ResultFolder(path: folder)).runs else {
      return total
    }
    rollsim.print("\(stored) are finished in \(folder), \(total - stored) are left")
    return total - stored
  }

  private static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: "a second"
    case ..<120: "\(seconds.rounded().readable) s"
    case ..<7200: "\((seconds / 60).rounded().readable) min"
    case ..<172_800: "\((seconds / 3600).rounded().readable) h"
    default: "\((seconds / 86_400).rounded().readable) days"
    }
  }
}
