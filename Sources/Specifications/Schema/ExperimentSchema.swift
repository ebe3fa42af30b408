import Catalogue
import Declarations
import Designs
import Results
import Worlds

/// Experiments: the keys beside their scenario, the one list of them.
extension InputSchema {
  /// An experiment.
  public static func experiment(_ catalogue: Catalogue = .builtIn) -> Document {
    let scenario = scenario(catalogue)
    return Document(
      root: reference("experiment"),
      definitions: scenario.definitions + ranges + [
        .init(key: "factors", value: factors), .init(key: "factor", value: word(factorPaths)),
      ] + measureDefinitions + experimentDefinitions)
  }

  /// Whatever may stand in a file: an experiment, a preset or a scenario, told apart by their keys.
  public static func anything(_ catalogue: Catalogue = .builtIn) -> Document {
    let experiment = experiment(catalogue)
    let known = Set(experiment.definitions.map(\.key))
    let more = preset.definitions.filter { !known.contains($0.key) }
    func has(_ key: String) -> JSON { .object(["required": .array([.string(key)])]) }
    return Document(
      root: .object([
        "if": has("experiment"), "then": experiment.root,
        "else": .object([
          "if": has("parameters"), "then": preset.root, "else": scenario(catalogue).root,
        ]),
      ]), definitions: experiment.definitions + more)
  }

  /// The keys of an experiment.
  static let experimentMembers: [JSON.Member] = [
    .init(key: "experiment", value: fileName.described("Its name and that of its results.")),
    .init(key: "question", value: text.described("What it asks, in one sentence.")),
    .init(
      key: "scenario", value: reference("scenario").described("What all points have in common.")),
    .init(
      key: "factors", value: any(of: [reference("factors"), factorList]).described("What varies.")),
    .init(
      key: "design", value: any(of: designs).described("How factors are combined.")),
    .init(
      key: "constraints",
      value: list(of: .object(["type": "string"]), upTo: Constraint.limit)
        .described("Comparisons that every point satisfies, such as poster.max_age <= horizon / 2.")
    ),
    .init(
      key: "replications",
      value: any(of: [
        count(from: 1, to: 1_000_000),
        mapping(stoppingMembers, required: ["min", "max", "until"]),
      ]).described("Independent runs of each point.")),
    .init(key: "random", value: random.described("Seed, and what points and replications share.")),
    .init(
      key: "confidence", value: quantity(of: .share).described("Confidence of intervals.")),
    .init(
      key: "derived",
      value: derivedMeasures.described("Measures that are calculated from others, by name.")),
    .init(
      key: "measures",
      value: list(of: reference("measure"), upTo: ExperimentSpec.patternLimit)
        .described("What is reported.")),
    .init(
      key: "controls",
      value: list(of: exactMeasure, upTo: ExperimentSpec.controlLimit)
        .described("Measures with known means that reduce the spread of the others.")),
    .init(
      key: "figures",
      value: .object([
        "type": "array", "items": reference("figure"),
        "maxItems": .integer(ExperimentSpec.figureLimit),
      ]).described("What is drawn.")),
    .init(
      key: "fee_paths",
      value: mapping(feePathMembers, required: ["every"])
        .described("Which paths of the settlement chain's fees are kept.")),
    .init(
      key: "optimise",
      value: mapping(optimisationMembers, required: ["minimise"])
        .described("What 'rollsim optimise' looks for.")),
    .init(
      key: "baseline",
      value: mapping(filters).adding("patternProperties", ofNamed).adding("minProperties", 1)
        .described("Values of factors with which other points are compared.")),
  ]

