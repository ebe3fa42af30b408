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
  ///   - derived: measures that are calculated from those of the result, as `--derive` has them.
  /// - Throws: `RecordedExperiment.Unusable` if there is no result or it was changed, `InvalidInput` if
  ///   this program does not understand its specification.
  public init(
    _ folder: ResultFolder, measures patterns: [String] = [], option: String = "--measure",
    deriving derived: [String] = []
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
      experiment, runs: text, path, failures: failures, measures: patterns, option: option,
      deriving: derived)
  }

  /// Reads runs of an experiment.
  ///
  /// - Parameters:
  ///   - text: the content of `runs.csv`.
  ///   - path: what messages call it.
  ///   - failures: how many runs have no result; nil for those that have no row.
  init(
    _ recorded: Experiment, runs text: String, _ path: String, failures: Int? = nil,
    measures patterns: [String], option: String = "--measure", deriving derived: [String] = []
  ) throws {
    let experiment = try recorded.deriving(derived, option: "--derive")
    let table = experiment.spec.measureTable
    let measures = try table.selected(
      by: patterns, among: experiment.spec.measures, option: option,
      what: "measure of the result")
    let known = Set(recorded.spec.measures)
    let read = measures.reduce(into: Set()) {
      $0.formUnion(table.sources(of: $1, among: known).places)
    }.sorted()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    let header = CSVDifference.cells(String(lines.first ?? ""))
    guard let places = RunColumns(of: read, recorded.spec, header) else {
      throw Self.unusable("'\(path)' lacks columns that this program expects")
    }
    let replications = experiment.spec.replications
    let empty = [Double?](repeating: nil, count: experiment.points.count * replications)
    var values = [[Double?]](repeating: empty, count: read.count)
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
    let valuesByMeasure = table.values(
      of: measures, from: Dictionary(uniqueKeysWithValues: zip(read, values)), among: known)
    responses = valuesByMeasure.mapValues {
      Responses(
        values: $0, replications: replications, groupSize: experiment.spec.coupling.groupSize)
    }
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
      let names = found.prefix(10).map { experiment.spec.measureTable[$0].qualifiedName }
      let rest = found.count > names.count ? ", …" : ""
      let message =
        "expected the name of one measure, such as one of: \(names.joined(separator: ", "))\(rest)"
      throw InvalidInput([Problem(Location(file: "\(option) \(name)"), message)])
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

extension MeasureTable {
  /// The values of some measures in all runs: as they were read, or calculated from what was.
  ///
  /// - Parameters:
  ///   - columns: the values that were read, by the place of the measure.
  ///   - known: the measures that a table of runs has.
  fileprivate func values(
    of measures: [Int], from columns: [Int: [Double?]], among known: Set<Int>
  ) -> [Int: [Double?]] {
    let later = measures.filter { !known.contains($0) }
    var values = columns.filter { measures.contains($0.key) }
    guard !later.isEmpty else { return values }
    for run in 0..<(columns.values.first?.count ?? 0) {
      var row = [Double?](repeating: nil, count: indices.count)
      for (measure, column) in columns { row[measure] = column[run] }
      derive(&row, except: known)
      for measure in later { values[measure, default: []].append(row[measure]) }
    }
    return values
  }
}
