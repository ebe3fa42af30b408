import Experiments
import Foundation

/// What a sweep would do, and about how long it would take.
struct DesignPreview {
  private static let shownPoints = 50
  private let experiment: Experiment

  init(_ experiment: Experiment) { self.experiment = experiment }

  func print(jobs: Int) {
    let spec = experiment.spec
    let points = experiment.points
    var table = TextTable(["point"] + spec.factors.map(\.path), rightAligned: [0])
    for point in points.prefix(Self.shownPoints) {
      table.append([String(point.index)] + point.levels.map(\.cell.text))
    }
    Swift.print(table.text)
    if points.count > Self.shownPoints {
      Swift.print("… and \(points.count - Self.shownPoints) more")
    }
    Swift.print(
      "\n\(points.count) points × \(spec.replicationsText) replications = "
        + "\(experiment.runCountText) runs, "
        + "\(spec.measures.count) measures")
    if experiment.pilotCount > 0 {
      Swift.print("before them \(experiment.pilotCount) pilot runs, which find the warm-up")
    }
    let seconds = RunProbe(experiment).seconds() / Double(jobs)
    Swift.print(
      "\(spec.stopping == nil ? "about" : "at most about") \(Self.words(seconds)) on \(jobs) threads, by a probe of a few runs"
    )
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
