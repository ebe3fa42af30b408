import Catalogue
import Digest
import Foundation
import Results
import RunStore
import Running
import Specifications
import Worlds

/// Makes a result again from its manifest and compares, bit for bit.
public struct Verification {
  /// What the manifest says.
  public let recorded: RecordedExperiment
  /// The experiment that it describes, as this program understands it.
  public let experiment: Experiment
  private let folder: ResultFolder
  private let manifest: Manifest

  /// A verification of the result in a folder.
  ///
  /// - Throws: `RecordedExperiment.Unusable` if there is none, `InvalidInput` if this program does not
  ///   understand its specification.
  public init(_ folder: ResultFolder) throws {
    self.folder = folder
    recorded = try RecordedExperiment("manifest.json", in: folder)
    guard !recorded.files.isEmpty else {
      throw RecordedExperiment.Unusable(description: "'\(recorded.path)' records no files")
    }
    guard recorded.command.dropFirst().first == Manifest.Command.sweep.rawValue else {
      throw RecordedExperiment.Unusable(
        description:
          "'\(recorded.path)' is not of a sweep; a search is repeated by 'rollsim optimise'")
    }
    experiment = try recorded.experiment()
    manifest = Manifest(experiment, settings: recorded.settings, inputs: recorded.inputs)
  }

  /// What can be said without a run: files that were changed, and a specification that means something
  /// else by now.
  public func findingsWithoutRuns() -> [String] {
    var findings = recorded.files.keys.sorted().compactMap { path -> String? in
      guard let text = folder.read(path) else {
        return folder.has(path) ? "\(path) cannot be read" : "\(path) is missing"
      }
      let isUnchanged = SHA256.hexadecimal(of: text.utf8) == recorded.files[path]
      return isUnchanged ? nil : "\(path) was changed after it was written"
    }
    if recorded.differences.isEmpty, !isManifestTrue {
      findings.append("manifest.json was changed after it was written")
    }
    if manifest.specificationHash != recorded.specificationHash {
      findings.append("this program resolves the specification to other values")
    }
    return findings
  }

  /// Whether the manifest says what this program would say, given the files that it lists.
  private var isManifestTrue: Bool {
    func object(_ text: String) -> NSDictionary? {
      (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? NSDictionary
    }
    let files = recorded.files.sorted { $0.key < $1.key }.map { (path: $0.key, sha256: $0.value) }
    guard let there = folder.read("manifest.json").flatMap(object) else { return false }
    return object(manifest.json(files: files).text) == there
  }

  /// Makes everything again and compares every file.
  ///
  /// - Returns: for each file that differs, where it does first.
  public func findings(jobs: Int, onProgress: @escaping @Sendable (Double) -> Void) throws
    -> [String]
  {
    guard try experiment.findsItsWarmUp(jobs: jobs) else {
      return ["pilot runs find another warm-up than manifest.json records"]
    }
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("rollsim-verify-\(UUID().uuidString)").path
    let place = ResultFolder(path: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try place.make()
    let store = try RunStore(path + "/runs.sqlite", mayWrite: true)
    try Sweep(experiment, in: store, jobs: jobs, onProgress: onProgress).run()
    let made = try ResultFiles.write(
      experiment, from: StoredRuns(experiment, in: [store]), manifest, into: place)
    return Set(recorded.files.keys).union(made.files).sorted().compactMap { name in
      guard recorded.files[name] != nil else { return "\(name) is made now and was not then" }
      let (there, here) = (folder.read(name), place.read(name))
      guard there != here, let there else { return nil }
      guard let here else { return "\(name) is not made any more" }
      guard name.hasSuffix(".csv"), let difference = CSVDifference.first(there, here) else {
        return "\(name) differs"
      }
      return "\(name), \(difference)"
    }
  }

  /// Makes some runs again and compares their rows.
  ///
  /// - Returns: for each run that differs, in which column it does first.
  public func findings(ofRuns runs: [Int]) -> [String] {
    let lines = runLines
    let header = CSVDifference.cells(String(lines.first ?? ""))
    let rows = Dictionary(grouping: lines.dropFirst(), by: Self.key)
    let table = RunTable(experiment)
    return runs.compactMap { run in
      let (pointIndex, replication) = experiment.place(ofRun: run)
      let name = "point \(pointIndex), replication \(replication)"
      let found = rows["\(pointIndex),\(replication)", default: []]
      guard [0, table.rowsOfRun].contains(found.count) else {
        return "\(name) has \(found.count) rows in runs.csv"
      }
      if found.isEmpty, stopped(pointIndex, before: replication, rows.keys) {
        return "\(name) was not run: the rule stopped before it"
      }
      let point = experiment.points[pointIndex]
      let outcome = experiment.completed(
        point.run(
          replication: replication, feeGrid: experiment.feeGrid(ofReplication: replication)))
      guard case .success(let result) = outcome.result else {
        return found.isEmpty ? nil : "\(name) has no result any more"
      }
      guard !found.isEmpty else { return "\(name) has no row in runs.csv" }
      let made = table.rows(point, replication, result, drawn: outcome.drawn)
      return zip(found, made).compactMap { Self.difference(String($0), $1, header) }.first
        .map { name + $0 }
    }
  }

  /// Where a row that is there differs first from one that is made now; nil if it does not.
  private static func difference(
    _ there: String, _ here: [Table.Cell], _ header: [String]
  ) -> String? {
    let cells = CSVDifference.cells(there)
    let made = CSVDifference.cells(String(here.csvLine.dropLast()))
    guard cells.count == made.count, cells.count == header.count else { return ": other columns" }
    guard let column = cells.indices.first(where: { cells[$0] != made[$0] }) else { return nil }
    return ", column \(header[column]): \(CSVDifference.words(cells[column], made[column]))"
  }

  /// So many runs, spread evenly over all points and replications; where a rule stopped them, over
  /// those that have a result.
  public func sample(_ count: Int) -> [Int] {
    let runs = experiment.spec.stopping == nil ? Array(0..<experiment.runCount) : runsWithRows
    let total = runs.count
    let size = min(count, total)
    return (0..<size).map { runs[$0 * total / size + ($0 * 7919) % max(total / size, 1)] }
  }

  /// Whether a rule stopped a point before a replication: none from there on has a row.
  private func stopped(
    _ point: Int, before replication: Int, _ keys: some Sequence<Substring>
  ) -> Bool {
    guard experiment.spec.stopping != nil else { return false }
    let prefix = "\(point),"
    return !keys.contains {
      $0.hasPrefix(prefix) && (Int($0.dropFirst(prefix.count)) ?? 0) > replication
    }
  }

  /// The numbers of the runs that have rows, each once.
  private var runsWithRows: [Int] {
    var runs: [Int] = []
    for line in runLines.dropFirst() {
      let key = Self.key(line).split(separator: ",").compactMap { Int($0) }
      guard key.count == 2 else { continue }
      let run = key[0] * experiment.spec.replications + key[1]
      if runs.last != run { runs.append(run) }
    }
    return runs
  }

  private var runLines: [Substring] {
    (folder.read("runs.csv") ?? "").split(separator: "\n", omittingEmptySubsequences: true)
  }

  /// The first two cells of a row, point and replication.
  private static func key(_ line: Substring) -> Substring {
    let comma = line.firstIndex(of: ",").map(line.index(after:)) ?? line.endIndex
    return line[..<(line[comma...].firstIndex(of: ",") ?? line.endIndex)]
  }
}
