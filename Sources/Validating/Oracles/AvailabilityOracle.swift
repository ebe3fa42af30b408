extension Oracle {
  /// How much of the time a chain with outages makes blocks.
  static let outageAvailability = Oracle(
    name: "outage-availability",
    statement: "availability = up/(up + down): outages with these mean times between and of them",
    source: "alternating renewal processes (Ross, Introduction to Probability Models)",
    detects: 0.04,
    cases: [(3, 1), (9, 1)].map { up, down in
      let world = WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 1 h
        horizon: 401 h
        workload.arrivals.poisson.rate: 0.001 /s
        settlement: {slot: 60 s, outages: {interval: \(up) h, duration: \(down) h}}
        """)
      let expected = Double(up) / Double(up + down)
      return .mean("up \(up) h, down \(down) h", unit: "1", expected, in: world) {
        1 - $0["fee_missed_slots_share"]
      }
    })
}
