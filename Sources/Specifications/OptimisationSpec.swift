import Catalogue

/// What `rollsim optimise` looks for: the key `optimise` of an experiment with a sampled design.
public struct OptimisationSpec: Sendable {
  /// A bound on a measure.
  public struct Bound: Hashable, Sendable {
    /// The place of the measure in the table of measures.
    public let measure: Int
    /// The bound, in the unit of the measure.
    public let value: Double
    /// Whether the measure is to stay below it.
    public let isUpper: Bool

    /// A bound on a measure.
    package init(measure: Int, value: Double, isUpper: Bool) {
      self.measure = measure
      self.value = value
      self.isUpper = isUpper
    }

    /// How far a value is beyond the bound, relative to the bound or to what the measure usually is,
    /// whichever is larger; 0 if it is not, 1 if there is no value.
    package func excess(of value: Double?, scale: Double) -> Double {
      guard let value else { return 1 }
      let beyond = isUpper ? value - self.value : self.value - value
      return max(0, beyond) / max(abs(self.value), scale, .leastNormalMagnitude)
    }
  }

  /// A frontier between the objective and another measure.
  public struct Frontier: Hashable, Sendable {
    /// The place of the other measure, which is to be low as well, in the table of measures.
    public let measure: Int
    /// So many bounds on it are tried.
    public let points: Int
  }

  /// The place of the measure to be minimised in the table of measures.
  public var objective = 0
  /// What has to hold.
  public var bounds: [Bound] = []
  /// From so many of the best points of the design a search starts.
  public var starts = 3
  /// So many evaluations a search has at most.
  public var evaluations = 60
  /// The frontier, if one is asked for.
  public var frontier: Frontier?

  /// The measures that matter, each once.
  package var measures: [Int] {
    var all: [Int] = []
    for measure in [objective] + bounds.map(\.measure) + (frontier.map { [$0.measure] } ?? [])
    where !all.contains(measure) { all.append(measure) }
    return all
  }
}

extension OptimisationSpec {
  private static let keys = InputSchema.optimisationMembers.map(\.key)
  /// How many searches there can be, and evaluations in each.
  static let startRange = 1...100
  static let evaluationRange = 10...10_000
  /// More bounds than this are refused.
  static let boundLimit = 100

  /// Reads the key, or adds to `problems` why it cannot.
  static func read(
    _ node: InputNode, _ measures: MeasureTable, _ problems: inout [Problem]
  ) -> OptimisationSpec {
    var spec = OptimisationSpec()
    guard let members = node.members, members.contains(where: { $0.key.text == "minimise" }) else {
      problems.append(node.problem("expected {minimise: MEASURE, …}"))
      return spec
    }
    for (key, value) in members where !problems.isFull {
      switch key.text {
      case "minimise": spec.objective = measures.index(value, &problems) ?? 0
      case "subject_to": spec.bounds = bounds(value, measures, &problems)
      case "starts": spec.starts = value.count(in: startRange, &problems) ?? 1
      case "evaluations": spec.evaluations = value.count(in: evaluationRange, &problems) ?? 10
      case "frontier": spec.frontier = frontier(value, measures, &problems)
      default:
        problems.append(key.problem("unknown key\(advice(for: key.text ?? "?", among: keys))"))
      }
    }
    return spec
  }

  private static func bounds(
    _ node: InputNode, _ measures: MeasureTable, _ problems: inout [Problem]
  ) -> [Bound] {
    guard let elements = node.elements else {
      problems.append(node.problem("expected a list such as [{measure: …, at_most: …}]"))
      return []
    }
    guard elements.count <= boundLimit else {
      problems.append(node.problem("expected at most \(boundLimit) bounds"))
      return []
    }
    return elements.compactMap { bound($0, measures, &problems) }
  }

  private static func bound(
    _ node: InputNode, _ measures: MeasureTable, _ problems: inout [Problem]
  ) -> Bound? {
    let members = node.members ?? []
    func value(_ name: String) -> InputNode? { members.first { $0.key.text == name }?.value }
    let upper = value("at_most")
    guard let name = value("measure"), members.count == 2,
      let limit = upper ?? value("at_least")
    else {
      problems.append(node.problem("expected {measure: …, at_most: …} or {…, at_least: …}"))
      return nil
    }
    guard let measure = measures.index(name, &problems),
      let number = limit.quantity(measures[measure].dimension, &problems)
    else { return nil }
    return Bound(measure: measure, value: number, isUpper: upper != nil)
  }

  private static func frontier(
    _ node: InputNode, _ measures: MeasureTable, _ problems: inout [Problem]
  ) -> Frontier? {
    var (index, points): (Int?, Int) = (nil, 6)
    let found = problems.count
    for (key, value) in node.members ?? [] {
      switch key.text {
      case "measure": index = measures.index(value, &problems)
      case "points": points = value.count(in: 2...100, &problems) ?? 2
      default: problems.append(key.problem("unknown key; expected measure, points"))
      }
    }
    guard problems.count == found else { return nil }
    guard let index else {
      problems.append(node.problem("expected {measure: …, points: …}"))
      return nil
    }
    return Frontier(measure: index, points: points)
  }
}
