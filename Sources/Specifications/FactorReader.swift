import Catalogue
import Declarations
import Designs
import Results
import Worlds

/// Reads the factors of an experiment.
struct FactorReader {
  /// Whether the design chooses values in ranges.
  let isSampled: Bool
  /// The factors so far.
  private(set) var factors: [Factor] = []
  /// The paths of all factors, and of those so far, whether they could be read or not.
  private var paths: [String] = []
  private var pathsRead: [String] = []
  private var mentions = Mentions()

  /// What the scenario names.
  private let shape: WorldShape

  init(_ shape: WorldShape, isSampled: Bool) {
    self.shape = shape
    self.isSampled = isSampled
  }

  /// Reads a mapping, or a list of mappings with one factor each.
  static func read(
    _ node: InputNode, _ shape: WorldShape, isSampled: Bool, _ problems: inout [Problem]
  ) -> [Factor] {
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
    var reader = FactorReader(shape, isSampled: isSampled)
    reader.paths = pairs.map { Factor.path($0.key.text ?? "?") }
    for (key, value) in pairs where !problems.isFull {
      reader.add(key, value, &problems)
      // Before a design is made of them, which has a limit of its own.
      let levels = reader.factors.map(\.levels.count).reduce(0, +)
      guard levels <= ExperimentSpec.levelLimit else {
        problems.append(
          key.problem("expected at most \(ExperimentSpec.levelLimit) levels of all factors"))
        break
      }
    }
    return reader.factors
  }

  private mutating func add(_ key: InputNode, _ value: InputNode, _ problems: inout [Problem]) {
    defer { pathsRead.append(Factor.path(key.text ?? "?")) }
    guard let subject = Factor.Subject.read(key, shape, &problems),
      let source = source(of: subject, value, &problems)
    else { return }
    let factor = subject.factor(source)
    var seen: Set<Table.Cell> = []
    for level in factor.levels where !problems.isFull && !seen.insert(level.cell).inserted {
      problems.append(value.problem("the value \(level.cell.text) appears twice"))
      // The points of a range that is too narrow for them all have one cause.
      if value.elements == nil { break }
    }
    if let message = mentions.repetition(of: factor.path, at: key.location) {
      problems.append(key.problem(message))
    }
    factors.append(factor)
  }

  private func source(
    of subject: Factor.Subject, _ values: InputNode, _ problems: inout [Problem]
  ) -> Factor.Source? {
    guard case .parameter(let index) = subject.target, let kind = subject.kind,
      case .quantity(let dimension) = kind, let members = values.members
    else { return subject.levels(values, &problems).map(Factor.Source.levels) }
    if let member = members.first(where: { $0.key.text == "expression" }) {
      guard members.count == 1 else {
        problems.append(values.problem("expected an expression and nothing else"))
        return nil
      }
      let target = Factor.Target(parameter: index, kind: kind, location: member.value.location)
      return expression(member.value, &problems).map { .expression($0, target) }
    }
    guard
      let (range, points) = FactorRange.read(
        values, dimension, isSampled: isSampled, &problems)
    else {
      problems.append(values.problem(isSampled ? Self.sampledForms : Factor.Subject.forms))
      return nil
    }
    let target = Factor.Target(parameter: index, kind: kind, location: values.location)
    return isSampled ? .range(range, target) : .levels(range.values(points).map(target.level))
  }

  private static let sampledForms =
    "expected a list of values, or for quantities {linear: [low, high]}, {log: [low, high]} or "
    + "{expression: …}"

  private func expression(_ node: InputNode, _ problems: inout [Problem]) -> Expression? {
    guard let text = node.text else {
      problems.append(node.problem("expected an expression such as '2 * poster.max_age + 30'"))
      return nil
    }
    do throws(ExpressionError) {
      let expression = try ExpressionParser.expression(text)
      let wrong = expression.uses.compactMap { use in
        defect(of: use.name).map { node.problem("at character \(use.position): \($0)") }
      }
      problems += wrong
      return wrong.isEmpty ? expression : nil
    } catch {
      problems.append(node.problem("at character \(error.position): \(error.advisedMessage)"))
      return nil
    }
  }

  /// Why a name is no number that an expression can use at this place.
  private func defect(of name: String) -> String? {
    if let factor = factors.first(where: { $0.path == name }) {
      return factor.isNumeric ? nil : "'\(name)' is no number"
    }
    // What is wrong with a factor that could not be read was said there.
    if pathsRead.contains(name) { return nil }
    if paths.contains(name) { return "'\(name)' does not come before this factor" }
    let candidates = factors.filter(\.isNumeric).map(\.path)
    return "no factor before this one is called '\(name)'\(advice(for: name, among: candidates))"
  }
}

