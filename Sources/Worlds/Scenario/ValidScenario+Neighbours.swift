import Declarations
import EventKernel
import Rollup
import Settlement

// Checks that blocks carry what light rollups post.

extension Scenario {
  /// More than blocks carry would wait for ever, and what waits takes memory.
  func checkNeighbours(_ expect: inout Expectations) {
    guard !neighbours.haveNoRollups else { return }
    let blobLimit = settlement.leastBlobLimit
    let mostBlobs = settlement.mostTransactionBlobs
    for group in neighbours {
      let policy = group.policy
      let path = "neighbours.\(group.name)"
      expect.under(path) { policy.check(&$0) }
      expect(
        policy.count == 0
          || policy.blobsPerTransaction > 0 && policy.blobsPerTransaction <= mostBlobs,
        [
          "\(path).blobs_per_transaction", "settlement.transaction_blobs", "settlement.blob_limit",
          "settlement.forks",
        ], "expected from 1 to the \(mostBlobs) blobs that a transaction can have")
      let gas = settlement.calldata.gas(
        zeroBytes: 0, nonZeroBytes: 0, execution: policy.count > 0 ? policy.gas : 0)
      expect(
        gas <= settlement.transactionGasLimit,
        ["\(path).gas", "settlement.gas_per_transaction", "settlement.transaction_gas"],
        "expected a transaction of at most \(settlement.transactionGasLimit) gas; it takes \(gas)")
    }
    let demand = neighbours.reduce(0) { $0 + $1.policy.blobRate }
    let slot = max(settlement.slot, .shortestCycle)
    let capacity = Double(blobLimit) / slot.seconds
    expect(
      demand <= capacity,
      ["neighbours", "settlement.blob_limit", "settlement.slot"],
      "expected at most the \((capacity * 1000).rounded() / 1000) blobs/s that blocks carry; found "
        + "\((min(demand, 1e12) * 1000).rounded() / 1000) blobs/s")
  }
}

extension NeighbourPolicy {
  /// Blobs per second of a group, all of them full.
  fileprivate var blobRate: Double {
    count > 0 ? dataRate * Double(count) / Double(max(bytesPerBlob, 1)) : 0
  }
}
