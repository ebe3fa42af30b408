import Catalogue
import Declarations
import Reporting
import Results
import Specifications
import Statistics
import Worlds

/// The files that a search leaves.
public enum OptimisationFiles {
  /// The name of the file with the best setting, a scenario that `rollsim run` takes.
  public static let optimum = "optimum.yaml"

  /// The paths of all files that a search may leave.
  public static let paths = [
    "evaluations.csv", "frontier.csv", "datapackage.json", optimum, "manifest.json",
  ]

  /// Writes evaluations, frontier, best setting and manifest into a folder: all of them, or none.
  ///
  /// - Throws: `ResultFolder.Failure` if they cannot be written.
  public static func write(
    _ experiment: Experiment, _ optimiser: Optimiser, best: Optimiser.Evaluation?,
    _ manifest: Manifest, into folder: ResultFolder
  ) throws {
    let spec = experiment.spec
    let staged = folder.stage()
    var tables = [("evaluations", table(of: optimiser.evaluations, spec))]
    if spec.optimisation?.frontier != nil {
      tables.append(("frontier", table(of: optimiser.frontier(), spec)))
    }
    for (name, table) in tables { try staged.write("\(name).csv", table.csv) }
    let package = DataPackage.descriptor(
      name: spec.name.lowercased(), title: spec.question,
      resources: tables.map {
        .init(name: $0.0, path: "\($0.0).csv", table: $0.1, primaryKey: ["evaluation"])
      })
    try staged.write("datapackage.json", package.text)
    if let best { try staged.write(optimum, scenario(best.levels, spec)) }
    try staged.write("manifest.json", manifest.json(files: staged.hashes).text)
    _ = try staged.replaceFormer(as: manifest.owner)
  }

  /// One row per setting, those that are none as well.
  static func table(of evaluations: [Optimiser.Evaluation], _ spec: ExperimentSpec) -> Table {
    let measures = spec.optimisation?.measures ?? []
    var table = Table(
      columns: [.init("evaluation", .integer, "Number of the setting, in the order of the search.")]
        + spec.factors.map(\.column)
        + measures.flatMap { index -> [Table.Column] in
          let measure = spec.measureTable[index].qualifiedColumn
          return [
            .init(measure.name, .number, unit: measure.unit, "Mean. \(measure.description)"),
            .init(
              measure.name + "_ci_low", .number, unit: measure.unit,
              "Lower limit of the interval of the mean."),
            .init(
              measure.name + "_ci_high", .number, unit: measure.unit,
              "Upper limit of the interval of the mean."),
          ]
        } + [
          .init("excess", .number, "By how much bounds are exceeded, relative to each, in sum."),
          .init("defect", .string, "Why the setting is none; empty if it is one."),
        ])
    for evaluation in evaluations {
      table.append(
        [.integer(evaluation.number)] + evaluation.levels.map(\.cell)
          + measures.flatMap { index -> [Table.Cell] in
            let tally = evaluation.tallies[index] ?? Tally()
            return [.init(evaluation.mean(index))] + .limits(of: tally, confidence: spec.confidence)
          } + [
            evaluation.defect == nil ? .number(evaluation.excess) : .empty,
            evaluation.defect.map { .string($0) } ?? .empty,
          ])
    }
    return table
  }

  private static func scenario(_ levels: [Factor.Level], _ spec: ExperimentSpec) -> String {
    var request = spec.request
    for level in levels { level.apply(to: &request) }
    var settings: [ScenarioRequest.Setting] = []
    for setting in request.settings {
      settings.removeAll { $0.parameter == setting.parameter }
      settings.append(setting)
    }
    let shape = request.shape
    let presets =
      zip(shape.systemPaths, request.systems).map { path, name in name.map { (path, $0.text) } }
      + [request.chain.map { ("settlement", $0.text) }]
    return "# The best setting that 'rollsim optimise \(spec.name)' found.\n"
      + presets.compactMap(\.self).map { "\($0.0): \($0.1)\n" }.joined()
      + settings.map { line($0, shape.parameters[$0.parameter]) }.joined()
  }

  private static func line(
    _ setting: ScenarioRequest.Setting, _ parameter: Parameter
  ) -> String {
    // A trace knows its content and not its path.
    let isTrace =
      switch setting.value {
      case .trace(let trace): trace != .none
      case .history(let trace): trace != .none
      case .quantity, .word, .distribution: false
      }
    return (isTrace ? "# set this yourself: " : "")
      + "\(parameter.path): \(setting.value.text(in: parameter.kind))\n"
  }
}