  /// The keys of `optimise`.
  static let optimisationMembers: [JSON.Member] = [
    .init(key: "minimise", value: exactMeasure.described("The measure that is to be low.")),
    .init(
      key: "subject_to",
      value: .object([
        "type": "array", "items": any(of: ["at_most", "at_least"].map(bound)),
        "maxItems": .integer(OptimisationSpec.boundLimit),
      ]).described("Bounds on other measures.")),
    .init(
      key: "starts",
      value: count(in: OptimisationSpec.startRange)
        .described("From so many of the best points a search starts.")),
    .init(
      key: "evaluations",
      value: count(in: OptimisationSpec.evaluationRange)
        .described("Settings that a search tries at most.")),
    .init(
      key: "frontier",
      value: mapping(
        [
          .init(key: "measure", value: exactMeasure),
          .init(key: "points", value: count(from: 2, to: 100)),
        ], required: ["measure"]
      ).described("Another measure that is to be low as well.")),
  ]

  private static func bound(_ key: String) -> JSON {
    let value = any(of: [quantity(of: .number), quantity(of: .duration)])
    return mapping(
      [.init(key: "measure", value: exactMeasure), .init(key: key, value: value)],
      required: ["measure", key])
  }

  static func count(in range: ClosedRange<Int>) -> JSON {
    count(from: range.lowerBound, to: range.upperBound)
  }

  /// What an axis, a colour or a panel can stand for.
  private static let axis = any(of: [
    reference("factor"), word([FigureSpec.subjectAxis]), text(matching: InputSchema.namedPaths),
  ])

  /// The keys of a figure.
  static let figureMembers: [JSON.Member] = [
    .init(
      key: "kind",
      value: word(FigureSpec.Kind.allCases.map(\.rawValue)).described("What it looks like.")),
    .init(key: "name", value: fileName.described("Its file name.")),
    .init(key: "title", value: text.described("What stands above it; else the question.")),
    .init(
      key: "x",
      value: any(of: [axis, reference("measure")])
        .described("The factor on the x axis, or 'rollup'; a measure for runs, frontier, tornado.")),
    .init(
      key: "y",
      value: any(of: [
        reference("measure"), axis, word(FeePathSpec.columns.map(\.name)),
      ]).described("A measure for lines, a fee for paths, else the factor of rungs, bars or rows.")),
    .init(
      key: "measures",
      value: any(of: [reference("measure"), list(of: reference("measure"), upTo: 100)])
        .described("The measures of a ladder, bar, heat map, or of quantiles and differences.")),
    .init(key: "color", value: axis.described("The factor that colours lines, or 'rollup'.")),
    .init(
      key: "row", value: axis.described("A panel for each value of this factor, or 'rollup'.")),
    .init(
      key: "where",
      value: mapping(
        filters + [.init(key: FigureSpec.subjectAxis, value: .object(["type": "string"]))]
      )
      .adding("patternProperties", ofNamed)
      .described("Factors of which one value is shown, and the 'rollup' or service.")),
    .init(
      key: "log", value: word(FigureSpec.axes).described("Which axes are logarithmic.")),
    .init(
      key: "axes",
      value: mapping(
        FigureSpec.AxisSpec.channels.map { .init(key: $0, value: mapping(axisMembers)) }
      ).described("Title, unit and range of axes.")),
    .init(
      key: "size",
      value: .object([
        "type": "array", "items": count(in: FigureSpec.sides), "minItems": 2, "maxItems": 2,
      ]).described("Width and height of a panel in pixels.")),
    .init(
      key: "formats",
      value: list(of: word(FigureSpec.pictures), upTo: 3)
        .described("The pictures that rollsim plot draws; else SVG and PNG.")),
  ]

  /// The keys of an axis of a figure.
  static let axisMembers: [JSON.Member] = [
    .init(key: "title", value: text.described("What stands beside it.")),
    .init(key: "unit", value: text.described("The unit of its numbers, such as gwei or min.")),
    .init(
      key: "range",
      value: .object([
        "type": "array", "items": .object(["type": .array(["string", "number"])]),
        "minItems": 2, "maxItems": 2,
      ]).described("Lowest and highest value, each with its unit.")),
  ]

  /// The keys of `fee_paths`.
  static let feePathMembers: [JSON.Member] = [
    .init(key: "every", value: quantity(of: .duration).described("Time between two samples.")),
    .init(
      key: "replications",
      value: count(from: 1, to: 1_000_000).described("Replications whose path is kept.")),
  ]

