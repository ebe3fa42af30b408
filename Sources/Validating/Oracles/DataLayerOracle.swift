import Randomness
import Rollup

extension Oracle {
  /// For how much of the time as many members of a committee are up as have to sign.
  static let committeeAvailability = Oracle(
    name: "committee-availability",
    statement: """
      P(at least m of n up), a = up/(up + down); with a common cause for a share c of the time that takes k of \
      them: (1 - c) P(m of n) + c P(m of n - k)
      """,
    source: "alternating renewal processes (Ross); binomial distribution", detects: 0.06,
    cases: [
      availability(4, of: 5), availability(2, of: 3), availability(4, of: 6, exposed: 3),
      availability(2, of: 6, exposed: 3),
    ])

  /// Members are up 9 h and down 1 h; a common cause comes after 18 h and lasts 2 h.
  private static func availability(_ quorum: Int, of members: Int, exposed: Int = 0) -> Case {
    let cause =
      exposed == 0
      ? ""
      : ", common_interval: 18 h, common_duration: 2 h, common_share: \(Double(exposed) / Double(members))"
    let world = WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 1 h
      horizon: 401 h
      workload.arrivals.poisson.rate: 0.001 /s
      settlement.slot: 60 s
      data: {mode: committee, committee: {members: \(members), quorum: \(quorum), up: 9 h, down: 1 h\(cause)}}
      """)
    func tail(of members: Int) -> Double {
      (0...members).filter { $0 >= quorum }.reduce(0) {
        $0 + CountDistribution.binomial(trials: members, probability: 0.9).probability(of: $1)
      }
    }
    let causes = exposed == 0 ? 0 : 0.1
    return .mean(
      "\(quorum) of \(members)\(exposed == 0 ? "" : ", \(exposed) together")", unit: "1",
      (1 - causes) * tail(of: members) + causes * tail(of: members - exposed), in: world
    ) { $0["data_availability"] }
  }

  /// What Celestia charges for a blob.
  static let celestiaFee = Oracle(
    name: "celestia-fee",
    statement: """
      gas of a blob of n B = 65,000 + 512 * 8 * (1 + ceil((n - 478)/482)); 69,096 gas at 0.004 utia are 277 utia
      """,
    source: "celestia-app x/blob/types/payforblob.go; docs.celestia.org, submitting data",
    cases: [
      (478, 69_096), (479, 73_192), (960, 73_192), (961, 77_288), (130_048, 1_170_920),
    ].map { bytes, gas in
      .exact("gas of \(bytes) B", unit: "gas", Double(gas)) {
        Double(ExternalChain.Policy().gas(ofBlob: UInt64(bytes)))
      }
    } + [
      .exact("fee of a batch of 100 B at 1 and 2500 USD", unit: "wei", 277e-6 / 2500 * 1e18) {
        WorldProbe(WorldProbe.quiet, WorldProbe.onePerBatch, "data.mode: external").run()[
          "data_layer_fee_wei_per_tx_mean"]
      }
    ])

  /// How long nodes of Ethereum keep blobs.
  static let blobRetention = Oracle(
    name: "blob-retention", statement: "4096 epochs of 32 slots of 12 s: 18.2 d",
    source: "consensus-specs, Deneb: MIN_EPOCHS_FOR_BLOB_SIDECARS_REQUESTS; EIP-4844",
    cases: [
      .exact("blob sidecars", unit: "s", 4096 * 32 * 12) {
        Withholding.Policy().blobRetention.seconds
      },
      .exact("in days, to one decimal", unit: "d", 18.2) {
        (Withholding.Policy().blobRetention.seconds / 86_400).rounded(to: 1)
      },
    ])
}
