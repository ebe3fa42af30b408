import Declarations

/// The nodes that the operator of a rollup runs beside its sequencer and its provers.
///
/// They cost rent all the time, and nothing in the journey of a transaction waits for them.
public struct NodePolicy: Hashable, Sendable {
  /// How many there are.
  public var count: Int
  /// Rent of one [USD per hour].
  public var usdPerHour: Double

  /// So many nodes at a rent.
  public init(count: Int, usdPerHour: Double) {
    self.count = count
    self.usdPerHour = usdPerHour
  }

  /// What holds of a rollup whose scenario says nothing about nodes.
  public static let baseCase = NodePolicy(count: 0, usdPerHour: 0.5)

  /// What a scenario can say about nodes.
  public static let parameters: [PartParameter<NodePolicy>] = [
    .whole(
      "count", .count, \.count, "Nodes that the operator runs; 0 for none.", affects: [.batch]),
    .number("rent", .usdPerHour, \.usdPerHour, "Rent of one node.", affects: [.batch])
      .used { $0.count > 0 },
  ]

  /// States what holds of any nodes.
  public func check(_ expect: inout Expectations) {
    expect((0...1_000_000).contains(count), "count", "expected at most 1,000,000 nodes")
    expect((0...1e6).contains(usdPerHour), "rent", "expected from 0 to 1e6 USD/h")
  }

  /// The measures of what they cost.
  public static let measures: [PartMeasure<NodePolicy, BatchRecord>] = [
    .init(
      .batch, "nodes_usd_mean", unit: "USD", rests: .journey(through: "poster", also: ["nodes"]),
      "Rent of the operator's nodes from one batch to the next."
    ) { policy, batches in
      guard policy.count > 0 else { return nil }
      return batches.interval.meanIfAny.map { Double(policy.count) * policy.usdPerHour * $0 / 3600 }
    }
  ]
}
