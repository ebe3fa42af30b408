import Catalogue
import Designs
import Worlds

/// What an experiment asks: a scenario, what varies, how often, and what is reported.
public struct ExperimentSpec: Sendable {
  /// How factors are combined.
  public typealias Design = Designs.Design

  /// The name of the experiment and of its folder of results.
  public var name: String
  /// What it asks, in one sentence.
  public var question = ""
  /// What all points have in common.
  public var request: ScenarioRequest
  /// What varies.
  public var factors: [Factor] = []
  /// How factors are combined.
  public var design = Design.grid
  /// What every point satisfies; others are dropped.
  public var constraints: [Constraint] = []
  /// Replications of each point; with a rule, the most.
  public var replications = 8
  /// When a point has enough of them; nil for all.
  public var stopping: StoppingRule?
  /// Seed of all streams.
  public var seed: UInt64 = 1
  /// Whether all points use the same streams.
  public var usesCommonRandomNumbers = true
  /// How the replications of a point depend on each other.
  public var coupling = Coupling.independent
  /// Confidence of intervals.
  public var confidence = 0.95
  /// All measures that it can speak of.
  public var measureTable: MeasureTable
  /// Measures to report, by their places in that table.
  public var measures: [Int]
  /// Measures with known means that reduce the spread of the others; their places in that table.
  public var controls: [Int] = []
  /// Figures to draw.
  public var figures: [FigureSpec] = []
  /// Which paths of the settlement chain's fees are kept; nil for none.
  public var feePaths: FeePathSpec?
  /// What other points are compared with, run by run; nil for no comparison.
  public var baseline: Baseline?
  /// What `rollsim optimise` looks for; nil if there is nothing to look for.
  public var optimisation: OptimisationSpec?
  /// Where its keys stand.
  public var places = KeyPlaces()

  /// More levels of all factors than this are refused.
  static let levelLimit = 500_000
  /// More patterns of measures than this are refused.
  static let patternLimit = 1000
  /// More figures than this are refused.
  static let figureLimit = 100

  /// An experiment without factors on one scenario.
  public init(name: String, request: ScenarioRequest) {
    self.init(name: name, request: request, shape: .single)
  }

  init(name: String, request: ScenarioRequest, shape: WorldShape) {
    self.name = name
    self.request = request
    measureTable = MeasureTable(of: shape)
    measures = Array(measureTable.indices)
  }

  /// How many replications a point has, in words.
  public var replicationsText: String {
    stopping.map { "\($0.looks[0]) to \(replications)" } ?? "\(replications)"
  }

  /// Reads a specification.
  ///
  /// - Throws: `InvalidInput` with every problem.
  public static func read(_ root: InputNode) throws(InvalidInput) -> ExperimentSpec {
    try read(root, of: .single)
  }

  /// Reads a specification whose scenario has a shape.
  static func read(
    _ root: InputNode, of shape: WorldShape
  ) throws(InvalidInput) -> ExperimentSpec {
    var reader = ExperimentReader(root)
    let spec = reader.read(of: shape)
    guard reader.problems.isEmpty else { throw InvalidInput(reader.problems) }
    return spec
  }
}
