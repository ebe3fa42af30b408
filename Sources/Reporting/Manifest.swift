import Catalogue
import Declarations
import Designs
import Digest
import Results
import Running
import Specifications
import Worlds

/// What a result was made from: enough to make it again.
///
/// Nothing in it differs between two identical runs on one machine: no time of day, no number of
/// threads.
public struct Manifest: Sendable {
  /// Raised when what a manifest says is arranged in another way.
  public static let format = 2

  private let specification: JSON
  private let command: [String]
  private let settings: [String]
  private let inputs: [InputRecord.File]
  private var experiment: Experiment

  /// Describes an experiment.
  ///
  /// - Parameters:
  ///   - command: what makes the results.
  ///   - settings: what the command line changed, each as `path=value`.
  ///   - inputs: the files that it was read from, the specification first.
  ///   - jobs: threads that look at its points.
  public init(
    _ experiment: Experiment, command: Command = .sweep, settings: [String],
    inputs: [InputRecord.File], jobs: Int = 1
  ) {
    self.experiment = experiment
    self.settings = settings
    self.inputs = inputs
    self.command =
      ["rollsim", command.rawValue, inputs.first?.path ?? experiment.spec.name]
      + settings.flatMap { ["--set", $0] }
    specification = Self.specification(of: experiment, command, jobs: jobs)
  }

  /// What makes results of an experiment.
  public enum Command: String, Sendable {
    /// All its points.
    case sweep
    /// A search among them and beyond.
    case optimise
  }

  /// Whose a folder with these results is.
  public var owner: FolderOwner {
    FolderOwner(experiment: experiment.spec.name, command: command[1])
  }

  /// The same of the experiment with the warm-up that was found.
  public func with(_ experiment: Experiment) -> Manifest {
    var manifest = self
    manifest.experiment = experiment
    return manifest
  }

  /// A hash of the specification with everything resolved.
  public var specificationHash: String { Self.hash(specification) }

  /// A hash of all that results depend on: names, specification, program and platform.
  public var identity: String {
    let titles = [experiment.spec.name, experiment.spec.question].map(JSON.string)
    return Self.hash(.array(titles + [specification, Program.json, Platform.current.json]))
  }

  /// The mark of a finished shard: which runs its store has, and of what.
  public func json(shard: Shard) -> JSON {
    .object(origin + [.init(key: "shard", value: .string(shard.description))] + recipe)
  }

  /// The manifest of results with these files.
  public func json(files: [(path: String, sha256: String)]) -> JSON {
    let random = JSON.object([
      "generator": "philox4x64-10",
      "seed": .string(String(experiment.spec.seed)),
      "common_random_numbers": .bool(experiment.spec.usesCommonRandomNumbers),
      "replications": .string(experiment.spec.coupling.text),
      "fidelity": fidelity,
    ])
    let hashes = files.map { JSON.Member(key: $0.path, value: .string($0.sha256)) }
    return .object(
      origin + [.init(key: "random", value: random), .init(key: "files", value: .object(hashes))]
        + recipe + [.init(key: "specification", value: specification)])
  }

  /// How transactions were drawn, in any point: one by one, in cohorts, or both.
  private var fidelity: JSON {
    // Of more points it is not worth the time to resolve each once more.
    guard experiment.points.count <= 10_000 else { return .string(Fidelity.auto.rawValue) }
    let used = Set(experiment.points.flatMap { $0.resolved.scenario.fidelities })
    return .array(Fidelity.allCases.filter(used.contains).map { .string($0.rawValue) })
  }

  /// What was asked, and by which program on which platform it was answered.
  private var origin: [JSON.Member] {
    [
      .init(key: "format", value: .integer(Self.format)),
      .init(key: "experiment", value: .string(experiment.spec.name)),
      .init(key: "question", value: .string(experiment.spec.question)),
      .init(key: "identity", value: .string(identity)),
      .init(key: "program", value: Program.json),
      .init(key: "platform", value: Platform.current.json),
      .init(key: "command", value: .array(command.map(JSON.string))),
    ]
  }

  /// What is needed to ask the same again.
  private var recipe: [JSON.Member] {
    [
      .init(key: "settings", value: .array(settings.map(JSON.string))),
      .init(key: "inputs", value: .array(inputs.map(Self.input))),
      .init(key: "specification_sha256", value: .string(specificationHash)),
    ] + (warmUp.map { [.init(key: Self.warmUpKey, value: .number($0))] } ?? [])
  }

  /// The warm-up that pilot runs found [s].
  private var warmUp: Double? { experiment.spec.request.automaticWarmUp?.seconds }

  static let warmUpKey = "warmup_found_s"

  private static func input(_ file: InputRecord.File) -> JSON {
    .object([
      "path": .string(file.path),
      "sha256": .string(SHA256.hexadecimal(of: file.content)),
      "text": .string(String(decoding: file.content, as: UTF8.self)),
    ])
  }

  private static func hash(_ json: JSON) -> String { SHA256.hexadecimal(of: json.text.utf8) }

