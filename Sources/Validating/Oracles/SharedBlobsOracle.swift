import Foundation

extension Oracle {
  /// Rollups that share blobs split what they cost.
  static let sharedBlobs = Oracle(
    name: "shared-blobs",
    statement: """
      a has 1.5 blobs of data in each period, b and c a quarter of one; together they fill 2 blobs of one \
      transaction, C = g + 2 p, and alone they pay g + 2 p, g + p and g + p. By bytes a pays 3/4 C; by equal parts \
      C/3; where each saves the same, what it would pay alone less a third of what all save, which is more than half \
      of C and less than its proportion. Of k rollups with 1/k of a blob each saves 1 − 1/k. Two with half a blob each in a \
      block, of a target of three: the fee falls by exp(−(3 − n)/25.47) a block with n = 2 blobs apart, 1 shared, \
      0 in calldata, so sharing lowers it for who had blobs and raises it for who had none
      """,
    source: "Nash 1950; Crapis, Felten and Mamageishvili, arXiv 2310.01155; Lee, arXiv 2410.04111",
    cases: [
      ("bytes", "a", 0.75 * together), ("bytes", "b", 0.125 * together),
      ("equal", "a", together / 3), ("equal", "c", together / 3),
      ("savings", "a", alone(2) - saved / 3), ("savings", "b", alone(1) - saved / 3),
    ].map { split, name, expected in
      // What each pays for a batch.
      .exact("split \(split), \(name)", unit: "gwei", (expected / 1e9).rounded()) {
        (rollups(split)["cost_data_wei_per_tx_mean", of: name] * transactions(of: name) / 1e9)
          .rounded()
      }
    }
      + [2, 26].map { count in
        .exact("\(count) alike", unit: "1", 1e-9 * (1e9 - 1e9 / Double(count)).rounded()) {
          1e-9 * (1e9 * alike(count)["shared_saving_share", of: "r1"]).rounded()
        }
      }
      + [
        ("apart", "blobs", "own", 2.0), ("shared", "blobs", "pool", 1),
        ("calldata", "calldata", "own", 0),
      ]
      .map { name, carrier, service, blobs in
        .exact("mean fee, \(name)", unit: "gwei", meanFee(blobs).rounded(to: 1)) {
          let measures = halves(carrier, service)
          return (measures["fee_blob_wei_per_gas_mean", of: "a"] / 1e9).rounded(to: 1)
        }
      })

  private static let gas = 21_000.0 * 1e9
  private static let blob = 131_072.0 * 1e9
  private static func alone(_ blobs: Double) -> Double { gas + blobs * blob }
  private static let together = alone(2)
  private static let saved = alone(2) + 2 * alone(1) - together
  private static func transactions(of name: String) -> Double { name == "a" ? 30 : 5 }

  /// Three rollups that close a batch every hundred seconds, all at 1 gwei per gas and blob gas.
  private static func rollups(_ split: String) -> WorldProbe.Values {
    world(
      [("a", 0.3, 3000), ("b", 0.05, 500), ("c", 0.05, 500)],
      "{blobs: 2, blob_bytes: 2 kB, max_wait: 1 h, tip: 0 gwei, split: \(split)}")
  }

  /// Rollups that close a batch of 500 B every hundred seconds, in one blob together.
  private static func alike(_ count: Int) -> WorldProbe.Values {
    world(
      (1...count).map { ("r\($0)", 0.05, 500) },
      "{blobs: 1, blob_bytes: \(500 * count) B, max_wait: 1 h, tip: 0 gwei}")
  }

  /// Two rollups that close half a blob in each slot, on a chain whose blob fee has a target of three.
  private static func halves(_ carrier: String, _ service: String) -> WorldProbe.Values {
    world(
      [("a", 0.08333, 100), ("b", 0.08333, 100)],
      "{blobs: 1, blob_bytes: 200 B, max_wait: 1 h, tip: 0 gwei}",
      blobBytes: 200, carrier: carrier, service: service,
      fees:
        "blob_target: 3, blob_limit: 6, blob_update_fraction: 3338477, blob_base_fee: 1000 gwei",
      horizon: 1200)
  }

  /// The blob fee [gwei], mean over the hundred slots of `halves`, of which the first two have no blobs yet.
  private static func meanFee(_ blobs: Double) -> Double {
    let slots = 0..<100
    let added = slots.map { Double(max(0, $0 - 2)) * blobs - Double($0) * 3 }
    return 1000 * added.reduce(0) { $0 + exp($1 * 131_072 / 3_338_477) } / Double(slots.count)
  }

  /// The run ends after whole transactions, so that none is part empty.
  private static func world(
    _ rollups: [(name: String, rate: Double, bytes: Int)], _ shared: String,
    blobBytes: Int = 2000, carrier: String = "blobs", service: String = "pool",
    fees: String = "blob_min_base_fee: 1 gwei, blob_base_fee: 1 gwei",
    horizon: Int = 1000
  ) -> WorldProbe.Values {
    let texts = rollups.map { name, rate, bytes in
      "\nrollups.\(name):"
        + """
        \(WorldProbe.quietRollup)
        workload.arrivals.deterministic.rate: \(rate) /s
        poster.max_bytes: \(bytes) B
        poster.blob_bytes: \(blobBytes) B
        poster.carrier: \(carrier)
        poster.service: \(service)
        """.split(separator: "\n").map { "\n  \($0)" }.joined()
    }
    return WorldProbe(
      WorldProbe.quietChain,
      """
      settlement: {\(fees)}
      phases: aligned
      warmup: 0 s
      horizon: \(horizon) s
      services.pool: {kind: blobs, shared_blobs: \(shared)}
      """ + texts.joined()
    ).run()
  }
}
