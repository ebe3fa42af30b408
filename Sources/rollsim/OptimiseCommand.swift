import ArgumentParser
import Catalogue
import Foundation
import Optimising
import Reporting
import Results
import RunStore
import Specifications

/// Looks for the best setting.
struct OptimiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimise",
    abstract: "Find parameters that minimise a measure under bounds on others.",
    discussion: """
      Takes an experiment with a sampled design, such as {sobol: {points: 16}}, and the key

        optimise:
          minimise: cost_data_wei_per_tx_mean
          subject_to: [{measure: finality_posted_s_p95, at_most: 10 min}]
          starts: 3          # searches, from the best points of the design
          evaluations: 60    # of each search at most
          frontier: {measure: finality_posted_s_p95, points: 6}   # if one is wanted

      Searches with Nelder and Mead's method on common random numbers, so the same experiment gives
      the same bytes. Writes evaluations.csv, frontier.csv and optimum.yaml, a scenario for 'rollsim
      run', into results/NAME.optimum. Every run is kept: a search that was interrupted goes on. The
      best setting is the best that was seen; no search of this kind knows whether there is a better
      one.

      Exit codes: 0 success, 1 no setting was seen in which every bound holds, 2 the input is wrong, 3
      interrupted with work saved.

      Example: rollsim optimise my-search.yaml --jobs 2
      """)

  @Argument(help: "The name of an experiment in experiments/, or a YAML file.")
  var experiment: String

  @Option(
    help: ArgumentHelp("Folder for the results; default: results/NAME.optimum.", valueName: "dir"),
    transform: FolderName.read)
  var results: String?

  @Flag(
    help: "Run everything again, also what is finished; take a folder that holds other results.")
  var force = false

  @OptionGroup var replication: ReplicationOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var jobs: JobOptions

  func run() throws {
    let (experiment, inputs) = try InputFiles.resolved(experiment, settings: changes)
    let spec = try search(of: experiment)
    let path = results ?? "results/\(experiment.spec.name).optimum"
    let manifest = Manifest(
      experiment, command: .optimise, settings: changes, inputs: inputs)
    let session = try StoreSession(
      path, manifest.owner, writing: OptimisationFiles.paths, force: force)
    let isQuiet = jobs.quiet
    let optimiser = Optimiser(experiment, spec, in: session.store, jobs: jobs.jobs) { count in
      if count % 10 == 0 { StandardError.say("\(count) settings", unless: isQuiet) }
    }
    let best = try session.execute {
      let best = try optimiser.run()
      try OptimisationFiles.write(
        experiment, optimiser, best: best, manifest, into: session.folder)
      return best
    }
    try printBest(best, experiment, spec, path, optimiser)
  }

  private var changes: [String] { settings.settings + replication.settings }

  private func search(of experiment: Experiment) throws(InvalidInput) -> OptimisationSpec {
    let spec = experiment.spec
    var problems: [Problem] = []
    func expect(_ holds: Bool, _ path: String, _ message: String) {
      if !holds { problems.append(spec.problem(path, message)) }
    }
    expect(
      spec.optimisation != nil, "optimise",
      "expected the key 'optimise' with what to minimise; see 'rollsim optimise --help'")
    expect(
      spec.isSampled, "design", "expected a sampled design such as {sobol: {points: 16}}")
    expect(
      spec.usesCommonRandomNumbers, "random.common",
      "expected common random numbers: without them the same setting has many values")
    guard problems.isEmpty, let optimisation = spec.optimisation else {
      throw InvalidInput(problems)
    }
    return optimisation
  }

  private func printBest(
    _ best: Optimiser.Evaluation?, _ experiment: Experiment, _ spec: OptimisationSpec,
    _ path: String, _ optimiser: Optimiser
  ) throws {
    let count = optimiser.evaluations.count
    let measures = experiment.spec.measureTable
    guard optimiser.evaluations.contains(where: { $0.mean(spec.objective) != nil }) else {
      throw CheckFailed(
        description:
          "\(measures[spec.objective].qualifiedName) has no value at any of \(count) settings")
    }
    guard let best else {
      throw CheckFailed(
        description: "none of \(count) settings keeps every bound; see \(path)/evaluations.csv")
    }
    var table = TextTable(["best of \(count) settings", "value", "unit"], rightAligned: [1])
    for (factor, level) in zip(experiment.spec.factors, best.levels) {
      table.append([
        factor.path, level.cell.number?.readable ?? level.cell.text, factor.column.unit,
      ])
    }
    var seen: Set<Int> = []
    for index in [spec.objective] + spec.bounds.map(\.measure) where seen.insert(index).inserted {
      let measure = measures[index]
      table.append([measure.qualifiedName, best.mean(index)?.readable ?? "", measure.unit])
    }
    print(table.text)
    StandardError.say("wrote \(path)", unless: jobs.quiet)
  }
}
