import Analysing
import ArgumentParser
import Foundation
import Results
import Specifications
import Statistics

/// Makes tables of a finished result.
struct AnalyseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "Sensitivity indices, main effects, quantiles and more of a finished result.",
    discussion: """
      Of a morris design prints mu, mu* and sigma, of a saltelli design first-order (s1) and total
      (st) indices, with bootstrap intervals. Of any other design prints what each level of a factor
      changes from its first one, on average over the other factors, paired by replication, with
      Student's intervals. With --frontier prints the points that no other beats in two measures,
      smaller being better.

      Of each point over its replications: with --quantile prints quantiles, with limits from order
      statistics; with --share in how many a measure keeps a bound, with exact limits; with --ratio
      the mean of one measure over that of another, with Fieller's limits.

      What is left out stands on standard error. The folder is not changed.

      Examples:
        rollsim analyse results/screening --measure 'cost_*'
        rollsim analyse results/my-sweep --frontier cost_data_wei_per_tx,finality_posted_s_p95
        rollsim analyse results/my-sweep --quantile 0.05,0.5,0.95 --measure 'cost_data*'
        rollsim analyse results/my-sweep --share 'finality_posted_s_p95 <= 10 min'
        rollsim analyse results/my-sweep --ratio cost_data_wei_per_tx,cost_total_wei_per_tx
        rollsim analyse results/my-sweep --measure half --derive \
          'half: {value: cost_total_wei_per_tx / 2, unit: wei}'

      Exit codes: 0 success, 2 the input is wrong.
      """)

  @Argument(help: "A folder of results.", transform: FolderName.read)
  var folder: String

  @Option(help: "Measures to analyse, for example 'finality_*'. May be repeated; default: all.")
  var measure: [String] = []

  @OptionGroup var derive: DeriveOptions

  @Option(help: "Confidence of the intervals; default: that of the experiment.")
  var confidence: Double?

  @Option(help: ArgumentHelp("Print the frontier of two measures.", valueName: "measure,measure"))
  var frontier: String?

  @Option(help: ArgumentHelp("Print quantiles over replications.", valueName: "share,…"))
  var quantile: String?

  @Option(
    help: ArgumentHelp("Print how often a measure keeps a bound.", valueName: "measure <= value"))
  var share: String?

  @Option(help: ArgumentHelp("Print the ratio of two means.", valueName: "measure,measure"))
  var ratio: String?

  @Flag(help: "Print CSV.")
  var csv = false

  func validate() throws {
    let range = ConfidenceInterval.confidences
    if let confidence, !range.contains(confidence) {
      throw ValidationError(
        "--confidence: expected from \(range.lowerBound) to \(range.upperBound); found \(confidence)"
      )
    }
    let options = [
      ("--frontier", frontier), ("--quantile", quantile), ("--share", share), ("--ratio", ratio),
    ]
    let chosen = options.filter { $0.1 != nil }.map(\.0)
    guard chosen.count < 2 else {
      throw ValidationError("expected one of \(chosen.joined(separator: ", "))")
    }
    if let option = chosen.first, option != "--quantile", !measure.isEmpty {
      throw ValidationError("\(option): expected no --measure with it")
    }
    if frontier != nil, confidence != nil {
      throw ValidationError("--frontier: expected no --confidence with it")
    }
    _ = try frontier.map { try Self.pair($0, "--frontier") }
    _ = try ratio.map { try Self.pair($0, "--ratio") }
    _ = try quantile.map(Self.probabilities)
  }

  private static func pair(_ text: String, _ option: String) throws -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 2, !names.contains("") else {
      throw ValidationError("\(option): expected two measures, as in a,b; found '\(text)'")
    }
    return names
  }

  private static func probabilities(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let share = Double(part), share > 0, share < 1 else {
        throw ValidationError(
          "--quantile: expected shares above 0 and below 1, as in 0.05,0.95; found '\(text)'")
      }
      return share
    }
  }

  func run() throws {
    let analysis = try analysis()
    if csv {
      print(analysis.table.csv, terminator: "")
    } else {
      print(TextTable(estimates: analysis.table).text)
    }
    for note in analysis.notes { StandardError.say("note: \(note)") }
  }

  private func analysis() throws -> Analysis {
    if let frontier {
      let names = try Self.pair(frontier, "--frontier")
      return try Analysis.frontier(recorded(names, "--frontier"), names)
    }
    if let quantile {
      let runs = try recorded(measure)
      return try Analysis.quantiles(
        runs, Self.probabilities(quantile), confidence: confidence(runs))
    }
    if let share {
      let text = try BoundText(share, option: "--share")
      let runs = try recorded([text.measure], "--share")
      let bound = try text.bound(on: runs)
      return try Analysis.share(runs, of: bound, confidence: confidence(runs))
    }
    if let ratio {
      let names = try Self.pair(ratio, "--ratio")
      let runs = try recorded(names, "--ratio")
      return try Analysis.ratio(runs, names, confidence: confidence(runs))
    }
    let runs = try recorded(measure)
    return Analysis.isSensitivity(runs.experiment.spec)
      ? try Analysis.sensitivity(runs, confidence: confidence(runs))
      : try Analysis.mainEffects(runs, confidence: confidence(runs))
  }

  private func recorded(
    _ measures: [String], _ option: String = "--measure"
  ) throws -> RecordedRuns {
    try RecordedRuns(
      ResultFolder(path: folder), measures: measures, option: option, deriving: derive.derive)
  }

  private func confidence(_ runs: RecordedRuns) -> Double {
    confidence ?? runs.experiment.spec.confidence
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
