import Randomness

/// What a scenario can say about one parameter, in base units.
public enum ParameterValue: Hashable, Sendable {
  /// A quantity.
  case quantity(Double)
  /// One of a few words.
  case word(String)
  /// A distribution of a quantity.
  case distribution(Distribution)
  /// A factor over time, from a file.
  case trace(DemandTrace)
  /// The blocks of a chain's history, from a file.
  case history(BlockTrace)
}

/// What values a parameter takes.
public enum ParameterKind: Hashable, Sendable {
  /// A quantity of a dimension.
  case quantity(Dimension)
  /// One of these words.
  case word([String])
  /// A distribution of a quantity.
  case distribution(Dimension)
  /// A factor or a number over time, from a file.
  case trace(DemandTrace.Content)
  /// The blocks of a chain's history, from a file.
  case history

  /// The unit of its values; empty for words and traces.
  public var unit: String {
    switch self {
    case .quantity(let dimension), .distribution(let dimension): dimension.baseUnit
    case .word, .trace, .history: ""
    }
  }

  /// What a value must look like.
  public var expectation: String {
    switch self {
    case .quantity(let dimension): dimension.expectation
    case .word(let words): "expected one of: \(words.joined(separator: ", "))"
    case .distribution(let dimension):
      "\(dimension.expectation), or a distribution such as "
        + "{lognormal: {mean: …, cv: …}}"
    case .trace, .history: "expected the path of a CSV file, or none"
    }
  }
}

extension ParameterKind {
  /// Every way to write no and yes in YAML.
  public static let truths: [(text: String, isTrue: Bool)] = [
    ("no", false), ("false", false), ("off", false), ("yes", true), ("true", true), ("on", true),
  ].flatMap { word, isTrue in
    let capitalised = word.capitalizedFirst
    return [(word, isTrue), (capitalised, isTrue), (word.uppercased(), isTrue)]
  }

  /// Whether it is a choice of no and yes.
  public var isTruth: Bool {
    guard case .word(let words) = self else { return false }
    return words.count == 2 && words.allSatisfy { Self.truth(of: $0) != nil }
  }

  /// The word that a text means, a choice of no and yes in whatever way it is written; nil for none.
  public func word(meantBy text: String) -> String? {
    guard case .word(let words) = self else { return nil }
    guard isTruth else { return words.contains(text) ? text : nil }
    return Self.truth(of: text).flatMap { truth in words.first { Self.truth(of: $0) == truth } }
  }

  private static func truth(of text: String) -> Bool? {
    truths.first { $0.text == text }?.isTrue
  }
}

extension ParameterValue {
  /// The number that this is, or that this distribution always gives; nil for anything else.
  public var constant: Double? {
    switch self {
    case .quantity(let value), .distribution(.constant(let value)): value
    case .word, .distribution, .trace, .history: nil
    }
  }

  /// The value as text in base units, with its unit if it has one.
  public func text(in kind: ParameterKind) -> String {
    switch self {
    case .quantity(let value): kind.unit.isEmpty ? value.shortest : "\(value.shortest) \(kind.unit)"
    case .word(let word): word
    case .trace(let trace): trace.name
    case .history(let trace): trace.name
    case .distribution(let distribution): distribution.text(unit: kind.unit)
    }
  }
}

extension Double {
  /// The shortest decimal text that reads back as the same number; whole numbers without a point.
  public var shortest: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
