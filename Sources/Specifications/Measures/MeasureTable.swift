import Catalogue
import Declarations
import Worlds

/// All measures that an experiment can speak of, in the order of rows and columns: those of its world, then
/// those that it derives from them.
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
    /// What axes and legends call it, without its unit.
    public let title: String
    /// What it says, in one sentence.
    public let meaning: String
    /// The smallest amounts that it is the sum of; empty for what is no sum.
    let portions: Set<String>

    /// How it follows from others; nil for what runs measure.
    let derivation: Derivation?

    init(_ measure: Measure) {
      subjectPath = measure.subjectPath
      subjectName = measure.subjectName
      name = measure.name
      unit = measure.unit
      title = measure.title
      meaning = measure.meaning
      portions = measure.portions
      derivation = nil
    }

    /// - Parameter portions: those of what it is derived from.
    init(
      _ definition: DerivedMeasure, of rollup: String, _ derivation: Derivation,
      portions: Set<String>
    ) {
      subjectPath = WorldShape.path(ofRollup: rollup)
      subjectName = rollup
      name = definition.name
      unit = definition.unit
      title = definition.title
      meaning = definition.meaning
      self.portions = portions
      self.derivation = derivation
    }
  }

  /// What the scenario of the experiment names.
  public let shape: WorldShape
  /// What the experiment derives, in its order.
  package private(set) var derived: [DerivedMeasure] = []
  private var entries: [Entry] = []
  /// The places of the entries that a name means, with its subject or without.
  private var placesByName: [String: [Int]] = [:]

  /// The measures of worlds of a shape.
  public init(of shape: WorldShape) {
    self.shape = shape
    for measure in shape.measures { append(Entry(measure)) }
  }

  private mutating func append(_ entry: Entry) {
    for name in Set([entry.name, entry.qualifiedName]) {
      placesByName[name, default: []].append(entries.count)
    }
    entries.append(entry)
  }

  /// Adds a derived measure: once for each rollup, or once if it is the same for all.
  mutating func define(_ measure: DerivedMeasure) {
    derived.append(measure)
    let isOnce = shape.isNamed && measure.expression.uses.allSatisfy { isOfAll($0.name) }
    for rollup in isOnce ? [""] : shape.rollups {
      let places = measure.expression.uses.compactMap { use in
        place(of: use.name, forRollup: rollup).map { (use.name, $0) }
      }
      let derivation = Derivation(measure.expression, places, entries)
      append(
        Entry(measure, of: rollup, derivation, portions: portions(of: derivation, measure.unit)))
    }
  }

  /// What a derived measure counts: all that is in what it is derived from, if that has its unit.
  private func portions(of derivation: Derivation, _ unit: String) -> Set<String> {
    let roots = derivation.roots.map { entries[$0] }
    guard roots.allSatisfy({ $0.unit == unit && !$0.portions.isEmpty }) else { return [] }
    return roots.reduce(into: []) { $0.formUnion($1.portions) }
  }

  /// Whether a name means the same whatever the rollup of the row.
  private func isOfAll(_ name: String) -> Bool {
    name.contains(".") || indices(of: name).contains { entries[$0].subjectPath.isEmpty }
  }

  /// The place of the measure that a name means in an expression for a rollup; nil if there is none.
  func place(of name: String, forRollup rollup: String) -> Int? {
    let found = indices(of: name)
    if shape.isNamed, isOfAll(name) { return found.first }
    let path = WorldShape.path(ofRollup: rollup)
    return found.first { entries[$0].subjectPath == path }
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
}

extension MeasureTable.Entry {
  /// What specifications and messages call it: with its subject, where that has a name.
  public var qualifiedName: String { subjectPath.isEmpty ? name : "\(subjectPath).\(name)" }

  /// Whether `pattern` names this measure: exactly, without the `_mean` at its end, or with `*`; with its
  /// subject or without.
  public func matches(_ pattern: String) -> Bool {
    // By bytes, as Foundation else looks for a text of one letter.
    (pattern.utf8.contains(UInt8(ascii: ".")) ? qualifiedName : name).isMeasure(named: pattern)
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
