import Catalogue
import Declarations
import Worlds

/// When a point has enough replications: `replications: {min: …, max: …, until: …}`.
///
/// A point is looked at after `min` replications, then each time there are half as many again, and
/// stops when every goal is met or there are `max`. Who looks often and stops at the first narrow
/// interval stops too often where the spread looks small by chance. So each look has its share of what
/// may go wrong: with k looks, every interval of the point has confidence 1 − (1 − c)/k, and all of
/// them together, whichever was the last, have c (Bonferroni).
public struct StoppingRule: Hashable, Sendable {
  /// How well a measure has to be known.
  public struct Goal: Hashable, Sendable {
    /// The place of the measure in the table of measures.
    public let measure: Int
    /// Half the width of its interval at most: a share of the mean, or in the unit of the measure.
    public let halfWidth: Double
    /// Whether that is a share of the mean.
    public let isRelative: Bool
    /// Confidence of the interval, all looks together.
    public let confidence: Double
  }

  /// The replications of a point after which it is looked at.
  public let looks: [Int]
  /// What has to be met.
  public let goals: [Goal]

  /// Replications at the first look and at the last one.
  static let range = 2...1_000_000

  init(fewest: Int, most: Int, goals: [Goal]) {
    self.goals = goals
    var looks = [fewest]
    while let last = looks.last, last < most { looks.append(min(last + (last + 1) / 2, most)) }
    self.looks = looks
  }

  /// The confidence of one interval with which the intervals of all looks together have another.
  package func confidencePerLook(_ together: Double) -> Double {
    1 - (1 - together) / Double(looks.count)
  }
}

extension ExperimentSpec {
  /// The confidence of one interval with which all looks together have another, where a rule looks.
  package func confidencePerLook(_ together: Double) -> Double {
    stopping?.confidencePerLook(together) ?? together
  }
}

extension StoppingRule {
  private static let keys = InputSchema.stoppingMembers.map(\.key)
  private static let goalKeys = InputSchema.goalMembers.map(\.key)
  private static let example =
    "{min: 8, max: 200, until: {measure: cost_data_wei_per_tx_mean, relative: 0.01}}"

  /// Reads the rule, or adds to `problems` why it cannot.
  ///
  /// - Parameters:
  ///   - confidence: of goals that say nothing else.
  ///   - measures: what goals can be about.
  static func read(
    _ node: InputNode, confidence: Double, _ measures: MeasureTable, _ problems: inout [Problem]
  ) -> StoppingRule? {
    var counts: [String: Int] = [:]
    var goals: [Goal]?
    let found = problems.count
    for (key, value) in node.members ?? [] where !problems.isFull {
      switch key.text ?? "?" {
      case let name where ["min", "max"].contains(name):
        counts[name] = value.count(in: range, &problems)
      case "until": goals = readGoals(value, confidence, measures, &problems)
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: keys))"))
      }
    }
    guard problems.count == found else { return nil }
    guard let fewest = counts["min"], let most = counts["max"], let goals else {
      problems.append(node.problem("expected a whole number, or such as \(example)"))
      return nil
    }
    guard fewest <= most else {
      problems.append(node.problem("min is \(fewest) and max is \(most); expected min <= max"))
      return nil
    }
    return StoppingRule(fewest: fewest, most: most, goals: goals)
  }

  private static func readGoals(
    _ node: InputNode, _ confidence: Double, _ measures: MeasureTable,
    _ problems: inout [Problem]
  ) -> [Goal] {
    let nodes = node.elements ?? [node]
    guard !nodes.isEmpty, nodes.count <= ExperimentSpec.patternLimit else {
      problems.append(node.problem("expected {measure: …, relative: …} or a list of them"))
      return []
    }
    return nodes.compactMap { readGoal($0, confidence, measures, &problems) }
  }

  private static func readGoal(
    _ node: InputNode, _ confidence: Double, _ measures: MeasureTable,
    _ problems: inout [Problem]
  ) -> Goal? {
    var confidence = confidence
    var measure: Int?
    var widths: [(node: InputNode, isRelative: Bool)] = []
    let found = problems.count
    for (key, value) in node.members ?? [] {
      switch key.text ?? "?" {
      case "measure": measure = measures.index(value, &problems)
      case "confidence": confidence = value.confidence(&problems) ?? confidence
      case "relative": widths.append((value, true))
      case "absolute": widths.append((value, false))
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: goalKeys))"))
      }
    }
    guard problems.count == found else { return nil }
    guard let measure, widths.count == 1 else {
      problems.append(
        node.problem("expected {measure: …, relative: …} or {measure: …, absolute: …}"))
      return nil
    }
    let (width, isRelative) = widths[0]
    let dimension = isRelative ? .share : measures[measure].dimension
    guard let halfWidth = width.quantity(dimension, &problems) else { return nil }
    guard halfWidth > 0 else {
      problems.append(width.problem("expected half a width above 0"))
      return nil
    }
    return Goal(
      measure: measure, halfWidth: halfWidth, isRelative: isRelative, confidence: confidence)
  }
}
