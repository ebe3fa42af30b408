import Reporting
import Results
import Specifications

/// A table that was made of a finished result, and what is not in it.
public struct Analysis {
  /// The table.
  public private(set) var table: Table
  let spec: ExperimentSpec
  private var remarks: [(text: String, measures: [String])] = []

  init(columns: [Table.Column], of spec: ExperimentSpec) {
    table = Table(columns: columns)
    self.spec = spec
  }

  /// What was left out and why, a line for each reason.
  public var notes: [String] {
    remarks.map {
      $0.measures.isEmpty ? $0.text : "\($0.text): \($0.measures.joined(separator: ", "))"
    }
  }

  mutating func append(_ row: [Table.Cell]) { table.append(row) }

  /// Notes a reason for something that is left out, of a measure if it is about one.
  mutating func note(_ text: String, of measure: Int? = nil) {
    let names = measure.map { [spec.measureTable[$0].qualifiedName] } ?? []
    if let index = remarks.firstIndex(where: { $0.text == text }) {
      remarks[index].measures += names.filter { !remarks[index].measures.contains($0) }
    } else {
      remarks.append((text, names))
    }
  }

  /// Notes runs that failed and replications that are left out for it.
  mutating func note(_ complete: [Int], of runs: RecordedRuns, _ measure: Int) {
    let count = runs.experiment.spec.replications
    if !complete.isEmpty, complete.count < count {
      note(
        "only \(complete.count) of \(count) replications count, those with a value at every point that is compared",
        of: measure)
    }
  }

  /// The analysis, if there is anything in it.
  func checked() throws(RecordedExperiment.Unusable) -> Analysis {
    guard table.rows.isEmpty else { return self }
    throw RecordedExperiment.Unusable(
      description: (["there is nothing to analyse"] + notes).joined(separator: "\n"))
  }

  static func start(_ columns: [Table.Column], _ runs: RecordedRuns) -> Analysis {
    var analysis = Analysis(columns: columns, of: runs.experiment.spec)
    if runs.failureCount > 0 {
      analysis.note("\(runs.failureCount) of \(runs.experiment.runCount) runs have no result")
    }
    return analysis
  }

  static func measureKey(_ spec: ExperimentSpec) -> [Table.Column] {
    spec.measureColumns(unitOf: "the measure") + [
      .init("factor", .string, "Path of the factor.")
    ]
  }

  func key(_ measure: Int, _ factor: Factor) -> [Table.Cell] {
    spec.measureCells(measure) + [.string(factor.path)]
  }
}
