import Declarations
import EventKernel
import Foundation
import Settlement
import Worlds

extension Oracle {
  /// How long proposers who leave a transaction out can keep it off the chain.
  static let censorship = Oracle(
    name: "censorship-runs",
    statement: "n blocks in a row leave a transaction out with (1 - p)^n, p the honest share",
    source: "independent proposers: a geometric law",
    cases: [(0.5, 1), (0.5, 5), (0.2, 1), (0.2, 10), (0.1, 30)].map { honest, blocks in
      var expected = 1.0
      for _ in 0..<blocks { expected *= 1 - honest }
      return .mean(
        "share kept out by \(blocks) blocks, p = \(honest.shortest)", unit: "1", expected
      ) {
        shareKeptOut(honest: honest, blocks: blocks, seed: $0, replication: $1)
      }
    })

  /// The share of 200 transactions, one at a time, that wait for more than `blocks` blocks.
  private static func shareKeptOut(
    honest: Double, blocks: Int, seed: UInt64, replication: UInt64
  ) -> Double {
    let count = 200
    // The one before is still out with a probability of at most 2e-8.
    let spacing = Int((log(2e-8) / log(1 - honest)).rounded(.up))
    var policy = Scenario.baseCase.settlement.quiet
    policy.censorship = .init(share: 1 - honest, target: .all)
    let patience = SimDuration(nanoseconds: policy.slot.nanoseconds * Int64(blocks))
    var simulation = ChainProbe.simulation(
      policy, patience: patience, seed: seed, replication: replication
    ) { slot, _ in
      slot.isMultiple(of: spacing) && slot < count * spacing ? [policy.halfSlot] : []
    }
    simulation.run(through: .distantFuture) { $0.slots == (count + 1) * spacing }
    return simulation.model.late.mean
  }
}
