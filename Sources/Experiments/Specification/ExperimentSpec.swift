import Catalogue
import Results
import Worlds

/// What an experiment asks: a scenario, what varies, how often, and what is reported.
public struct ExperimentSpec: Sendable {
  /// How factors are combined.
  public enum Design: String, CaseIterable, Sendable {
    /// Every level of every factor with every other; the last factor varies fastest.
    case grid
    /// The first levels together, then the second ones, and so on.
    case zip
    /// The first level of every factor, the baseline; then each other level of one factor alone.
    case oneAtATime = "one-at-a-time"
  }

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
  /// Replications of each point.
  public var replications = 8
  /// Seed of all streams.
  public var seed: UInt64 = 1
  /// Whether all points use the same streams.
  public var usesCommonRandomNumbers = true
  /// Confidence of intervals.
  public var confidence = 0.95
  /// Measures to report, in the order of the table.
  public var measures = Array(Measure.all.indices)
  /// Figures to draw.
  public var figures: [FigureSpec] = []
  /// Which paths of the settlement chain's fees are kept; nil for none.
  public var feePaths: FeePathSpec?

  /// More levels of all factors than this are refused.
  static let levelLimit = 500_000
  /// More patterns of measures than this are refused.
  static let patternLimit = 1000
  /// More figures than this are refused.
  static let figureLimit = 100

  /// An experiment without factors on one scenario.
  public init(name: String, request: ScenarioRequest) {
    self.name = name
    self.request = request
  }

  /// Reads a specification.
  ///
  /// - Throws: `InvalidInput` with every problem.
  public static func read(_ root: InputNode) throws(InvalidInput) -> ExperimentSpec {
    var reader = ExperimentReader(root)
    let spec = reader.read()
    guard reader.problems.isEmpty else { throw InvalidInput(reader.problems) }
    return spec
  }
}

private struct ExperimentReader {
  let root: InputNode
  var problems: [Problem] = []

  private static let keys = InputSchema.experimentMembers.map(\.key)

  init(_ root: InputNode) { self.root = root }

