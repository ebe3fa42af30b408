import Catalogue
import Declarations
import Worlds

/// All measures that an experiment can speak of, in the order of rows and columns.
public struct MeasureTable: Sendable {
  /// One of them.
  public struct Entry: Sendable {
    /// The path of its subject; empty for the only rollup of a scenario that names none.
    public let subjectPath: String
    /// What its subject is called in tables; empty for the only rollup of a scenario that names none.
    public let subjectName: String
    /// snake_case, without its subject.
    public let name: String
    /// SI unit; 1 for a plain number.
    public let unit: String
    /// What it says, in one sentence.
    public let meaning: String

    init(_ measure: Measure) {
      subjectName = measure.subjectName
      name = measure.name
      unit = measure.unit
      meaning = measure.meaning
      subjectPath = measure.subjectPath
    }
  }

  /// What the scenario of the experiment names.
  public let shape: WorldShape
  private let entries: [Entry]
  /// The places of the entries that a name means, with its subject or without.
  private let placesByName: [String: [Int]]

  /// The measures of worlds of a shape.
  public init(of shape: WorldShape) {
    self.shape = shape
    entries = shape.measures.map(Entry.init)
    var places: [String: [Int]] = [:]
    for (place, entry) in entries.enumerated() {
      for name in Set([entry.name, entry.qualifiedName]) { places[name, default: []].append(place) }
    }
    placesByName = places
  }

  /// The places of all entries.
  public var indices: Range<Int> { entries.indices }

  /// The entry at a place.
  public subscript(index: Int) -> Entry { entries[index] }

  /// The places of the entries that a pattern names.
  public func indices(matching pattern: String) -> [Int] {
    indices.filter { entries[$0].matches(pattern) }
  }

  /// The places of the entries that have a name, whose `_mean` at the end may be left out: several for
  /// one without a subject, where several have such a measure.
  public func indices(of name: String) -> [Int] {
    placesByName[name] ?? placesByName["\(name)_mean"] ?? []
  }

  /// What the entries at some places are called in the way of a name: with their subjects if it has one.
  package func names(like name: String, at places: [Int]) -> [String] {
    places.map { name.contains(".") ? self[$0].qualifiedName : self[$0].name }
  }

  /// The expectation of the measure at a place over all replications of a scenario; nil where it is not
  /// known without runs, or where all runs have the same value.
  package func knownMean(of index: Int, in scenario: Scenario) -> Double? {
    shape.measures[index].knownMean(in: scenario)
  }

  /// What each of the measures at some places rests on at worst.
  package func bases(of indices: [Int], in resolved: ResolvedScenario) -> [Basis] {
    resolved.bases(of: indices.map { shape.measures[$0] })
  }
}

extension MeasureTable.Entry {
  /// What specifications and messages call it: with its subject, where that has a name.
  public var qualifiedName: String { subjectPath.isEmpty ? name : "\(subjectPath).\(name)" }

  /// Whether `pattern` names this measure: exactly, without the `_mean` at its end, or with `*`; with its
  /// subject or without.
  public func matches(_ pattern: String) -> Bool {
    let name = pattern.contains(".") ? qualifiedName : name
    return name.matches(pattern) || pattern + "_mean" == name
  }

  /// Whether a name is its own, in full.
  func isCalled(_ name: String) -> Bool { name == self.name || name == qualifiedName }

  /// The dimension in which a specification writes values of the measure.
  package var dimension: Declarations.Dimension { unit == "s" ? .duration : .number }
}

extension Measure {
  /// The path of its subject; empty for the only rollup of a scenario that names none.
  fileprivate var subjectPath: String {
    switch subject {
    case .rollup: WorldShape.path(ofRollup: subjectName)
    case .service: "services.\(subjectName)"
    }
  }
}
