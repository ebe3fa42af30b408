import EventKernel
import Rollup
import Settlement

@testable import Worlds

/// The measures of a world of several rollups, by whose they are and by name.
struct NamedMeasures: Equatable {
  /// Subject and name of a measure.
  struct Key: Hashable {
    let subject: String
    let name: String
  }

  let values: [Key: Double]
  let fingerprint: UInt64
  let events: UInt64

  /// The value of a measure of a rollup or a service; nil where it does not apply.
  subscript(subject: String, name: String) -> Double? { values[Key(subject: subject, name: name)] }

  /// All values of one subject by name.
  func all(_ subject: String) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: values.filter { $0.key.subject == subject }.map {
        ($0.key.name, $0.value)
      })
  }
}

extension Scenario {
  /// The measures of one replication of a world with this shape.
  func measured(
    _ shape: WorldShape, seed: UInt64 = 1, replication: UInt64 = 0,
    tieOrder: TieOrder = .scheduling
  ) throws -> NamedMeasures {
    let result = try validated(shape).run(
      seed: seed, replication: replication, tieOrder: tieOrder)
    let pairs = zip(shape.measures, result.measures).compactMap { measure, value in
      value.map { (NamedMeasures.Key(subject: measure.subjectName, name: measure.stageName), $0) }
    }
    return NamedMeasures(
      values: Dictionary(uniqueKeysWithValues: pairs), fingerprint: result.fingerprint,
      events: result.events)
  }

  /// The rollup with a name.
  subscript(_ name: String) -> RollupScenario {
    get { rollups[place(of: name)] }
    set { rollups[place(of: name)] = newValue }
  }

  private func place(of name: String) -> Int {
    guard let place = rollups.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no rollup is called \(name)")
    }
    return place
  }

  /// A chain with room for everybody at a fixed price, on which nobody else is.
  mutating func makeChainRoomy() {
    settlement.executionFee.kind = .constant
    settlement.demand.level = 0
    settlement.demand.volatility = 0
    settlement.blobDemand.level = 0
    settlement.blobDemand.volatility = 0
  }

  /// The clockwork of one rollup as a world of rollups with these names, each of which is like it.
  static func clockwork(_ sequence: SettlementSequence, _ names: [String]) -> Scenario {
    let single = Scenario.clockwork(sequence)
    var scenario = single
    scenario.rollups = names.sorted().map { single.rollup.named($0) }
    return scenario
  }
}
