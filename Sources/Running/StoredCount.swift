import Foundation
import Results
import RunStore
import Specifications

/// How many runs of an experiment a folder has, found without changing it.
public struct StoredCount {
  private let experiment: Experiment
  private let shard: Shard
  private let folder: ResultFolder

  /// A look into a folder of results.
  public init(_ experiment: Experiment, _ shard: Shard, in folder: ResultFolder) {
    self.experiment = experiment
    self.shard = shard
    self.folder = folder
  }

  /// The finished runs; nil if there is no store that can be read.
  public var runs: Int? {
    let path = StorePlace.path(in: folder)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    if let store = try? RunStore(path, mayWrite: false) { return try? count(in: store) }
    // A process that was killed left a log beside the store, which only who may write can read.
    return inCopy(of: path) { try? count(in: RunStore($0, mayWrite: true)) }
  }

  private func count(in store: RunStore) throws -> Int {
    var count = 0
    for point in experiment.points {
      guard let number = try store.point(experiment.key(of: point)) else { continue }
      let stored = try store.replications(of: number, below: experiment.spec.replications)
      count += stored.count { replication in
        shard.contains(run: experiment.deal(ofPoint: point.index, replication: replication))
      }
    }
    return count
  }

  private func inCopy(of path: String, _ body: (String) -> Int?) -> Int? {
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("rollsim-store-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: copy) }
    guard
      (try? FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)) != nil
    else { return nil }
    let target = copy.appendingPathComponent("runs.sqlite").path
    for suffix in ["", "-wal"] {
      try? FileManager.default.copyItem(atPath: path + suffix, toPath: target + suffix)
    }
    return body(target)
  }
}
