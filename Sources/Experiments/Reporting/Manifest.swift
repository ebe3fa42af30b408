import Catalogue
import Digest
import Randomness
import Results
import Worlds

/// What a result was made from: enough to make it again.
///
/// Nothing in it differs between two identical runs on one machine: no time of day, no number of
/// threads.
public struct Manifest: Sendable {
  /// Raised when a release changes results on purpose; the change log says how.
  public static let modelVersion = 1
  /// Version of the program.
  public static let programVersion = "0.1.0"

  private let specification: JSON
  private let program: JSON
  private let command: [String]
  private let experiment: Experiment

  /// Describes an experiment.
  ///
  /// - Parameter command: the command line without what cannot change results.
  public init(_ experiment: Experiment, command: [String]) {
    self.experiment = experiment
    self.command = command
    specification = Self.specification(of: experiment)
    program = .object([
      "name": "rollsim", "version": .string(Self.programVersion),
      "model_version": .integer(Self.modelVersion),
      "source_sha256": .string(Catalogue.sourceDigest),
    ])
  }

  /// A hash of the specification with everything resolved.
  public var specificationHash: String { Self.hash(specification) }

  /// A hash of all that results depend on: names, specification, program and platform.
  public var identity: String {
    let titles = [experiment.spec.name, experiment.spec.question].map(JSON.string)
    return Self.hash(.array(titles + [specification, program, Platform.current.json]))
  }

  /// The manifest of results with these files.
  public func json(files: [(path: String, content: String)]) -> JSON {
    .object([
      "format": 1,
      "experiment": .string(experiment.spec.name),
      "question": .string(experiment.spec.question),
      "identity": .string(identity),
      "program": program,
      "platform": Platform.current.json,
      "command": .array(command.map(JSON.string)),
      "random": .object([
        "generator": "philox4x64-10",
        "seed": .string(String(experiment.spec.seed)),
        "common_random_numbers": .bool(experiment.spec.usesCommonRandomNumbers),
      ]),
      "files": .object(
        files.map {
          JSON.Member(key: $0.path, value: .string(SHA256.hexadecimal(of: $0.content.utf8)))
        }),
      "specification_sha256": .string(specificationHash),
      "specification": specification,
    ])
  }

  private static func hash(_ json: JSON) -> String { SHA256.hexadecimal(of: json.text.utf8) }

  private static func specification(of experiment: Experiment) -> JSON {
    let spec = experiment.spec
    let members: [JSON.Member] = [
      .init(key: "design", value: spec.designJSON),
      .init(key: "replications", value: .integer(spec.replications)),
      .init(key: "seed", value: .string(String(spec.seed))),
      .init(key: "common_random_numbers", value: .bool(spec.usesCommonRandomNumbers)),
      .init(key: "confidence", value: .number(spec.confidence)),
      .init(key: "measures", value: .array(spec.measures.map { .string(Measure.all[$0].name) })),
      .init(key: "figures", value: .array(spec.figures.map(figure))),
      .init(key: "factors", value: .array(spec.factors.map { .string($0.path) })),
      .init(key: "points", value: .array(experiment.points.map(point))),
    ]
    return .object(members + (spec.feePaths.map { [feePaths($0)] } ?? []))
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
      "x": .string(figure.x), "y": .string(figure.y), "measures": .string(figure.measures),
      "color": figure.color.map(JSON.string) ?? .null,
      "row": figure.row.map(JSON.string) ?? .null, "log": .string(figure.logarithmic),
      "where": .object(
        figure.filter.map { JSON.Member(key: $0.path, value: .string($0.cell.text)) }),
    ])
  }

  private static func point(_ point: Experiment.Point) -> JSON {
    let resolved = point.resolved
    let parameters = Parameter.all.indices.filter { resolved.isUsed(Parameter.all[$0]) }
    return .object([
      "system": .string(resolved.system),
      "settlement": .string(resolved.chain),
      "parameters": .object(
        parameters.map { index in
          let parameter = Parameter.all[index]
          return JSON.Member(
            key: parameter.path,
            value: .string(resolved.valueText(index) + resolved.flagNote(index)))
        }),
    ])
  }
}

extension ResolvedScenario {
  /// The value of a parameter as text, or the range of an unknown one.
  public func valueText(_ index: Int) -> String {
    let parameter = Parameter.all[index]
    if let range = provenance[index].range {
      let unit = parameter.kind.unit.isEmpty ? "" : " \(parameter.kind.unit)"
      return "\(range.lowerBound.shortest) to \(range.upperBound.shortest)\(unit)"
    }
    return parameter.read(scenario)?.text(in: parameter.kind) ?? ""
  }

  fileprivate func flagNote(_ index: Int) -> String {
    let flag = provenance[index].flag
    return flag.basis == .documented ? "" : " [\(flag.rawValue)]"
  }
}
