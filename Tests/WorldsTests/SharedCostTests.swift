import Ledger
import Rollup
import Settlement
import Testing

@testable import EventKernel
@testable import Worlds

/// A guest that pays at cost has its part of each payment of its host, by bytes and to the wei.
@Suite struct SharedCostTests {
  static let shape = WorldShape(rollups: ["base", "cost", "gas"])

  /// Three rollups with a transaction of 100 B a second each.
  ///
  /// Each block of `base` has 200 B of its own
  /// users, and from each guest a transaction of 200 B in an envelope of 300 B, and is a batch.
  static func scenario(_ sequence: SettlementSequence) -> Scenario {
    var scenario = LayerWithoutCostTests.direct(sequence)
    // The last claim then has no block behind the last measured one.
    scenario.horizon = SimDuration(nanoseconds: 598_500_000_000)
    let base = scenario["x"].named("base")
    scenario["x"] = base
    scenario["base"].poster.maxBytes = 1200
    var guest = base.named("cost")
    guest.sequence = .dataWithProof
    guest.hosting = Hosting(host: "base", finality: .final, envelopeBytes: 300, withdrawalGas: 0)
    guest.hosting.pricing = .atCost
    guest.poster.carrier = .calldata
    guest.poster.maxBytes = 1
    guest.bridge = .init(challengeWindow: .zero, executionDelay: .zero)
    guest.prover.witnessTime = .constant(0)
    guest.prover.proofTime = .constant(0)
    var byGas = guest.named("gas")
    byGas.hosting.pricing = .gasPrice
    scenario.rollups = [scenario.rollups[0], guest, byGas]
    return scenario
  }

  /// Of 1200 B in a batch 500 B are those of the guest: 5/12 of what the host pays are 5 parts for it and 7
  /// for the host, which bears what the other guest causes and is paid for by gas.
  @Test(arguments: SettlementSequence.allCases)
  func costsFollowBytes(_ sequence: SettlementSequence) throws {
    let scenario = Self.scenario(sequence)
    let through = try scenario.measured(Self.shape)
    let purposes = sequence.isProved ? ["data", "proof", "prover"] : ["data", "state"]
    for purpose in purposes {
      let name = "cost_\(purpose)_wei_per_tx_mean"
      let guest = try #require(through["cost", name])
      // Per transaction: two of the guest against two of users and two of guests in a batch of the host.
      let host = try #require(through["base", name]) * 2
      #expect(abs(guest / host * 7 / 5 - 1) < 1e-9, "\(purpose)")
    }
    let name = "cost_data_wei_per_tx_mean"
    #expect(through["cost", name] != through["gas", name])
  }

  /// What the guests paid is what the host has of them, and each purpose adds up to the wei.
  @Test(arguments: SettlementSequence.allCases)
  func billsAddUp(_ sequence: SettlementSequence) throws {
    var simulation = Simulation(
      World(try Self.scenario(sequence).validated(Self.shape), seed: 1, replication: 0))
    _ = try simulation.runToEnd { _, _, _ in }
    let (base, cost) = (0, 1)
    for purpose in [Purpose.data, .state, .proof] {
      let billed = simulation.model.journeys[cost].ledger.total(purpose)
      #expect(billed <= simulation.model.journeys[base].ledger.total(purpose))
      #expect((billed > .zero) == (purpose == .data || (purpose == .proof) == sequence.isProved))
    }
    // All that it pays the host is billed by purpose: nothing for gas.
    let paid = simulation.model.journeys[cost].ledger.balance(of: .host)
    let rent = simulation.model.journeys[cost].ledger.balance(of: .machineOwners)
    let purposes = [Purpose.data, .state, .proof, .prover]
    let total = purposes.reduce(Wei.zero) { $0 + simulation.model.journeys[cost].ledger.total($1) }
    #expect(total == paid + rent)
  }

  /// Parts are rounded down from the sum of all before, so that none is lost or made up.
  @Test func partsAddUp() {
    var guests = Guests()
    var hosting = Hosting.onSettlement
    hosting.host = "base"
    hosting.pricing = .atCost
    let transaction = SettlementTransaction(
      kind: .data, of: .first, reference: 0, gas: 0, blobs: 0, bid: Scenario.baseCase.rollup.bid)
    for size in [1, 2, 4] as [UInt64] {
      hosting.envelopeBytes = size
      #expect(guests.accept(transaction, by: hosting, at: .start) == size)
    }
    #expect(guests.share(Wei(10), for: .data, among: 0..<3, ofBytes: 7) == Wei(10))
    #expect((0..<3).map { guests.entries[$0].costs[.data] } == [Wei(1), Wei(3), Wei(6)])
    #expect(guests.share(Wei(10), for: .data, among: 1..<3, ofBytes: 9) == Wei(6))
    #expect((0..<3).map { guests.entries[$0].costs[.data] } == [Wei(1), Wei(5), Wei(10)])
  }
}
