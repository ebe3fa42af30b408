import Catalogue

/// What a file holds, read and resolved as far as is possible without running it.
public enum CheckedInput: Sendable {
  /// An experiment.
  case experiment(Experiment)
  /// A preset of a system or settlement chain.
  case preset(Preset)
  /// A scenario, and what was asked for.
  case scenario(ResolvedScenario, ScenarioRequest)

  /// Reads and resolves whatever a file holds, told apart by its keys.
  ///
  /// - Parameter allowingAnySize: whether a design may have more points than can be resolved at once.
  /// - Throws: `InvalidInput` with every problem.
  public init(_ node: InputNode, allowingAnySize: Bool = false) throws(InvalidInput) {
    switch FileContent(node) {
    case .experiment:
      self = .experiment(try Experiment(.read(node), allowingAnySize: allowingAnySize))
    case .preset: self = .preset(try .read(node))
    case .scenario, .unknown:
      let request = try ScenarioRequest.read(node)
      self = .scenario(try Catalogue.builtIn.resolve(request), request)
    }
  }

  /// What it is, in a few words.
  public var summary: String {
    switch self {
    case .experiment(let experiment):
      "a valid experiment: \(experiment.points.count) points, \(experiment.runCountText) runs"
    case .preset(let preset): "a valid preset of a \(preset.kind.rawValue)"
    case .scenario: "a valid scenario"
    }
  }
}
