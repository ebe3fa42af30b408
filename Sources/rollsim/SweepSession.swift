import Experiments
import Foundation
import Results
import RunStore

/// One sweep, or one shard of it, in a folder: the lock, the store and the files.
struct SweepSession {
  let path: String
  private let experiment: Experiment
  private let manifest: Manifest
  private let shard: Shard?
  private let folder: ResultFolder

  init(_ experiment: Experiment, _ manifest: Manifest, _ shard: Shard?, folder path: String) {
    self.path = path
    self.experiment = experiment
    self.manifest = manifest
    self.shard = shard
    folder = ResultFolder(path: path)
  }

  /// Whether the results are there already.
  ///
  /// - Throws: `CheckFailed` if they are, and some of their runs failed.
  func isUpToDate() throws -> Bool {
    if let shard {
      let mark = try? RecordedExperiment(ShardFolder.mark, in: folder)
      return mark?.identity == manifest.identity && mark?.shard == shard
        && FileManager.default.fileExists(atPath: storePath)
    }
    guard let stored = StoredResult(folder), stored.isComplete(identity: manifest.identity) else {
      return false
    }
    guard !stored.files.contains("failures.csv") else {
      throw CheckFailed(description: "\(path) is up to date; runs that failed: failures.csv")
    }
    return true
  }

  private var storeFolder: ResultFolder {
    ResultFolder(path: folder.url.appendingPathComponent(ShardFolder.store.folder).path)
  }

  private var storePath: String {
    storeFolder.url.appendingPathComponent(ShardFolder.store.file).path
  }

  /// Runs what is missing and writes the results.
  ///
  /// - Parameter afresh: whether to forget what is finished.
  /// - Returns: what was written, in words.
  /// - Throws: `CheckFailed` if runs failed; what the others gave is written.
  func execute(afresh: Bool, _ options: JobOptions) throws -> String {
    try folder.prepare()
    try storeFolder.make()
    let lock = try FolderLock(folder: storeFolder.url.path, of: path)
    defer { withExtendedLifetime(lock) {} }
    if afresh {
      for suffix in ["", "-wal", "-shm"] { unlink(storePath + suffix) }
    }
    let store = try RunStore(storePath, mayWrite: true)
    try run(options, store)
    return try writeResults(from: store, options)
  }

  private func run(_ options: JobOptions, _ store: RunStore) throws {
    let total = (shard ?? .whole).size(of: experiment.runCount)
    let progress = Progress(total: total, isQuiet: options.quiet)
    let sweep = try Sweep(experiment, shard ?? .whole, in: store) { progress.show($0) }
    progress.begin(at: sweep.storedCount)
    let interruption = Interruption { [path] in
      sweep.stop()
      return "interrupted; finished runs are kept in \(path), start again to go on"
    }
    defer { interruption.end() }
    do throws(StoreFailure) {
      try sweep.run(jobs: options.jobs)
      try store.finish()
    } catch {
      throw Interrupted(
        description: "\(error); finished runs are kept, start again to go on")
    }
  }

  private func writeResults(from store: RunStore, _ options: JobOptions) throws -> String {
    do {
      if let shard {
        try folder.write([(path: ShardFolder.mark, content: manifest.json(shard: shard).text)])
        return "finished shard \(shard) in \(path)"
      }
      return try ResultFiles.write(
        experiment, from: StoredRuns(experiment, in: [store], jobs: options.jobs), manifest,
        into: folder
      ).report(path, of: experiment)
    } catch let error as ResultFolder.Failure {
      throw Interrupted(
        description: "\(error); finished runs are kept, start again to go on")
    }
  }
}

extension ResultFiles.Summary {
  /// What was written, in words.
  ///
  /// - Throws: `CheckFailed` if runs failed.
  func report(_ path: String, of experiment: Experiment) throws -> String {
    let written = "wrote \(path): \(points) rows in points.csv, \(runs) in runs.csv"
    guard failureCount > 0 else { return written }
    let more = failureCount > failures.count ? "\n… and \(failureCount - failures.count) more" : ""
    throw CheckFailed(
      description: "\(written)\n\(failureCount) of \(experiment.runCount) runs have no result and "
        + "are left out; see failures.csv\n" + failures.joined(separator: "\n") + more)
  }
}
