import ArgumentParser
import Experiments
import Foundation
import Results

/// Makes tables of a finished result.
struct AnalyseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "Sensitivity indices, main effects or the frontier of a finished result.",
    discussion: """
      Of a morris design prints mu, mu* and sigma, of a saltelli design first-order (s1) and total
      (st) indices, with bootstrap intervals. Of any other design prints what each level of a factor
      changes from its first one, on average over the other factors, paired by replication, with
      Student's intervals. With --frontier prints the points that no other beats in two measures,
      smaller being better. What is left out stands on standard error. The folder is not changed.

      Examples:
        rollsim analyse results/screening --measure 'cost_*'
        rollsim analyse results/my-sweep --frontier cost_data_wei_per_tx,finality_posted_s_p95
      """)

  @Argument(help: "A folder of results.")
  var folder: String

  @Option(help: "Measures to analyse, for example 'finality_*'. May be repeated; default: all.")
  var measure: [String] = []

  @Option(help: "Confidence of the intervals; default: that of the experiment.")
  var confidence: Double?

  @Option(help: ArgumentHelp("Print the frontier of two measures.", valueName: "measure,measure"))
  var frontier: String?

  @Flag(help: "Print CSV.")
  var csv = false

  private var frontierNames: [String]? {
    frontier?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  func validate() throws {
    if let confidence, !(0.5..<1).contains(confidence) {
      throw ValidationError("--confidence: expected from 0.5 to below 1; found \(confidence)")
    }
    guard let names = frontierNames else { return }
    guard names.count == 2, !names.contains("") else {
      throw ValidationError(
        "--frontier: expected two measures, as in a,b; found '\(frontier ?? "")'")
    }
    guard measure.isEmpty, confidence == nil else {
      throw ValidationError("--frontier: expected neither --measure nor --confidence with it")
    }
  }

  func run() throws {
    let runs = try RecordedRuns(ResultFolder(path: folder), measures: frontierNames ?? measure)
    let spec = runs.experiment.spec
    let confidence = confidence ?? spec.confidence
    let analysis =
      if let names = frontierNames {
        try Analysis.frontier(runs, names)
      } else if Analysis.isSensitivity(spec) {
        try Analysis.sensitivity(runs, confidence: confidence)
      } else {
        try Analysis.mainEffects(runs, confidence: confidence)
      }
    if csv {
      print(analysis.table.csv, terminator: "")
    } else {
      print(TextTable(estimates: analysis.table).text)
    }
    for note in analysis.notes { StandardError.say("note: \(note)") }
  }
}

extension TextTable {
  /// A table for people in which limits stand as an interval beside what they are of.
  fileprivate init(estimates table: Table) {
    let names = table.columns.map(\.name)
    let hidden = names.indices.filter {
      names[$0] == "confidence" || names[$0].hasSuffix("_high") && names[$0 - 1].hasSuffix("_low")
    }
    let shown = names.indices.filter { !hidden.contains($0) }
    let numbers = shown.indices.filter {
      table.columns[shown[$0]].kind != .string && !names[shown[$0]].hasSuffix("_low")
    }
    let percent = names.firstIndex(of: "confidence").flatMap { table.rows.first?[$0].number }
    let header = shown.map { column in
      names[column].hasSuffix("_low") ? "\(((percent ?? 0) * 100).readable) %" : names[column]
    }
    self.init(header, rightAligned: Set(numbers))
    for row in table.rows {
      append(
        shown.map { column in
          let text = row[column].number?.readable ?? row[column].text
          if names[column] == "unit" { return text == "1" ? "" : text }
          guard names[column].hasSuffix("_low"), let high = row[column + 1].number else {
            return text
          }
          return "\(text) … \(high.readable)"
        })
    }
  }
}