  mutating func read() -> ExperimentSpec {
    var spec = ExperimentSpec(name: "", request: ScenarioRequest(source: root.location))
    guard let members = root.members else {
      problems.append(root.problem("expected an experiment with the keys experiment, scenario, …"))
      return spec
    }
    for (key, value) in members where !problems.isFull {
      switch key.text ?? "?" {
      case "experiment": spec.name = readName(value)
      case "question": spec.question = value.anyText(&problems) ?? ""
      case "scenario": spec.request.add(value.atTop, &problems)
      case "factors": spec.factors = readFactors(value)
      case "design": spec.design = readWord(value) ?? .grid
      case "replications": spec.replications = Int(readCount(value, in: 1...1_000_000))
      case "random": readRandom(value, &spec)
      case "confidence": spec.confidence = readConfidence(value)
      case "measures": spec.measures = readMeasures(value)
      case "figures": spec.figures = readFigures(value)
      case "fee_paths": spec.feePaths = FeePathSpec.read(value, &problems)
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: Self.keys))"))
      }
    }
    if spec.name.isEmpty {
      problems.append(root.problem("the key 'experiment' with a name is missing"))
    }
    if spec.design == .zip, Set(spec.factors.map(\.levels.count)).count > 1 {
      let counts = spec.factors.map { "\($0.path) has \($0.levels.count)" }
      problems.append(
        root.problem(
          "a zip needs as many values of every factor: \(counts.joined(separator: ", "))"))
    }
    return spec
  }

  private mutating func readName(_ node: InputNode) -> String {
    node.fileName(&problems) ?? "?"
  }

  private mutating func readFactors(_ node: InputNode) -> [Factor] {
    let found = problems.count
    var pairs = node.members ?? []
    for element in node.elements ?? [] where !problems.isFull {
      guard let members = element.members, members.count == 1 else {
        problems.append(
          element.problem("expected one factor such as 'poster.max_age: [1 min, 1 h]'"))
        continue
      }
      pairs += members
    }
    if pairs.isEmpty, problems.count == found {
      problems.append(node.problem("expected at least one factor; leave the key out for none"))
    }
    var factors: [Factor] = []
    for (key, value) in pairs where !problems.isFull {
      guard let factor = Factor.read(key, value, &problems) else { continue }
      var seen: Set<Table.Cell> = []
      for level in factor.levels where !seen.insert(level.cell).inserted {
        problems.append(value.problem("the value \(level.cell.text) appears twice"))
      }
      if factors.contains(where: { $0.path == factor.path }) {
        problems.append(key.problem("the factor appears twice"))
      }
      factors.append(factor)
      // Before a design is made of them, which has a limit of its own.
      guard factors.map(\.levels.count).reduce(0, +) <= ExperimentSpec.levelLimit else {
        problems.append(
          key.problem("expected at most \(ExperimentSpec.levelLimit) levels of all factors"))
        break
      }
    }
    return factors
  }

  private mutating func readWord<Word: RawRepresentable<String> & CaseIterable>(
    _ node: InputNode
  ) -> Word? {
    let words = Word.allCases.map(\.rawValue)
    guard case .word(let text) = node.value(of: .word(words), &problems) else { return nil }
    return Word(rawValue: text)
  }

  private mutating func readCount(_ node: InputNode, in range: ClosedRange<Double>) -> Double {
    guard let count = node.quantity(.count, &problems) else { return range.lowerBound }
    if !range.contains(count) {
      problems.append(
        node.problem("expected from \(range.lowerBound.shortest) to \(range.upperBound.shortest)"))
    }
    return min(max(count, range.lowerBound), range.upperBound)
  }

  private mutating func readConfidence(_ node: InputNode) -> Double {
    guard let share = node.quantity(.share, &problems) else { return 0.95 }
    if !(0.5..<1).contains(share) {
      problems.append(node.problem("expected a confidence from 0.5 to below 1"))
    }
    return share
  }

  private mutating func readRandom(_ node: InputNode, _ spec: inout ExperimentSpec) {
    for (key, value) in node.members ?? [] {
      switch key.text {
      case "seed":
        guard let seed = value.text.flatMap(UInt64.init) else {
          problems.append(value.problem("expected a whole number below 2^64"))
          continue
        }
        spec.seed = seed
      case "common":
        guard case .word(let word) = value.value(of: .word(["true", "false"]), &problems) else {
          continue
        }
        spec.usesCommonRandomNumbers = word == "true"
      default: problems.append(key.problem("unknown key; expected seed, common"))
      }
    }
    if node.members == nil { problems.append(node.problem("expected {seed: …, common: …}")) }
  }

  private mutating func readMeasures(_ node: InputNode) -> [Int] {
    guard let elements = node.elements, !elements.isEmpty else {
      problems.append(node.problem("expected a list of measures such as [finality_*, cost_*]"))
      return []
    }
    guard elements.count <= ExperimentSpec.patternLimit else {
      problems.append(node.problem("expected at most \(ExperimentSpec.patternLimit) patterns"))
      return []
    }
    var selected: Set<Int> = []
    for element in elements {
      let pattern = element.text ?? "?"
      let matching = Measure.indices(matching: pattern)
      if matching.isEmpty {
        let nearest = advice(for: pattern, among: Measure.all.map(\.name))
        problems.append(element.problem("no measure matches \(element.quotation)\(nearest)"))
      }
      selected.formUnion(matching)
    }
    return selected.sorted()
  }

  private mutating func readFigures(_ node: InputNode) -> [FigureSpec] {
    guard let elements = node.elements else {
      problems.append(
        node.problem("expected a list of figures such as [{x: poster.max_age, y: …}]"))
      return []
    }
    guard elements.count <= ExperimentSpec.figureLimit else {
      problems.append(node.problem("expected at most \(ExperimentSpec.figureLimit) figures"))
      return []
    }
    return elements.compactMap { FigureSpec.read($0, &problems) }
  }
}

extension InputNode {
  /// Reads what becomes the name of a file or folder, or adds to `problems` why it cannot.
  func fileName(_ problems: inout [Problem]) -> String? {
    let isLong = (text?.utf8.count ?? 0) > 100
    if let text, !text.isEmpty, !isLong,
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    {
      return text
    }
    let limit = isLong ? "at most 100 " : ""
    problems.append(problem("expected a name of \(limit)letters, digits and hyphens"))
    return nil
  }
}
