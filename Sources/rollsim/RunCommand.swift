import ArgumentParser
import Catalogue
import Foundation
import Reporting
import Results
import Specifications
import Statistics
import Worlds

/// Runs one scenario and prints its measures.
struct RunCommand: ParsableCommand {
  /// How measures are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case csv
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run one scenario and print its measures.",
    discussion: """
      The scenario is the name of a system or a YAML file. Printed are the mean over replications
      and its 95 % confidence interval.

      Example: rollsim run arbitrum-nitro --set 'poster.max_age=5 min' --replications 4

      With --fees, the fees of the settlement chain over time go to a CSV file:
      rollsim run arbitrum-nitro --fees fees.csv --fees-every '12 s' --replications 1

      Exit codes: 0 success, 1 a run has no result, 2 the input is wrong.
      """)

  @Argument(help: "A system's name (see 'rollsim systems') or a YAML file.")
  var scenario: String

  @Option(help: "Independent replications.")
  var replications = 8

  @Option(help: "Seed of all random streams.")
  var seed: UInt64 = 1

  @Option(help: "Measures to print, for example 'finality_*'. May be repeated; default: all.")
  var measure: [String] = []

  @OptionGroup var derive: DeriveOptions

  @Option(help: "table, csv or json.")
  var format = Format.table

  @Option(help: ArgumentHelp("Write the settlement chain's fees over time.", valueName: "file"))
  var fees: String?

  @Option(
    help: ArgumentHelp("Time between two rows of --fees; default: 1 min.", valueName: "duration"))
  var feesEvery: String?

  @Flag(help: "Let --fees replace a file that is no table of fees.")
  var force = false

  @OptionGroup var settings: SettingOptions
  @OptionGroup var jobs: JobOptions

  func validate() throws {
    guard (1...1_000_000).contains(replications) else {
      throw ValidationError("--replications: expected from 1 to 1,000,000; found \(replications)")
    }
  }

  func run() throws {
    var request = try InputFiles.scenario(scenario)
    try request.apply(settings: settings.settings)
    var spec = ExperimentSpec(name: "run", request: request)
    spec.replications = replications
    spec.seed = seed
    try spec.measureTable.define(derive.derive, option: "--derive")
    spec.measures = try spec.measureTable.selected(by: measure, option: "--measure")
    let file = try feeFile(&spec)
    let experiment = try Experiment(spec).withWarmUp(jobs)
    Cautions.say(of: experiment.points[0].resolved, request)
    let report = try report(of: experiment)
    if let file, let table = report.fees {
      try file.folder.write([(path: file.name, content: table.csv)])
    }
    switch format {
    case .csv: print(report.points.csv, terminator: "")
    case .json: print(report.points.json.text, terminator: "")
    case .table: printTable(experiment, report)
    }
  }

  /// Runs everything in memory.
  ///
  /// - Throws: `CheckFailed` with every run that has no result.
  private func report(of experiment: Experiment) throws -> Report {
    let progress = Progress(total: experiment.runCount, isQuiet: jobs.quiet)
    let report = try Report(running: experiment, jobs: jobs.jobs) { progress.show($0) }
    guard report.failures.rows.isEmpty else {
      let reasons = report.failures.rows.prefix(20).map {
        "replication \($0[1].text): \($0[$0.count - 1].text)"
      }
      throw CheckFailed(
        description: "\(report.failures.rows.count) of \(experiment.runCount) runs have no result; "
          + "nothing was written\n" + reasons.joined(separator: "\n"))
    }
    return report
  }

  /// Asks for the fees of every replication, and makes sure that they can be written.
  private func feeFile(_ spec: inout ExperimentSpec) throws -> OutputFile? {
    guard let fees else {
      guard feesEvery == nil else { throw ValidationError("--fees-every: expected --fees as well") }
      return nil
    }
    let file = try OutputFile(
      fees, option: "--fees", content: "fees", force: force, isOurs: FeeTable.isHeader)
    let every = try InputNode.parse(feesEvery ?? "1 min", file: "--fees-every")
    var problems: [Problem] = []
    guard let interval = FeePathSpec.interval(every, &problems) else {
      throw InvalidInput(problems)
    }
    spec.feePaths = FeePathSpec(every: interval, replications: replications)
    return file
  }

  private func printTable(_ experiment: Experiment, _ report: Report) {
    let columns = report.points.columns.map(\.name)
    print(RunHeading(experiment).text + "\n")
    let subjects = experiment.spec.subjectColumns.map(\.name)
    var table = TextTable(
      subjects + ["measure", "mean ± half its 95 % interval", "unit", ""],
      rightAligned: [subjects.count + 1])
    for row in report.points.rows {
      let cells = Dictionary(uniqueKeysWithValues: zip(columns, row))
      func text(_ name: String) -> String { cells[name]?.text ?? "" }
      func limits(_ name: String) -> (low: Double, high: Double)? {
        guard let low = cells["\(name)_low"]?.number, let high = cells["\(name)_high"]?.number
        else { return nil }
        return (low, high)
      }
      let mark = text("basis") == Basis.unknown.rawValue ? "†" : ""
      let mean = cells["mean"]?.number.map {
        ReadableEstimate(mean: $0, limits: limits("ci"), unit: text("unit"))
      }
      table.append(
        subjects.map(text) + [text("measure"), mean?.text ?? "", mean?.unit ?? "", mark])
      if let ratio = cells["ratio_of_means"]?.number {
        // Fieller's interval does not lie around its ratio.
        let interval = limits("ratio_ci").map { " (\($0.low.readable) … \($0.high.readable))" }
        table.append(
          subjects.map { _ in "" }
            + ["  ratio of means", ratio.readable + (interval ?? ""), text("unit"), mark])
      }
    }
    print(table.text)
    let bottlenecks = BottleneckList(report.points, subjects: subjects).text
    if !bottlenecks.isEmpty { print("\n" + bottlenecks) }
    printUnknowns(experiment.points[0].resolved)
  }

  private func printUnknowns(_ resolved: ResolvedScenario) {
    let unknowns = resolved.unknowns
    guard !unknowns.isEmpty else { return }
    print("\n† rests on figures that are unknown; each replication draws them from a range:")
    for (parameter, range) in unknowns {
      let unit = parameter.kind.unit.isEmpty ? "" : " \(parameter.kind.unit)"
      print(
        "  \(parameter.path): \(range.lowerBound.readable) to \(range.upperBound.readable)\(unit)")
    }
    print("Set them with --set to see what depends on them.")
  }
}
