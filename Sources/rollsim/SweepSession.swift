import Catalogue
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications

/// One sweep, or one shard of it, in a folder.
struct SweepSession {
  let path: String
  private let experiment: Experiment
  private let settings: [String]
  private let inputs: [InputRecord.File]
  private let shard: Shard?
  private let options: JobOptions
  private let folder: ResultFolder
  /// What the results are made from; of many points it takes long to say.
  private lazy var manifest = Manifest(
    experiment, settings: settings, inputs: inputs, jobs: options.jobs)

  /// - Parameters:
  ///   - settings: what the command line changed.
  ///   - inputs: the files that the experiment was read from.
  ///   - options: how many threads work, and what they say.
  init(
    _ experiment: Experiment, settings: [String], inputs: [InputRecord.File], _ shard: Shard?,
    _ options: JobOptions, folder path: String
  ) {
    self.path = path
    self.experiment = experiment
    self.settings = settings
    self.inputs = inputs
    self.shard = shard
    self.options = options
    folder = ResultFolder(path: path)
  }

  /// Whether the results are there already.
  ///
  /// - Throws: `CheckFailed` if they are, and some of their runs failed.
  mutating func isUpToDate() throws -> Bool {
    try Self.isUpToDate(path, shard) {
      $0.isOf(.sweep, settings: settings, inputs) || $0.identity == manifest.identity
    }
  }

  /// Whether a folder has the results of an experiment, or of a shard of it.
  ///
  /// - Parameter isOfIt: whether what a result records is the experiment.
  /// - Throws: `CheckFailed` if it has, and some of their runs failed.
  static func isUpToDate(
    _ path: String, _ shard: Shard?, _ isOfIt: (RecordedExperiment) -> Bool
  ) throws -> Bool {
    let folder = ResultFolder(path: path)
    let name = shard == nil ? "manifest.json" : ShardFolder.mark
    guard let recorded = try? RecordedExperiment(name, in: folder),
      recorded.shard == shard ?? .whole, isOfIt(recorded)
    else { return false }
    if shard != nil {
      return (try? RunStore(StorePlace.path(in: folder), mayWrite: false)) != nil
    }
    guard let stored = StoredResult(folder), stored.isComplete(identity: recorded.identity) else {
      return false
    }
    guard !stored.files.contains("failures.csv") else {
      throw CheckFailed(description: "\(path) is up to date; runs that failed: failures.csv")
    }
    return true
  }

  /// Runs what is missing and writes the results.
  ///
  /// - Parameter force: whether to take the folder from another owner, and to forget what is finished.
  /// - Returns: what was written, in words.
  /// - Throws: `CheckFailed` if runs failed; what the others gave is written.
  mutating func execute(force: Bool) throws -> String {
    let manifest = manifest
    let session = try StoreSession(
      path, manifest.owner, writing: shard == nil ? ResultFiles.paths(experiment) : [],
      force: force)
    return try session.execute {
      let experiment = try experiment.withWarmUp(options)
      let total = experiment.runCount(of: shard ?? .whole)
      let progress = Progress(total: total, isQuiet: options.quiet)
      var points = PointProgress(isQuiet: options.quiet)
      let sweep = try Sweep(
        experiment, shard ?? .whole, in: session.store, jobs: options.jobs,
        onProgress: { progress.show($0) },
        onPoint: { points.show($0, of: $1) })
      progress.begin(at: sweep.storedCount)
      let isFinished = try sweep.run { Interruption.isRequested }
      guard isFinished else { Interruption.leave() }
      try session.store.finish()
      return try writeResults(of: experiment, manifest, from: session.store)
    }
  }

  private func writeResults(
    of experiment: Experiment, _ manifest: Manifest, from store: RunStore
  ) throws -> String {
    let manifest = manifest.with(experiment)
    if let shard {
      try folder.write([(path: ShardFolder.mark, content: manifest.json(shard: shard).text)])
      return "finished shard \(shard) in \(path)"
    }
    let stored = StoredRuns(experiment, in: [store], jobs: options.jobs)
    return try ResultFiles.write(experiment, from: stored, manifest, into: folder)
      .report(path, of: experiment)
  }
}

extension Experiment {
  /// The experiment with its warm-up, which pilot runs find first if it asks for that.
  func withWarmUp(_ options: JobOptions) throws -> Experiment {
    guard pilotCount > 0 else { return self }
    let progress = Progress(total: pilotCount, isQuiet: options.quiet)
    let found = try findingWarmUp(jobs: options.jobs) { progress.show(Double($0)) }
    let seconds = found.warmUpFound?.readable ?? ""
    StandardError.say("warmup: \(seconds) s, by \(pilotCount) pilot runs", unless: options.quiet)
    return found
  }
}

extension ResultFiles.Summary {
  /// What was written, in words.
  ///
  /// - Throws: `CheckFailed` if runs failed.
  func report(_ path: String, of experiment: Experiment) throws -> String {
    var written = "wrote \(path): \(points) rows in points.csv, \(runs) in runs.csv"
    let pictures = removedPictures.filter { $0 != ResultFolder.reportFile }
    if !pictures.isEmpty {
      written +=
        "\nremoved pictures of what was there before: \(pictures.joined(separator: ", ")); "
        + "to draw them: rollsim plot \(path)"
    }
    if pictures.count < removedPictures.count {
      written += "\nremoved the page of what was there before; to make it: rollsim report \(path)"
    }
    if impreciseCount > 0 {
      written +=
        "\n\(impreciseCount) of \(experiment.points.count) points are less precise than 'until' wants "
        + "after \(experiment.spec.replications) replications"
    }
    guard failureCount > 0 else { return written }
    let more = failureCount > failures.count ? "\n… and \(failureCount - failures.count) more" : ""
    throw CheckFailed(
      description:
        "\(written)\n\(failureCount) of \(experiment.runCountText) runs have no result and "
        + "are left out; see failures.csv\n" + failures.joined(separator: "\n") + more)
  }
}