  private static func specification(
    of experiment: Experiment, _ command: Command, jobs: Int
  ) -> JSON {
    let spec = experiment.spec
    let members: [JSON.Member] =
      [
        .init(key: "design", value: spec.designJSON),
        .init(key: "replications", value: replications(of: spec)),
        .init(key: "seed", value: .string(String(spec.seed))),
        .init(key: "common_random_numbers", value: .bool(spec.usesCommonRandomNumbers)),
        .init(key: "coupling", value: .string(spec.coupling.text)),
        .init(key: "confidence", value: .number(spec.confidence)),
        .init(key: "measures", value: names(of: spec.measures, spec)),
        .init(key: "controls", value: names(of: spec.controls, spec)),
        .init(key: "figures", value: .array(spec.figures.map(figure))),
        .init(key: "factors", value: .array(spec.factors.map { .string($0.path) })),
      ] + derived(spec) + PointSettings.json(of: experiment, jobs: jobs)
    let baseline = spec.baseline.map { baseline in
      JSON.Member(
        key: "baseline",
        value: .object(
          baseline.values.map { JSON.Member(key: $0.path, value: .string($0.cell.text)) }))
    }
    let search =
      command == .optimise
      ? spec.optimisation.map { [Self.search($0, spec.measureTable)] } ?? [] : []
    return .object(
      members + search + (spec.feePaths.map { [feePaths($0)] } ?? [])
        + (baseline.map { [$0] } ?? []))
  }

  /// What is derived from measures; nothing where nothing is.
  private static func derived(_ spec: ExperimentSpec) -> [JSON.Member] {
    guard !spec.measureTable.derived.isEmpty else { return [] }
    let measures = spec.measureTable.derived.map { measure in
      JSON.Member(
        key: measure.name,
        value: .object([
          "value": .string(measure.expression.text), "unit": .string(measure.unit),
          "meaning": .string(measure.meaning),
        ]))
    }
    return [.init(key: "derived", value: .object(measures))]
  }

  private static func names(of measures: [Int], _ spec: ExperimentSpec) -> JSON {
    .array(measures.map { .string(spec.measureTable[$0].qualifiedName) })
  }

  private static func replications(of spec: ExperimentSpec) -> JSON {
    guard let stopping = spec.stopping else { return .integer(spec.replications) }
    let goals = stopping.goals.map { goal in
      JSON.object([
        "measure": .string(spec.measureTable[goal.measure].qualifiedName),
        goal.isRelative ? "relative" : "absolute": .number(goal.halfWidth),
        "confidence": .number(goal.confidence),
      ])
    }
    return .object([
      "looks": .array(stopping.looks.map(JSON.integer)), "until": .array(goals),
    ])
  }

  private static func search(_ spec: OptimisationSpec, _ table: MeasureTable) -> JSON.Member {
    let bounds = spec.bounds.map {
      "\(table[$0.measure].qualifiedName) \($0.isUpper ? "<=" : ">=") \($0.value.shortest)"
    }
    let frontier = spec.frontier.map { "\(table[$0.measure].qualifiedName), \($0.points) points" }
    return .init(
      key: "optimise",
      value: .object([
        "minimise": .string(table[spec.objective].qualifiedName),
        "subject_to": .array(bounds.map(JSON.string)),
        "starts": .integer(spec.starts), "evaluations": .integer(spec.evaluations),
        "frontier": frontier.map(JSON.string) ?? .null,
      ]))
  }

  private static func feePaths(_ paths: FeePathSpec) -> JSON.Member {
    .init(
      key: "fee_paths",
      value: .object([
        "every_s": .number(paths.interval.seconds), "replications": .integer(paths.replications),
      ]))
  }

  private static func figure(_ figure: FigureSpec) -> JSON {
    .object([
      "kind": .string(figure.kind.rawValue), "name": figure.name.map(JSON.string) ?? .null,
      "x": .string(figure.x), "y": .string(figure.y),
      "measures": .string(figure.measures.joined(separator: ", ")),
      "color": figure.color.map(JSON.string) ?? .null,
      "row": figure.row.map(JSON.string) ?? .null, "log": .string(figure.logarithmic),
      "where": .object(
        figure.filter.map { JSON.Member(key: $0.path, value: .string($0.cell.text)) }),
    ]).with(.object(layout(of: figure)))
  }

  /// What a figure says of its looks; nothing where it says nothing.
  private static func layout(of figure: FigureSpec) -> [JSON.Member] {
    let axes = figure.axes.map { axis in
      JSON.Member(
        key: axis.channel,
        value: .object([
          "title": axis.title.map(JSON.string) ?? .null,
          "unit": axis.unit.map(JSON.string) ?? .null,
          "range": .array(axis.range.map(JSON.string)),
        ]))
    }
    let members: [JSON.Member] = [
      .init(key: "title", value: figure.title.map(JSON.string) ?? .null),
      .init(key: "axes", value: axes.isEmpty ? .null : .object(axes)),
      .init(
        key: "size", value: figure.size.isEmpty ? .null : .array(figure.size.map(JSON.integer))),
      .init(
        key: "formats",
        value: figure.formats.isEmpty ? .null : .array(figure.formats.map(JSON.string))),
    ]
    return members.filter { $0.value != .null }
  }
}
