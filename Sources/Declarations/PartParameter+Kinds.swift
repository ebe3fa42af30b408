import EventKernel
import Randomness

/// Where a value of a kind stands in a policy.
public typealias Place<Root, Value> = WritableKeyPath<Root, Value> & Sendable

extension PartParameter {
  /// A quantity of a dimension, in base units.
  public static func quantity(
    _ path: String, _ dimension: Dimension, _ summary: String,
    affects: Set<MeasureGroup> = .everything,
    read: @escaping @Sendable (Root) -> Double?,
    write: @escaping @Sendable (inout Root, Double) -> Void
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .quantity(dimension), summary: summary, affects: affects,
      read: { read($0).map(ParameterValue.quantity) },
      write: { write(&$0, $1.quantity(of: path)) })
  }

  /// A length of time.
  public static func duration(
    _ path: String, _ key: any Place<Root, SimDuration>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .quantity(.duration), key, summary, affects) {
      .quantity($0.seconds)
    } write: {
      guard let duration = SimDuration(seconds: $1.quantity(of: path)) else {
        preconditionFailure("\(path) is beyond the clock")
      }
      $0 = duration
    }
  }

  /// A number, with a fraction.
  public static func number(
    _ path: String, _ dimension: Dimension, _ key: any Place<Root, Double>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .quantity(dimension), key, summary, affects) {
      .quantity($0)
    } write: {
      $0 = $1.quantity(of: path)
    }
  }

  /// A whole number.
  public static func whole<Number: FixedWidthInteger & Sendable>(
    _ path: String, _ dimension: Dimension, _ key: any Place<Root, Number>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .quantity(dimension), key, summary, affects) {
      .quantity(Double($0))
    } write: {
      guard let number = Number(exactly: $1.quantity(of: path).rounded()) else {
        preconditionFailure("\(path) is beyond its whole numbers")
      }
      $0 = number
    }
  }

  /// One of a few words.
  public static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ path: String, _ key: any Place<Root, Word>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .word(Word.allCases.map(\.rawValue)), key, summary, affects) {
      .word($0.rawValue)
    } write: {
      guard let word = Word(rawValue: $1.word(of: path)) else {
        preconditionFailure("\(path) takes one of its words")
      }
      $0 = word
    }
  }

  /// No or yes.
  public static func flag(
    _ path: String, _ key: any Place<Root, Bool>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .word(["no", "yes"]), key, summary, affects) {
      .word($0 ? "yes" : "no")
    } write: {
      $0 = $1 == .word("yes")
    }
  }

  /// A distribution of a quantity.
  public static func distribution(
    _ path: String, _ dimension: Dimension, _ key: any Place<Root, Distribution>,
    _ summary: String, affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .distribution(dimension), key, summary, affects) {
      .distribution($0)
    } write: { place, value in
      switch value {
      case .distribution(let distribution): place = distribution
      case .quantity(let number): place = .constant(number)
      case .word, .trace, .history: preconditionFailure("\(path) takes a distribution")
      }
    }
  }

  /// A factor or a number over time, from a file.
  public static func trace(
    _ path: String, _ key: any Place<Root, DemandTrace>, _ summary: String,
    of content: DemandTrace.Content = .factors
  ) -> PartParameter {
    stored(path, .trace(content), key, summary, .everything) {
      .trace($0)
    } write: {
      guard case .trace(let trace) = $1 else { preconditionFailure("\(path) takes a trace") }
      $0 = trace
    }
  }

  /// The blocks of a chain's history, from a file.
  public static func history(
    _ path: String, _ key: any Place<Root, BlockTrace>, _ summary: String
  ) -> PartParameter {
    stored(path, .history, key, summary, .everything) {
      .history($0)
    } write: {
      guard case .history(let trace) = $1 else { preconditionFailure("\(path) takes a history") }
      $0 = trace
    }
  }

  /// The name of one of a few things.
  public static func name(
    _ path: String, among names: [String], _ key: any Place<Root, String>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    stored(path, .word(names), key, summary, affects) {
      .word($0)
    } write: {
      $0 = $1.word(of: path)
    }
  }

  /// A value that stands at a place of the root.
  private static func stored<Value>(
    _ path: String, _ kind: ParameterKind, _ key: any Place<Root, Value>, _ summary: String,
    _ affects: Set<MeasureGroup>, read: @escaping @Sendable (Value) -> ParameterValue,
    write: @escaping @Sendable (inout Value, ParameterValue) -> Void
  ) -> PartParameter {
    let view = PartView(key)
    return PartParameter(
      path: path, kind: kind, summary: summary, title: summary.firstClause, affects: affects,
      reader: { view.read(in: $0) { lend($0, to: read) } },
      write: { write(&$0[keyPath: key], $1) }, condition: { _ in true })
  }
}

extension ParameterValue {
  fileprivate func quantity(of path: String) -> Double {
    guard case .quantity(let number) = self else { preconditionFailure("\(path) takes a quantity") }
    return number
  }

  fileprivate func word(of path: String) -> String {
    guard case .word(let word) = self else { preconditionFailure("\(path) takes a word") }
    return word
  }
}
