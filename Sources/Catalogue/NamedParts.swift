import Declarations
import Rollup
import Worlds

/// The names that a source gives to rollups, their changes, services and groups of light rollups, in its
/// order.
struct NamedParts {
  /// A kind of thing that a scenario names, by the first word of its paths.
  enum Kind: String, CaseIterable {
    case rollups
    case services
    case neighbours

    /// One of them, in words.
    var one: String {
      switch self {
      case .rollups: "rollup"
      case .services: "service"
      case .neighbours: "group of light rollups"
      }
    }
  }

  private(set) var rollups: [String] = []
  private(set) var services: [String] = []
  private(set) var groups: [String] = []
  private(set) var changes: [WorldShape.Change] = []

  /// The most rollups and services of a scenario.
  static let limit = 100

  /// The names in a mapping of parameters, whose keys may be nested or joined by dots.
  init(in node: InputNode, _ problems: inout [Problem]) {
    addChanges(in: node, &problems)
    for (key, value) in node.members ?? [] {
      let words = key.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard let kind = Kind(rawValue: words[0]) else { continue }
      if words.count > 1 {
        add(words[1], kind, key, &problems)
      } else {
        for (inner, _) in value.members ?? [] {
          // A key below may go on with dots.
          let rest = inner.path.split(separator: ".", omittingEmptySubsequences: false)
          if rest.count > 1 { add(String(rest[1]), kind, inner, &problems) }
        }
      }
    }
  }

  /// Whatever stands at `changes.NAME` or `rollups.ROLLUP.changes.NAME`, however it is nested.
  private mutating func addChanges(in node: InputNode, _ problems: inout [Problem]) {
    for (key, value) in node.members ?? [] {
      let words = key.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      let isNamed = words[0] == Kind.rollups.rawValue
      let own = isNamed ? Array(words.dropFirst(2)) : words
      guard own.isEmpty || own[0] == Self.changes else { continue }
      guard own.count > 1 else {
        addChanges(in: value, &problems)
        continue
      }
      let change = WorldShape.Change(of: isNamed ? words[1] : "", called: own[1])
      guard !changes.contains(change) else { continue }
      if let defect = Self.defect(ofWord: change.name) {
        problems.append(key.problem(defect))
      } else {
        changes.append(change)
        if changes.count == Self.limit + 1 {
          problems.append(key.problem("expected at most \(Self.limit) changes"))
        }
      }
    }
  }

  /// What the paths of changes begin with, below their rollup.
  static let changes = "changes"

  private mutating func add(
    _ name: String, _ kind: Kind, _ node: InputNode, _ problems: inout [Problem]
  ) {
    if let defect = Self.defect(of: name, kind) {
      problems.append(node.problem(defect))
      return
    }
    let isNew: Bool
    switch kind {
    case .rollups: isNew = rollups.addOnce(name)
    case .services: isNew = services.addOnce(name)
    case .neighbours:
      isNew = !NeighbourPolicy.sizes.contains(name) && groups.addOnce(name)
    }
    if isNew, max(rollups.count, services.count, groups.count) == Self.limit + 1 {
      problems.append(node.problem("expected at most \(Self.limit) \(kind.rawValue)"))
    }
  }

  /// Why a name is none; nil if it is one.
  private static func defect(ofWord name: String) -> String? {
    let isWord =
      name.utf8.first.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 } == true
      && name.utf8.count <= 40
      && name.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
      }
    return isWord
      ? nil
      : "expected a name of lower-case letters, digits, '-' and '_', at most 40; found "
        + "'\(name.excerpt())'"
  }

  private static func defect(of name: String, _ kind: Kind) -> String? {
    if let defect = defect(ofWord: name) { return defect }
    if [Hosting.settlement, Proving.own].contains(name) {
      return "expected another name: '\(name)' means something else"
    }
    // A group by mistake would be a group without rollups.
    let advice = advice(for: name, among: NeighbourPolicy.sizes)
    guard kind == .neighbours, !NeighbourPolicy.sizes.contains(name), !advice.isEmpty else {
      return nil
    }
    return "unknown group\(advice)"
  }
}

extension [String] {
  /// Adds an element that is not there.
  ///
  /// - Returns: whether it was not.
  fileprivate mutating func addOnce(_ element: String) -> Bool {
    guard !contains(element) else { return false }
    append(element)
    return true
  }
}