  /// Words, a list of points in a file, and each method of sampling with its numbers.
  private static let designs: [JSON] =
    [
      word(ExperimentSpec.Design.plain.map(\.name)),
      mapping([.init(key: "list", value: .object(["type": "string"]))], required: ["list"]),
    ]
    + ExperimentSpec.Design.samplings.map(sampled)

  /// A method of sampling with its numbers.
  private static func sampled(_ sampling: Sampling) -> JSON {
    let keys = sampling.numbers.map(\.key)
    let numbers = keys.map {
      JSON.Member(key: $0, value: count(from: 1, to: sampling.limit(of: $0)))
    }
    return mapping(
      [.init(key: sampling.name, value: mapping(numbers, required: keys))],
      required: [sampling.name])
  }

  private static let random = mapping([
    .init(
      key: "seed",
      value: .object([
        "type": "integer", "minimum": 0, "maximum": .number(0x1p64),
      ]).described("Seed of all streams.")),
    .init(
      key: "common",
      value: InputSchema.truth.described("Whether all points use the same streams.")),
    .init(
      key: "antithetic",
      value: InputSchema.truth
        .described("Whether every second replication mirrors the one before it.")),
    .init(
      key: "sampling",
      value: any(of: Sampling.ofReplications.map(sampled))
        .described("The points at which replications draw unknown figures.")),
  ])

  /// Letters, digits and hyphens.
  private static let fileName: JSON = any(of: [
    text(matching: #"^([A-Za-z0-9-]|[^\x00-\x7F]){1,100}$"#),
    .object(["type": "integer", "minimum": 0]),
  ])

  private static func count(from low: Int, to high: Int) -> JSON {
    .object(["type": "integer", "minimum": .integer(low), "maximum": .integer(high)])
  }

  private static let factorPaths =
    ["system", "settlement", "settlement.chain"] + Parameter.all.map(\.path)

  /// Each factor with its levels: a list, for a quantity also a range or an expression.
  private static let factors = mapping(
    factorPaths.map { path in
      let values = list(of: level(path))
      guard case .quantity(let dimension) = Parameter.named(path)?.kind else {
        return .init(key: path, value: values)
      }
      return .init(key: path, value: any(of: [values, reference(rangeName(dimension))]))
    }
  ).adding("patternProperties", ofNamed)

  /// What is varied of a rollup, a service or a group with a name: only the readers know it.
  private static let ofNamed: JSON = .object([
    .init(key: InputSchema.namedPaths, value: .object([:]))
  ])

  private static func rangeName(_ dimension: Declarations.Dimension) -> String {
    "range.\(dimension.rawValue)"
  }

  /// A definition for the ranges of each dimension; a sampled design says how many points there are.
  private static let ranges: [JSON.Member] = Declarations.Dimension.allCases.map { dimension in
    let bounds = list(of: quantity(of: dimension), upTo: 2).described("Lowest and highest value.")
    let forms = ["linear", "log"].map { key in
      mapping(
        [
          .init(key: key, value: bounds),
          .init(key: "points", value: count(from: 2, to: Experiment.pointLimit)),
        ], required: [key])
    }
    let expression = mapping(
      [.init(key: "expression", value: .object(["type": .array(["string", "number"])]))],
      required: ["expression"])
    return .init(key: rangeName(dimension), value: any(of: forms + [expression]))
  }

  /// Factors one by one, so that their order shows.
  private static let factorList = list(
    of: .object([
      "allOf": .array([reference("factors")]), "minProperties": 1, "maxProperties": 1,
    ]))

  /// Each factor with one of its levels.
  private static let filters: [JSON.Member] = factorPaths.map {
    .init(key: $0, value: level($0))
  }

  private static func level(_ path: String) -> JSON {
    reference(path == "settlement" ? "settlement.chain" : path)
  }
}
