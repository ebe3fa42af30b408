import Ledger
import Rollup
import Settlement

@testable import EventKernel
@testable import Worlds

/// What the settlement chain did in a run, noted beside the world and apart from its own records.
struct WorldJournal {
  /// A settlement transaction of ours by what it is about.
  struct Key: Hashable {
    let kind: SettlementTransaction.Kind
    let reference: Int
  }

  /// A batch or a claim when it was made.
  struct Origin {
    /// Its measured transactions.
    let count: Int
    /// When it was closed.
    let at: SimTime
    /// The batches of a claim.
    let batches: Range<Int>
  }

  private(set) var batches: [Origin] = []
  private(set) var claims: [Origin] = []
  /// What the blocks that re-orgs dropped had, one entry for each re-org.
  private(set) var dropped: [[Key]] = []
  /// How many transactions they had.
  private(set) var droppedCount = 0
  /// When what is in blocks that are final was included, in order.
  private(set) var final: [Key: [SimTime]] = [:]
  private(set) var charged: [SettlementTransaction.Kind: Wei] = [:]
  /// What was paid for each, however often it was in a block.
  private(set) var chargedFor: [Key: Wei] = [:]
  /// How often, after a slot, a claim stood in the chain that is about data which did not.
  private(set) var claimsWithoutData = 0
  /// Settlement transactions that the world itself says re-orgs dropped.
  private(set) var reorganised = 0
  /// What the world itself remembers at the end.
  private(set) var record = JourneyRecord(groupSize: 1)
  /// Its ledger at the end.
  private(set) var ledger = Ledger()

  /// Notes what one event changed.
  mutating func note(_ world: borrowing World, _ event: WorldEvent, at now: SimTime) {
    for number in batches.count..<world.journeys[0].batches.indices.upperBound {
      let batch = world.journeys[0].batches[number].batch
      batches.append(Origin(count: batch.profile.count, at: batch.closedAt, batches: 0..<0))
    }
    for number in claims.count..<world.journeys[0].claims.indices.upperBound {
      let claim = world.journeys[0].claims[number]
      claims.append(Origin(count: claim.profile.count, at: now, batches: claim.batches))
    }
    guard case .settlement = event else { return }
    if !world.settlement.reorganised.isEmpty {
      dropped.append(world.settlement.reorganised.flatMap(keys))
      droppedCount += world.settlement.reorganised.count
    }
    let missing = world.journeys[0].batches.indices.first {
      world.journeys[0].batches[$0].includedIn == nil
    }
    for number in world.journeys[0].claims.indices
    where world.journeys[0].claims[number].includedIn != nil {
      let isAhead =
        missing.map { world.journeys[0].claims[number].batches.upperBound > $0 } ?? false
      if isAhead, !world.journeys[0].claims[number].isSettled { claimsWithoutData += 1 }
    }
    for receipt in world.settlement.finalised {
      for key in keys(receipt) { final[key, default: []].append(receipt.includedAt) }
      charged[receipt.transaction.kind, default: .zero] += receipt.charged
      chargedFor[Self.key(receipt), default: .zero] += receipt.charged
    }
  }

  /// What a transaction is about: one that carries data with its proof also the batches.
  private func keys(_ receipt: SettlementReceipt) -> [Key] {
    let own = Self.key(receipt)
    guard own.kind == .provenData else { return [own] }
    return [own] + claims[own.reference].batches.map { Key(kind: .data, reference: $0) }
  }

  private static func key(_ receipt: SettlementReceipt) -> Key {
    Key(kind: receipt.transaction.kind, reference: receipt.transaction.reference)
  }

  /// How often a re-org dropped a transaction of a kind.
  func dropped(_ kind: SettlementTransaction.Kind) -> Int {
    dropped.reduce(0) { $0 + $1.count { $0.kind == kind } }
  }
}

extension WorldJournal {
  /// Runs a world to its end, audit included, with a journal beside it.
  ///
  /// - Parameter look: what else looks at the world after each event.
  static func run(
    _ scenario: Scenario, seed: UInt64, _ look: (borrowing World) -> Void = { _ in }
  ) throws -> WorldJournal {
    var simulation = Simulation(
      World(try scenario.validated(), seed: seed, replication: 0))
    var journal = WorldJournal()
    simulation.model.start(&simulation.scheduler)
    simulation.model.beginCoolDown(at: .start)
    while !simulation.model.isFinished,
      let event = simulation.scheduler.next(through: .distantFuture)
    {
      simulation.model.handle(event, &simulation.scheduler)
      journal.note(simulation.model, event, at: simulation.scheduler.now)
      look(simulation.model)
    }
    _ = try simulation.model.summary(at: simulation.scheduler.now)
    journal.reorganised = simulation.model.market.reorganised
    journal.record = simulation.model.journeys[0].record
    journal.ledger = simulation.model.journeys[0].ledger
    return journal
  }
}
