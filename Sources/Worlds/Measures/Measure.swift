import Ledger
import Rollup
import Statistics

/// The groups of measures, by the first word of their names.
public enum MeasureGroup: String, CaseIterable, Sendable {
  /// Time from submission to a stage.
  case finality
  /// Rates.
  case throughput
  /// What the operator pays.
  case cost
  /// What users pay, and the fees of the settlement chain.
  case fee
  /// Sizes of data.
  case bytes
  /// Batches.
  case batch
  /// The proof pipeline.
  case prover
  /// How settlement transactions come into blocks.
  case inclusion
  /// What rollups take of the market for blobs.
  case market
  /// How deposits come to the rollup.
  case deposit
  /// What others want of the settlement chain.
  case demand
}

/// One figure of a run: its name, unit and meaning, and how it is read off.
public struct Measure: Sendable {
  /// snake_case: `group_measure_unit[_statistic]`.
  public let name: String
  /// SI unit; empty for a plain number.
  public let unit: String
  /// What it says, in one sentence.
  public let meaning: String
  /// The group that its name begins with.
  public let group: MeasureGroup
  let value: @Sendable (RunSummary) -> Double?
  private let knownMean: @Sendable (Scenario) -> Double?
  /// Of each parameter, whether it can move the measure: looked up for every design point.
  private let isMoved: [Bool]

  /// - Parameters:
  ///   - parts: the parts of a scenario whose parameters can move it.
  ///   - knownMean: its expectation, where a scenario gives it and runs vary about it.
  init(
    _ group: MeasureGroup, _ rest: String, unit: String, rests parts: Set<Part>, _ meaning: String,
    knownMean: @escaping @Sendable (Scenario) -> Double? = { _ in nil },
    value: @escaping @Sendable (RunSummary) -> Double?
  ) {
    name = "\(group.rawValue)_\(rest)"
    self.unit = unit
    self.meaning = meaning
    self.group = group
    self.value = value
    self.knownMean = knownMean
    isMoved = Parameter.all.map { parts.contains($0.part) && $0.affects.contains(group) }
  }

  /// Its expectation over all replications of a scenario; nil where it is not known without runs, or
  /// where all runs have the same value.
  public func knownMean(in scenario: Scenario) -> Double? { knownMean(scenario) }

  /// Whether the parameter at a place in `Parameter.all` can move it.
  public func isMoved(byParameterAt index: Int) -> Bool { isMoved[index] }

  /// Every measure, in the order of columns.
  public static let all: [Measure] =
    finality + throughput + cost + fee + bytes + batch + prover + inclusion + market + deposit
    + demand
}

extension Measure {
  private static let indexByName = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

  /// The place in `all` of the measure with a name, whose `_mean` at the end may be left out; nil if
  /// there is none.
  public static func index(of name: String) -> Int? {
    indexByName[name] ?? indexByName["\(name)_mean"]
  }

  /// The places in `all` of the measures that `pattern` names.
  public static func indices(matching pattern: String) -> [Int] {
    all.indices.filter { all[$0].matches(pattern) }
  }

  /// Whether `pattern` names this measure: exactly, without the `_mean` at its end, or with `*`.
  public func matches(_ pattern: String) -> Bool {
    name.matches(pattern) || pattern + "_mean" == name
  }
}
