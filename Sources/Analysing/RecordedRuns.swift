import Catalogue
import Designs
import Digest
import Reporting
import Results
import Specifications

/// The runs of a finished result, as its `runs.csv` has them.
public struct RecordedRuns {
  /// The experiment that its manifest records.
  public let experiment: Experiment
  /// How many runs have no result.
  public let failureCount: Int
  private let responses: [Int: Responses]

  /// Reads the runs of a folder.
  ///
  /// - Parameters:
  ///   - patterns: of the measures that are wanted; none for all.
  ///   - option: the option that has them, for messages.
  /// - Throws: `RecordedExperiment.Unusable` if there is no result or it was changed, `InvalidInput` if
  ///   this program does not understand its specification.
  public init(
    _ folder: ResultFolder, measures patterns: [String] = [], option: String = "--measure"
  ) throws {
    let recorded = try RecordedExperiment("manifest.json", in: folder)
    let experiment = try recorded.experiment()
    let path = folder.url.appendingPathComponent("runs.csv").relativePath
    guard let hash = recorded.files["runs.csv"], let text = folder.read("runs.csv") else {
      throw Self.unusable("there is no '\(path)'; expected the folder of a finished sweep")
    }
    guard SHA256.hexadecimal(of: text.utf8) == hash else {
      throw Self.unusable("'\(path)' was changed after it was written")
    }
    let failures = folder.read("failures.csv").map { $0.split(separator: "\n").count - 1 } ?? 0
    try self.init(
      experiment, runs: text, path, failures: failures, measures: patterns, option: option)
  }

  /// Reads runs of an experiment.
  ///
  /// - Parameters:
  ///   - text: the content of `runs.csv`.
  ///   - path: what messages call it.
  ///   - failures: how many runs have no result; nil for those that have no row.
  init(
    _ experiment: Experiment, runs text: String, _ path: String, failures: Int? = nil,
    measures patterns: [String], option: String = "--measure"
  ) throws {
    let table = experiment.spec.measureTable
    let measures = try table.selected(
      by: patterns, among: experiment.spec.measures, option: option,
      what: "measure of the result")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    let header = CSVDifference.cells(String(lines.first ?? ""))
    guard let places = Places(of: measures, experiment.spec, header) else {
      throw Self.unusable("'\(path)' lacks columns that this program expects")
    }
    let replications = experiment.spec.replications
    let empty = [Double?](repeating: nil, count: experiment.points.count * replications)
    var values = [[Double?]](repeating: empty, count: measures.count)
    var levels: (point: Int, text: [String]) = (-1, [])
    for line in lines.dropFirst() {
      let cells = CSVDifference.cells(String(line))
      guard cells.count == header.count, let point = Int(cells[0]), let replication = Int(cells[1]),
        experiment.points.indices.contains(point), (0..<replications).contains(replication),
        let columns = places.columns(ofRow: cells)
      else { throw Self.unusable("'\(path)' has a row that is no run: \(line)") }
      if point != levels.point {
        levels = (
          point, experiment.points[point].levels.map { String([$0.cell].csvLine.dropLast()) }
        )
      }
      guard Array(cells[places.keySize...].prefix(levels.text.count)) == levels.text else {
        throw Self.unusable(
          "this program makes other points of the specification than '\(path)' has")
      }
      for (index, column) in columns {
        values[index][point * replications + replication] = Double(cells[column])
      }
    }
    self.experiment = experiment
    failureCount = failures ?? experiment.runCount - (lines.count - 1) / places.rowsOfRun
    responses = Dictionary(
      uniqueKeysWithValues: zip(measures, values).map {
        (
          $0,
          Responses(
            values: $1, replications: replications, groupSize: experiment.spec.coupling.groupSize)
        )
      })
  }

  /// The measures that were read, in the order of the table of measures.
  public var measures: [Int] { responses.keys.sorted() }

  /// The place of the measure that an option names.
  ///
  /// - Throws: `InvalidInput` if the name is not that of one measure of the result.
  func measure(_ name: String, option: String) throws(InvalidInput) -> Int {
    let found = try experiment.spec.measureTable.selected(
      by: [name], among: experiment.spec.measures, option: option, what: "measure of the result")
    guard found.count == 1 else {
      throw InvalidInput([
        Problem(Location(file: "\(option) \(name)"), "expected the name of one measure")
      ])
    }
    return found[0]
  }

  /// What a measure was in each run.
  ///
  /// - Parameter measure: one of those that were read.
  func responses(of measure: Int) -> Responses {
    guard let found = responses[measure] else {
      preconditionFailure("a measure that was not read")
    }
    return found
  }

  static func unusable(_ description: String) -> RecordedExperiment.Unusable {
    RecordedExperiment.Unusable(description: description)
  }
}

/// Where the values of measures stand in a table of runs.
private struct Places {
  /// So many cells tell a row from the others.
  let keySize: Int
  /// How many rows a run has.
  let rowsOfRun: Int
  /// By the name of the subject: which of the measures stands in which column.
  private let columns: [String: [(index: Int, column: Int)]]
  private let isNamed: Bool

  /// nil if a column is missing.
  init?(of measures: [Int], _ spec: ExperimentSpec, _ header: [String]) {
    isNamed = !spec.subjectColumns.isEmpty
    keySize = spec.runKey.count
    let rows = spec.subjectRows.rows
    rowsOfRun = rows.count
    guard header.starts(with: spec.runKey.map(\.name)) else { return nil }
    var columns = Dictionary(uniqueKeysWithValues: rows.map { ($0.subjectName, [(Int, Int)]()) })
    for (index, measure) in measures.enumerated() {
      let entry = spec.measureTable[measure]
      guard let column = header.firstIndex(of: entry.name) else { return nil }
      columns[entry.subjectName]?.append((index, column))
    }
    self.columns = columns
  }

  /// What stands in a row; nil if it is of no subject.
  func columns(ofRow cells: [String]) -> [(index: Int, column: Int)]? {
    columns[isNamed ? cells[keySize - 1] : ""]
  }
}
