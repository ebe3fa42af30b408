import Worlds

/// Something that is known from outside the simulator, and how the simulator is asked for it.
public struct Oracle: Sendable {
  /// Letters, digits and hyphens.
  public let name: String
  /// What holds, as a formula where there is one.
  public let statement: String
  /// Where that is known from.
  public let source: String
  /// What is compared, one row each.
  public let cases: [Case]

  /// An oracle with its cases.
  public init(name: String, statement: String, source: String, cases: [Case]) {
    self.name = name
    self.statement = statement
    self.source = source
    self.cases = cases
  }

  /// Every oracle, in the order of rows.
  public static let all: [Oracle] =
    [
      inclusionDelay, fixedCapacitySlots, censorship, casperFinality, feeSteps, protocolVectors,
    ] + queues

  /// The oracles that `pattern` names: exactly, or with `*`.
  public static func matching(_ pattern: String) -> [Oracle] {
    all.filter { $0.name.matches(pattern) }
  }
}

extension Oracle {
  /// One number that is known, and how it is simulated.
  public struct Case: Sendable {
    enum Simulated: Sendable {
      case exact(@Sendable () -> Double?)
      case mean(@Sendable (_ seed: UInt64, _ replication: UInt64) -> Double)
    }

    /// What is asked.
    public let name: String
    /// Unit of the number; `1` for a plain one.
    public let unit: String
    /// The number as it is known.
    public var expected: Double
    let simulated: Simulated

    /// A number that the simulator must hit exactly; nil from it never does.
    public static func exact(
      _ name: String, unit: String, _ expected: Double, simulated: @escaping @Sendable () -> Double?
    ) -> Case {
      Case(name: name, unit: unit, expected: expected, simulated: .exact(simulated))
    }

    /// An expectation, of which each replication of a simulation gives an unbiased estimate.
    public static func mean(
      _ name: String, unit: String, _ expected: Double,
      simulated: @escaping @Sendable (_ seed: UInt64, _ replication: UInt64) -> Double
    ) -> Case {
      Case(name: name, unit: unit, expected: expected, simulated: .mean(simulated))
    }

    var isStatistical: Bool {
      if case .mean = simulated { true } else { false }
    }
  }
}
