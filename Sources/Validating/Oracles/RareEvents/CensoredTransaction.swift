import Declarations
import EventKernel
import Randomness
import RareEvents
import Settlement
import Worlds

/// The settlement chain that users run, with one transaction that waits until a block includes it.
package struct CensoredTransaction: RareEventModel, ~Copyable {
  package enum Event: CarriesSettlementEvents {
    case settlement(SettlementEvent)

    package var phase: UInt8 { 0 }
    package var code: UInt64 { 0 }
  }

  private var chain: SettlementChain
  /// Blocks that left it out.
  private var blocks = 0

  package private(set) var isOver = false

  package var importance: Double { Double(blocks) }

  package mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .settlement(let event):
      _ = chain.handle(event, &scheduler)
      if chain.receipts.isEmpty { blocks += 1 } else { isOver = true }
    }
  }

  package func copy(drawing draws: Draws) -> CensoredTransaction {
    CensoredTransaction(chain: chain.copy(drawing: draws), blocks: blocks, isOver: isOver)
  }

  /// The transaction is handed to a chain without other load before its first slot.
  ///
  /// - Parameter honest: share of the proposers who do not censor.
  package static func start(
    honest: Double, seed: UInt64, replication: UInt64
  ) -> Simulation<CensoredTransaction> {
    var policy = Scenario.baseCase.settlement.quiet
    policy.censorship = .init(share: 1 - honest, target: .all)
    var simulation = Simulation(
      CensoredTransaction(
        chain: SettlementChain(policy, seed: seed, replication: replication)), capacity: 4)
    simulation.model.chain.submit(
      SettlementTransaction(
        kind: .data, reference: 0, gas: policy.calldata.transactionGas, blobs: 0,
        bid: Bid(feeCap: .max, tip: 0, blobFeeCap: .max)), at: .start)
    simulation.model.chain.start(&simulation.scheduler)
    return simulation
  }
}
