extension Oracle {
  /// What a proof on the settlement chain costs a transaction of the uppermost layer.
  static let layers = Oracle(
    name: "layers",
    statement: """
      A proof on the settlement chain that takes 500,000 gas whatever it proves is shared by all that lives on the rollup: \
      with fan-out n and depth d a transaction of the uppermost layer has 1/n^d of what it has with one rollup of each \
      layer. A batch has 13 transactions of each, one each 5 s for 60 s
      """,
    source: "geometric series; model.md, section 11", detects: 0.02,
    cases: [
      amortised(fanOut: 1, depth: 1), amortised(fanOut: 2, depth: 1),
      amortised(fanOut: 4, depth: 1),
      amortised(fanOut: 1, depth: 2), amortised(fanOut: 2, depth: 2),
      amortised(fanOut: 3, depth: 2),
      amortised(fanOut: 2, depth: 3),
    ])

  /// What a transaction pays of proofs, over the closed form.
  private static func amortised(fanOut: Int, depth: Int) -> Case {
    let leaves = (0..<depth).reduce(1.0) { product, _ in product * Double(fanOut) }
    let expected = 500_000 * 10e9 / (13 * leaves)
    let uppermost = "h" + String(repeating: "a", count: depth)
    return .range(
      "proof over closed form, fan-out \(fanOut), depth \(depth)", unit: "1", 0.98...1.02,
      in: WorldProbe(world(fanOut: fanOut, depth: depth))
    ) { $0["cost_proof_wei_per_tx_mean", of: uppermost] / expected }
  }

  /// Rollups on rollups that all pay at cost, of which the uppermost have users.
  private static func world(fanOut: Int, depth: Int) -> [String] {
    var rollups = [(name: "h", text: rollup(on: nil, rate: "0.001 /s"))]
    var hosts = ["h"]
    for level in 1...depth {
      let guests = hosts.flatMap { host in
        ["a", "b", "c", "d"].prefix(fanOut).map { (name: host + $0, host: host) }
      }
      let rate = level == depth ? "0.2 /s" : "0.001 /s"
      rollups += guests.map { ($0.name, rollup(on: $0.host, rate: rate)) }
      hosts = guests.map(\.name)
    }
    return [
      WorldProbe.quietChain,
      """
      settlement.base_fee: 10 gwei
      warmup: 30 min
      horizon: 150 min
      """,
      WorldProbe.rollups(
        rollups.map { ($0.name, WorldProbe.quietRollup + "\n" + WorldProbe.proverAlone) }),
      WorldProbe.rollups(rollups),
    ]
  }

  private static func rollup(on host: String?, rate: String) -> String {
    let hosting = host.map { "host: \($0)\nhost_pricing: at_cost\nenvelope_bytes: 0 B\n" } ?? ""
    let carrier = host == nil ? "blobs" : "calldata, calldata_bytes: 100 kB"
    return hosting + """
      workload.arrivals.deterministic.rate: \(rate)
      sequencer: {sealing: interval, block_interval: 1 s, block_gas: 1 Ggas}
      poster: {carrier: \(carrier), max_age: 60 s, max_bytes: 100 kB}
      prover: {proof_time: 0 s, provers: 1000, rent: 0 USD/h, gas: 500 kgas}
      bridge.exit_gas: 0 gas
      """
  }
}
