import Catalogue
import Results
import Worlds

extension FigureSpec {
  /// The one value of a factor that a figure shows, or the one rollup or service.
  public struct Filter: Hashable, Sendable {
    /// Path of the factor; `rollup` for whose measures are shown.
    public let path: String
    /// Its value as in results.
    public let cell: Table.Cell
  }

  /// The rollup or service whose measures alone it shows; nil for all.
  var subject: String? { filter.first { $0.path == Self.subjectAxis }?.cell.text }

  /// The reported measures that it shows, in the order of the table of measures.
  package func shown(of spec: ExperimentSpec) -> [Int] { shown(patterns, of: spec) }

  /// The reported measures that some patterns name, of what it shows.
  package func shown(_ patterns: [String], of spec: ExperimentSpec) -> [Int] {
    let reported = spec.measures.filter { measure in
      patterns.contains { spec.measureTable[measure].matches($0) }
    }
    guard let subject else { return reported }
    return reported.filter { spec.measureTable[$0].subjectName == subject }
  }

  /// Why it cannot be of the one rollup or service that it names; nil if it can, or names none.
  func subjectDefect(_ spec: ExperimentSpec) -> String? {
    guard let subject else { return nil }
    guard kind != .path else {
      return "fees are those of the settlement chain, of no rollup; expected a factor"
    }
    let shape = spec.measureTable.shape
    let names = shape.rollups + shape.services
    guard !names.contains(subject) else { return nil }
    return "expected one of: \(names.joined(separator: ", ")); found '\(subject.excerpt())'"
      + advice(for: subject, among: names)
  }
}

extension FigureSpec.Filter {
  /// Reads values, each of one factor.
  ///
  /// - Parameter allowingSubject: whether `rollup` may stand there as well, which is no factor.
  static func readAll(
    _ node: InputNode, _ shape: WorldShape, allowingSubject: Bool = false,
    _ problems: inout [Problem]
  ) -> [Self] {
    guard let members = node.atTop.members else {
      problems.append(node.problem("expected {factor: value}"))
      return []
    }
    let others = allowingSubject && shape.isNamed ? [FigureSpec.subjectAxis] : []
    var mentions = Mentions()
    return members.compactMap { key, value in
      let filter =
        allowingSubject && key.text == FigureSpec.subjectAxis
        ? ofSubject(key, value, shape, &problems)
        : ofFactor(key, value, shape, or: others, &problems)
      guard let filter else { return nil }
      if let message = mentions.repetition(of: filter.path, at: key.location) {
        problems.append(key.problem(message))
      }
      return filter
    }
  }

  private static func ofFactor(
    _ key: InputNode, _ value: InputNode, _ shape: WorldShape, or others: [String],
    _ problems: inout [Problem]
  ) -> Self? {
    Factor.read(key, value.asList, shape, or: others, &problems).map {
      Self(path: $0.path, cell: $0.levels[0].cell)
    }
  }

  private static func ofSubject(
    _ key: InputNode, _ value: InputNode, _ shape: WorldShape, _ problems: inout [Problem]
  ) -> Self? {
    guard shape.isNamed else {
      problems.append(key.problem("this scenario names no rollups; expected a factor"))
      return nil
    }
    guard let name = value.text else {
      problems.append(
        value.problem("expected the name of one rollup or service; found \(value.quotation)"))
      return nil
    }
    return Self(path: FigureSpec.subjectAxis, cell: .string(name))
  }
}
