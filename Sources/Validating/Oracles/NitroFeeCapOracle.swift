import EventKernel
import Settlement

extension Oracle {
  /// The most that Arbitrum's batch poster pays.
  static let nitroFeeCap = Oracle(
    name: "nitro-fee-cap",
    statement:
      "(2q)^2 + 10 (t/10 min)^2 + 60 gwei for each of gas + 2,080,768 a blob, q waiting behind, data "
      + "t old; divided as prices are, at most ten times them",
    source: "Nitro, arbnode/dataposter/data_poster.go",
    cases: caps + bids)

  private static let caps = [(1, 0, 64.0), (5, 10, 170), (10, 60, 820), (18, 120, 2796)].map {
    queued, age, cap in
    Case.exact("q = \(queued), t = \(age) min", unit: "gwei", cap) {
      Double(NitroFeeCaps.perNormalisedGas(backlog: queued, age: .seconds(Int64(age) * 60))) / 1e9
    }
  }

  /// Worked out from `feeAndTipCaps` in integers: 70 gwei for 4,361,536 gas, of which gas at 100 gwei and blob
  /// gas at 500 gwei take 2.0209… times their prices; and ten times 3 gwei in a calm market.
  private static let bids: [Case] = [
    .exact("200,000 gas and 2 blobs, t = 10 min: gas", unit: "gwei", 202.094047871) {
      Double(bid(gas: 200_000, blobs: 2, age: 600, gwei: 99, blobFee: 500_000_000_000).feeCap) / 1e9
    },
    .exact("200,000 gas and 2 blobs, t = 10 min: blob gas", unit: "gwei", 1010.470239356) {
      let caps = bid(gas: 200_000, blobs: 2, age: 600, gwei: 99, blobFee: 500_000_000_000)
      return Double(caps.blobFeeCap) / 1e9
    },
    .exact("189,000 gas and 6 blobs, calm", unit: "gwei", 30) {
      Double(bid(gas: 189_000, blobs: 6, age: 3600, gwei: 2, blobFee: 1).feeCap) / 1e9
    },
  ]

  private static func bid(
    gas: UInt64, blobs: UInt64, age: Int64, gwei: UInt64, blobFee: UInt64
  ) -> NitroFeeCaps {
    NitroFeeCaps(
      NitroFeeCaps.Basis(
        gas: gas, blobs: blobs, tip: 1_000_000_000, backlog: 0, age: .seconds(age),
        baseFee: gwei * 1_000_000_000, blobBaseFee: blobFee, bump: 100))
  }
}
