import EventKernel
import Settlement

extension Oracle {
  /// The most that Arbitrum's batch poster pays.
  static let nitroFeeCap = Oracle(
    name: "nitro-fee-cap",
    statement: "(2q)^2 + 10 (t/10 min)^2 + 60 gwei, q batches queued, the oldest t old",
    source: "Nitro, arbnode/batch_poster.go",
    cases: [(1, 0, 64.0), (5, 10, 170), (10, 60, 820), (18, 120, 2796)].map { queued, age, cap in
      .exact("q = \(queued), t = \(age) min", unit: "gwei", cap) {
        Double(NitroFeeCaps.perNormalisedGas(backlog: queued, age: .seconds(Int64(age) * 60))) / 1e9
      }
    })
}
