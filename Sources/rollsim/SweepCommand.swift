import ArgumentParser
import Catalogue
import Experiments
import Foundation
import Results
import Worlds

/// Runs an experiment and writes its results.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Run an experiment and write CSV, manifest and figures.",
    discussion: """
      Writes points.csv (one row per design point and measure, with confidence limits), runs.csv
      (one row per replication), fees.csv where asked for, manifest.json, datapackage.json and
      figures/*.vl.json into results/NAME, all or none. A sweep whose results are there already does
      nothing.

      Example: rollsim sweep finality --jobs 2
      """)

  @Argument(help: "The name of an experiment in experiments/, or a YAML file.")
  var experiment: String

  @Option(help: ArgumentHelp("Folder for the results; default: results/NAME.", valueName: "dir"))
  var results: String?

  @Flag(help: "Print the design and the number of runs, and run nothing.")
  var dryRun = false

  @Flag(help: "Run although the results are there already.")
  var force = false

  @OptionGroup var settings: SettingOptions
  @OptionGroup var jobs: JobOptions

  func run() throws {
    var spec = try InputFiles.experiment(experiment)
    try settings.apply(to: &spec.request)
    try settings.check(against: spec.factors)
    let experiment = try Experiment(spec)
    if dryRun {
      printDesign(experiment)
      return
    }
    let path = results ?? "results/\(spec.name)"
    let folder = ResultFolder(path: path)
    let manifest = Manifest(experiment, command: normalisedCommand)
    if !force, StoredResult(folder)?.isComplete(identity: manifest.identity) == true {
      report("\(path) is up to date")
      return
    }
    try folder.prepare()
    let outcomes = try execute(experiment, jobs)
    let report = Report(experiment, outcomes)
    try folder.write(files(of: experiment, report, manifest))
    self.report(
      "wrote \(path): \(report.points.rows.count) rows in points.csv, "
        + "\(report.runs.rows.count) in runs.csv")
  }

  private func files(
    of experiment: Experiment, _ report: Report, _ manifest: Manifest
  ) -> [(path: String, content: String)] {
    let package = DataPackage.descriptor(
      name: experiment.spec.name.lowercased(), title: experiment.spec.question,
      resources: [
        .init(
          name: "points", path: "points.csv", table: report.points,
          primaryKey: experiment.spec.factors.map(\.column.name) + ["measure"]),
        .init(
          name: "runs", path: "runs.csv", table: report.runs,
          primaryKey: ["point", "replication"]),
      ]
        + (report.fees.map {
          [
            .init(
              name: "fees", path: "fees.csv", table: $0,
              primaryKey: ["point", "replication", "time_s"])
          ]
        } ?? []))
    let files =
      [
        (path: "points.csv", content: report.points.csv),
        (path: "runs.csv", content: report.runs.csv),
        (path: "datapackage.json", content: package.text),
      ] + (report.fees.map { [(path: "fees.csv", content: $0.csv)] } ?? [])
      + Figures.documents(experiment, report)
    return files + [(path: "manifest.json", content: manifest.json(files: files).text)]
  }

  /// The command line without options that cannot change results.
  private var normalisedCommand: [String] {
    ["rollsim", "sweep", experiment] + settings.settings.flatMap { ["--set", $0] }
  }

  private func printDesign(_ experiment: Experiment) {
    let spec = experiment.spec
    var table = TextTable(["point"] + spec.factors.map(\.path), rightAligned: [0])
    for (index, point) in experiment.points.enumerated().prefix(50) {
      table.append([String(index)] + point.levels.map(\.cell.text))
    }
    print(table.text)
    if experiment.points.count > 50 { print("… and \(experiment.points.count - 50) more") }
    print(
      "\n\(experiment.points.count) points × \(spec.replications) replications = "
        + "\(experiment.runCount) runs, \(spec.measures.count) measures")
  }

  private func report(_ text: String) {
    if !jobs.quiet { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  }
}
