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
  /// Writes a value of the parameter's kind.
  public let write: @Sendable (inout Root, ParameterValue) -> Void
  @usableFromInline let reader: Reader<ParameterValue?>
  @usableFromInline var condition: Reader<Bool>

  /// Reads of a root where it lies.
  @usableFromInline
  typealias Reader<Value> = @Sendable (UnsafePointer<Root>) -> Value

  /// Declares a parameter that every run reads.
  public init(
    path: String, kind: ParameterKind, summary: String, affects: Set<MeasureGroup>,
    read: @escaping @Sendable (Root) -> ParameterValue?,
    write: @escaping @Sendable (inout Root, ParameterValue) -> Void
  ) {
    self.init(
      path: path, kind: kind, summary: summary, title: summary.firstClause, affects: affects,
      reader: { lend($0, to: read) }, write: write, condition: { _ in true })
  }

  @usableFromInline
  init(
    path: String, kind: ParameterKind, summary: String, title: String, affects: Set<MeasureGroup>,
    reader: @escaping Reader<ParameterValue?>,
    write: @escaping @Sendable (inout Root, ParameterValue) -> Void,
    condition: @escaping Reader<Bool>
  ) {
    self.path = path
    self.kind = kind
    self.summary = summary
    self.title = title
    self.affects = affects
    self.reader = reader
    self.write = write
    self.condition = condition
  }

  /// Its value; nil where the root says something else in its place.
  @inlinable
  public func read(_ root: Root) -> ParameterValue? { withUnsafePointer(to: root, reader) }

  /// Whether a run reads it at all: what a scenario says elsewhere can make it idle.
  @inlinable
  public func isUsed(_ root: Root) -> Bool { withUnsafePointer(to: root, condition) }

  /// The same parameter with a title of its own, where the first clause of its summary is none.
  public func titled(_ title: String) -> PartParameter {
    var parameter = self
    parameter.title = title
    return parameter
  }

  /// The same parameter, which a run reads only where `condition` holds as well.
  @inlinable
  public func used(when condition: @escaping @Sendable (Root) -> Bool) -> PartParameter {
    var parameter = self
    parameter.condition = { [before = self.condition] in lend($0, to: condition) && before($0) }
    return parameter
  }

  /// The same parameter, which a run reads where it does so in any of the states that a root goes through, itself
  /// being the first.
  @inlinable
  public func used(inAnyOf states: @escaping @Sendable (Root) -> [Root]) -> PartParameter {
    var parameter = self
    // The others take long to find.
    parameter.condition = { [condition] in
      condition($0)
        || states($0.pointee).dropFirst().contains { withUnsafePointer(to: $0, condition) }
    }
    return parameter
  }

  /// The same parameter, of a whole that has the root as a part.
  ///
  /// - Parameter name: what the part is called in the whole; its paths begin so. Empty for none.
  @inlinable
  public func lifted<Whole>(
    under name: String, to part: WritableKeyPath<Whole, Root> & Sendable
  ) -> PartParameter<Whole> {
    let view = PartView(part)
    return PartParameter<Whole>(
      path: name.isEmpty ? path : "\(name).\(path)", kind: kind, summary: summary, title: title,
      affects: affects, reader: { [reader] in view.read(in: $0, reader) },
      write: { [write] in write(&$0[keyPath: part], $1) },
      condition: { [condition] in view.read(in: $0, condition) })
  }

  /// The same parameter, of several of its roots: of the one at a place.
  @inlinable
  public func at(_ place: Int) -> PartParameter<[Root]> {
    PartParameter<[Root]>(
      path: path, kind: kind, summary: summary, title: title, affects: affects,
      reader: { [reader] roots in roots.pointee.visit(place, reader) },
      write: { [write] in write(&$0[place], $1) },
      condition: { [condition] roots in roots.pointee.visit(place, condition) })
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
  /// The value of each of these parameters; nil where the root says something else in its place.
  @inlinable
  public func values<Root>(in root: Root) -> [ParameterValue?]
  where Element == PartParameter<Root> {
    withUnsafePointer(to: root) { root in indices.map { self[$0].reader(root) } }
  }

  /// Whether a run reads each of these parameters.
  @inlinable
  public func used<Root>(in root: Root) -> [Bool] where Element == PartParameter<Root> {
    withUnsafePointer(to: root) { root in indices.map { self[$0].condition(root) } }
  }

  /// The same parameters, of a whole that has their root as a part.
  @inlinable
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
