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
      write: { root, value in
        guard case .quantity(let number) = value else {
          preconditionFailure("\(path) takes a quantity")
        }
        write(&root, number)
      })
  }

  /// A length of time.
  public static func duration(
    _ path: String, _ key: any Place<Root, SimDuration>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    quantity(path, .duration, summary, affects: affects) {
      $0[keyPath: key].seconds
    } write: {
      guard let duration = SimDuration(seconds: $1) else {
        preconditionFailure("\(path) is beyond the clock")
      }
      $0[keyPath: key] = duration
    }
  }

  /// A number, with a fraction.
  public static func number(
    _ path: String, _ dimension: Dimension, _ key: any Place<Root, Double>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    quantity(path, dimension, summary, affects: affects) {
      $0[keyPath: key]
    } write: {
      $0[keyPath: key] = $1
    }
  }

  /// A whole number.
  public static func whole<Number: FixedWidthInteger & Sendable>(
    _ path: String, _ dimension: Dimension, _ key: any Place<Root, Number>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    quantity(path, dimension, summary, affects: affects) {
      Double($0[keyPath: key])
    } write: {
      guard let number = Number(exactly: $1.rounded()) else {
        preconditionFailure("\(path) is beyond its whole numbers")
      }
      $0[keyPath: key] = number
    }
  }

  /// One of a few words.
  public static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ path: String, _ key: any Place<Root, Word>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .word(Word.allCases.map(\.rawValue)), summary: summary, affects: affects,
      read: { .word($0[keyPath: key].rawValue) },
      write: { root, value in
        guard case .word(let text) = value, let word = Word(rawValue: text) else {
          preconditionFailure("\(path) takes one of its words")
        }
        root[keyPath: key] = word
      })
  }

  /// No or yes.
  public static func flag(
    _ path: String, _ key: any Place<Root, Bool>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .word(["no", "yes"]), summary: summary, affects: affects,
      read: { .word($0[keyPath: key] ? "yes" : "no") },
      write: { $0[keyPath: key] = $1 == .word("yes") })
  }

  /// A distribution of a quantity.
  public static func distribution(
    _ path: String, _ dimension: Dimension, _ key: any Place<Root, Distribution>,
    _ summary: String, affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .distribution(dimension), summary: summary, affects: affects,
      read: { .distribution($0[keyPath: key]) },
      write: { root, value in
        switch value {
        case .distribution(let distribution): root[keyPath: key] = distribution
        case .quantity(let number): root[keyPath: key] = .constant(number)
        case .word, .trace, .history: preconditionFailure("\(path) takes a distribution")
        }
      })
  }

  /// A factor or a number over time, from a file.
  public static func trace(
    _ path: String, _ key: any Place<Root, DemandTrace>, _ summary: String,
    of content: DemandTrace.Content = .factors
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .trace(content), summary: summary, affects: .everything,
      read: { .trace($0[keyPath: key]) },
      write: { root, value in
        guard case .trace(let trace) = value else { preconditionFailure("\(path) takes a trace") }
        root[keyPath: key] = trace
      })
  }

  /// The blocks of a chain's history, from a file.
  public static func history(
    _ path: String, _ key: any Place<Root, BlockTrace>, _ summary: String
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .history, summary: summary, affects: .everything,
      read: { .history($0[keyPath: key]) },
      write: { root, value in
        guard case .history(let trace) = value else {
          preconditionFailure("\(path) takes a history")
        }
        root[keyPath: key] = trace
      })
  }

  /// The name of one of a few things.
  public static func name(
    _ path: String, among names: [String], _ key: any Place<Root, String>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> PartParameter {
    PartParameter(
      path: path, kind: .word(names), summary: summary, affects: affects,
      read: { .word($0[keyPath: key]) },
      write: { root, value in
        guard case .word(let name) = value else {
          preconditionFailure("\(path) takes one of its names")
        }
        root[keyPath: key] = name
      })
  }
}
