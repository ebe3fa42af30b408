import Declarations
import Worlds

/// Something that is known from outside the simulator, and how the simulator is asked for it.
public struct Oracle: Sendable {
  /// Letters, digits and hyphens.
  public let name: String
  /// What holds, as a formula where there is one.
  public let statement: String
  /// Where that is known from.
  public let source: String
  /// The relative error of its means that 100 replications see nearly always; nil where none is stated.
  public let detects: Double?
  /// What is compared, one row each.
  public let cases: [Case]

  /// An oracle with its cases.
  public init(
    name: String, statement: String, source: String, detects: Double? = nil, cases: [Case]
  ) {
    self.name = name
    self.statement = statement
    self.source = source
    self.detects = detects
    self.cases = cases
  }

  /// Every oracle, in the order of rows.
  public static let all: [Oracle] =
    [
      inclusionDelay, fixedCapacitySlots, censorship, casperFinality, feeSteps, protocolVectors,
    ] + queues + rollupParts + rareEvents

  /// The oracles that `pattern` names: exactly, or with `*`.
  public static func matching(_ pattern: String) -> [Oracle] {
    all.filter { $0.name.matches(pattern) }
  }
}

extension Oracle {
  /// How the simulator is known to disagree with what is published.
  public struct Disagreement: Hashable, Sendable {
    /// What the simulator gives; anything else fails.
    public let simulated: ClosedRange<Double>
    /// Why, in a few words.
    public let reason: String

    /// A disagreement that is understood.
    public init(_ simulated: ClosedRange<Double>, because reason: String) {
      self.simulated = simulated
      self.reason = reason
    }
  }

  /// One number that is known, and how it is simulated.
  public struct Case: Sendable {
    /// Simulates one replication.
    public typealias Replication = @Sendable (_ seed: UInt64, _ replication: UInt64) -> Double

    enum Simulated: Sendable {
      case exact(@Sendable () -> Double?)
      case mean(Sample)
      /// The known range reaches `span` above the expected number.
      case range(span: Double, Sample)
    }

    /// What one replication gives.
    enum Sample: Sendable {
      case simulation(Replication)
      /// A world that other cases may read as well.
      case world(WorldProbe, read: @Sendable (WorldProbe.Values) -> Double)
    }

    /// What is asked.
    public let name: String
    /// Unit of the number; `1` for a plain one.
    public let unit: String
    /// The number as it is known; the least one where a range is known.
    public var expected: Double
    /// How the simulator is known to disagree; nil where it is not.
    public let disagreement: Disagreement?
    let simulated: Simulated

    /// A number that the simulator must hit exactly; nil from it never does.
    public static func exact(
      _ name: String, unit: String, _ expected: Double, simulated: @escaping @Sendable () -> Double?
    ) -> Case {
      Case(
        name: name, unit: unit, expected: expected, disagreement: nil, simulated: .exact(simulated))
    }

    /// An expectation, of which each replication of a simulation gives an unbiased estimate.
    public static func mean(
      _ name: String, unit: String, _ expected: Double,
      simulated: @escaping Replication
    ) -> Case {
      Case(
        name: name, unit: unit, expected: expected, disagreement: nil,
        simulated: .mean(.simulation(simulated)))
    }

    /// The mean of what a world that users run gives.
    static func mean(
      _ name: String, unit: String, _ expected: Double, in world: WorldProbe,
      read: @escaping @Sendable (WorldProbe.Values) -> Double
    ) -> Case {
      Case(
        name: name, unit: unit, expected: expected, disagreement: nil,
        simulated: .mean(.world(world, read: read)))
    }

    /// A figure that is published as a range, or roughly: the mean over replications lies in it.
    ///
    /// - Parameter disagreement: how it is known to lie outside; nil where it does not.
    static func range(
      _ name: String, unit: String, _ published: ClosedRange<Double>,
      differs disagreement: Disagreement? = nil,
      in world: WorldProbe, read: @escaping @Sendable (WorldProbe.Values) -> Double
    ) -> Case {
      Case(
        name: name, unit: unit, expected: published.lowerBound, disagreement: disagreement,
        simulated: .range(
          span: published.upperBound - published.lowerBound, .world(world, read: read)))
    }

    /// The same of what a simulation gives.
    static func range(
      _ name: String, unit: String, _ published: ClosedRange<Double>,
      simulated: @escaping Replication
    ) -> Case {
      Case(
        name: name, unit: unit, expected: published.lowerBound, disagreement: nil,
        simulated: .range(
          span: published.upperBound - published.lowerBound, .simulation(simulated)))
    }

    var isStatistical: Bool {
      if case .mean = simulated { true } else { false }
    }
  }
}