extension Factor {
  /// A factor with a list of values, each as a specification writes it: for programs.
  ///
  /// - Parameter shape: what the scenario names.
  /// - Throws: `InvalidInput` if nothing that varies has this path, or a value is none of it.
  public init(
    _ path: String, values: [String], in shape: WorldShape = .single
  ) throws(InvalidInput) {
    let file = "factor \(path)"
    let list = try InputNode.parse("[\(values.joined(separator: ", "))]", file: file, path: path)
    guard let subject = Subject.named(path, shape) else {
      throw InvalidInput([Problem(Location(file: file), path: path, Subject.unknown(path, shape))])
    }
    var problems: [Problem] = []
    guard let levels = subject.levels(list, &problems) else { throw InvalidInput(problems) }
    self = subject.factor(.levels(levels))
  }

  /// What a factor varies, in scenarios of a shape.
  struct Subject {
    let target: ScenarioTarget
    let shape: WorldShape
  }

  /// The path that a name means.
  fileprivate static func path(_ name: String) -> String {
    name == "settlement" ? "settlement.chain" : name
  }

  /// Reads a factor with a list of values, or adds to `problems` why it is none.
  ///
  /// - Parameter others: what may stand in its place, for messages.
  static func read(
    _ key: InputNode, _ values: InputNode, _ shape: WorldShape, or others: [String] = [],
    _ problems: inout [Problem]
  ) -> Factor? {
    guard let subject = Subject.read(key, shape, or: others, &problems),
      let levels = subject.levels(values, &problems)
    else { return nil }
    return subject.factor(.levels(levels))
  }
}

extension Factor.Subject {
  static let forms =
    "expected a list of values, or for quantities {linear: [low, high], points: n}, "
    + "{log: [low, high], points: n} or {expression: …}"

  /// Its path.
  var path: String { shape.path(of: target) }

  /// What values the parameter takes; nil for presets.
  var kind: ParameterKind? {
    if case .parameter(let index) = target { shape.parameters[index].kind } else { nil }
  }

  /// A factor of this that takes its values from a source.
  func factor(_ source: Factor.Source) -> Factor {
    Factor(path: path, column: column, source: source)
  }

  private var column: Table.Column {
    switch target {
    case .system: .init(path.replacing(".", with: "_"), .string, "Preset of the rollup.")
    case .chain: .init("settlement_chain", .string, "Preset of the settlement chain.")
    case .parameter(let index): Self.column(of: shape.parameters[index])
    }
  }

  private static func column(of parameter: Parameter) -> Table.Column {
    var isNumber = false
    if case .quantity = parameter.kind { isNumber = true }
    return .init(
      parameter.column, isNumber ? .number : .string, unit: parameter.kind.unit, parameter.summary)
  }

  /// What a name means; nil if it means nothing that varies.
  static func named(_ name: String, _ shape: WorldShape) -> Factor.Subject? {
    shape.target(of: name).map { Factor.Subject(target: $0, shape: shape) }
  }

  /// Why a name means nothing that varies.
  ///
  /// - Parameter others: what may stand there beside factors.
  static func unknown(_ name: String, _ shape: WorldShape, or others: [String] = []) -> String {
    if let defect = shape.defect(ofNamesIn: name) { return defect }
    let nearest = advice(for: Factor.path(name), among: others + shape.paths)
    let isGroup = nearest.isEmpty && shape.isGroup(name)
    return "unknown factor" + (isGroup ? "; expected a path below \(name)" : nearest)
  }

  static func read(
    _ key: InputNode, _ shape: WorldShape, or others: [String] = [], _ problems: inout [Problem]
  ) -> Factor.Subject? {
    let name = key.text ?? "?"
    guard let subject = named(name, shape) else {
      problems.append(key.problem(unknown(name, shape, or: others)))
      return nil
    }
    return subject
  }

  /// Reads a list of its values, or adds to `problems` why it is none.
  func levels(_ values: InputNode, _ problems: inout [Problem]) -> [Factor.Level]? {
    guard let elements = values.elements, !elements.isEmpty else {
      problems.append(values.problem(expectation))
      return nil
    }
    switch target {
    case .system(let rollup):
      return elements.map { .system(rollup, .init($0.text ?? "?", $0.location)) }
    case .chain: return elements.map { .chain(.init($0.text ?? "?", $0.location)) }
    case .parameter(let index):
      let found = problems.count
      let kind = shape.parameters[index].kind
      let levels = elements.compactMap { element -> Factor.Level? in
        guard !problems.isFull else { return nil }
        return element.value(of: kind, &problems).map {
          .setting(.init(parameter: index, kind: kind, value: $0, location: element.location))
        }
      }
      return problems.count == found ? levels : nil
    }
  }

  private var expectation: String {
    if case .parameter = target { Self.forms } else { "expected a list of at least one preset" }
  }
}
