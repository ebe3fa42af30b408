/// One thing that a scenario can set: its path, what values it takes and what it does.
///
/// A part declares its parameters about its own policy, with paths below the part. The whole that has
/// the part lifts them: the same parameter, of the whole, under a name.
public struct PartParameter<Root>: Sendable {
  /// Where it stands, for example `poster.max_age`.
  public let path: String
  /// What values it takes.
  public let kind: ParameterKind
  /// What it does, in one sentence.
  public let summary: String
  /// What axes and legends call it: the first clause of the summary unless it was given one.
  public private(set) var title: String
  /// The measures that it can move.
  public let affects: Set<MeasureGroup>
  /// Reads it; nil where the root says something else in its place.
  public let read: @Sendable (Root) -> ParameterValue?
  /// Writes a value of the parameter's kind.
  public let write: @Sendable (inout Root, ParameterValue) -> Void
  /// Whether a run reads it at all: what a scenario says elsewhere can make it idle.
  public private(set) var isUsed: @Sendable (Root) -> Bool

  /// Declares a parameter that every run reads.
  public init(
    path: String, kind: ParameterKind, summary: String, affects: Set<MeasureGroup>,
    read: @escaping @Sendable (Root) -> ParameterValue?,
    write: @escaping @Sendable (inout Root, ParameterValue) -> Void
  ) {
    self.path = path
    self.kind = kind
    self.summary = summary
    title = summary.firstClause
    self.affects = affects
    self.read = read
    self.write = write
    isUsed = { _ in true }
  }

  /// The same parameter with a title of its own, where the first clause of its summary is none.
  public func titled(_ title: String) -> PartParameter {
    var parameter = self
    parameter.title = title
    return parameter
  }

  /// The same parameter, which a run reads only where `condition` holds as well.
  public func used(when condition: @escaping @Sendable (Root) -> Bool) -> PartParameter {
    var parameter = self
    parameter.isUsed = { [isUsed] in condition($0) && isUsed($0) }
    return parameter
  }

  /// The same parameter, which a run reads where it does so in any of the states that a root goes through.
  public func used(inAnyOf states: @escaping @Sendable (Root) -> [Root]) -> PartParameter {
    var parameter = self
    parameter.isUsed = { [isUsed] in states($0).contains(where: isUsed) }
    return parameter
  }

  /// The same parameter, of a whole that has the root as a part.
  ///
  /// - Parameter name: what the part is called in the whole; its paths begin so. Empty for none.
  public func lifted<Whole>(
    under name: String, from part: @escaping @Sendable (Whole) -> Root,
    into change: @escaping @Sendable (inout Whole, (inout Root) -> Void) -> Void
  ) -> PartParameter<Whole> {
    var parameter = PartParameter<Whole>(
      path: name.isEmpty ? path : "\(name).\(path)", kind: kind, summary: summary,
      affects: affects, read: { [read] in read(part($0)) },
      write: { [write] whole, value in change(&whole) { write(&$0, value) } })
    parameter.isUsed = { [isUsed] in isUsed(part($0)) }
    parameter.title = title
    return parameter
  }

  /// The same parameter, of a whole that has the root as a part.
  public func lifted<Whole>(
    under name: String, to part: WritableKeyPath<Whole, Root> & Sendable
  ) -> PartParameter<Whole> {
    lifted(under: name, from: { $0[keyPath: part] }, into: { $1(&$0[keyPath: part]) })
  }
}

extension PartParameter {
  /// The name of its column in results: the path with underscores and the unit at the end.
  public var column: String {
    // The values of a distribution are texts that name their units.
    if case .distribution = kind { path.replacing(".", with: "_") } else { numberColumn }
  }

  /// The name of a column of its numbers, such as values that were drawn from a range.
  public var numberColumn: String {
    let name = path.replacing(".", with: "_")
    switch kind {
    case .quantity(let dimension), .distribution(let dimension):
      return name.hasSuffix(dimension.columnSuffix) ? name : name + dimension.columnSuffix
    case .word, .trace, .history: return name
    }
  }
}

extension Array {
  /// The same parameters, of a whole that has their root as a part.
  public func lifted<Root, Whole>(
    under name: String, to part: WritableKeyPath<Whole, Root> & Sendable
  ) -> [PartParameter<Whole>] where Element == PartParameter<Root> {
    map { $0.lifted(under: name, to: part) }
  }

  /// The same parameters with other titles.
  public func titled<Root>(
    _ title: (String) -> String
  ) -> [PartParameter<Root>] where Element == PartParameter<Root> {
    map { $0.titled(title($0.title)) }
  }

  /// The same parameters, which a run reads only where `condition` holds as well.
  public func used<Root>(
    when condition: @escaping @Sendable (Root) -> Bool
  ) -> [PartParameter<Root>] where Element == PartParameter<Root> {
    map { $0.used(when: condition) }
  }
}
