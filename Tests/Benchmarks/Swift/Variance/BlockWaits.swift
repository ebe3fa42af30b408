import EventKernel
import Randomness
import Rollup
import Statistics

extension VarianceBench {
  private static let blocks = 900
  private static let interval = 2.0
  private static let rate = 10.0

  /// Quantiles of the wait for a block, from each transaction and from the spans that blocks keep.
  ///
  /// Half an hour of blocks every 2 s with Poisson arrivals of 10 /s. The span says the first and the
  /// last arrival; between them their law is even.
  func drawBlocks(_ table: inout VarianceTable) {
    let quantiles = [("p50", 0.5), ("p95", 0.95)]
    var drawn = [[Double]](repeating: [], count: quantiles.count)
    var spans = drawn
    for replication in 0..<UInt64(runs) {
      let (waits, histogram) = Self.waits(replication)
      let sorted = waits.sorted()
      for (index, quantile) in quantiles.enumerated() {
        drawn[index].append(sorted[Int(quantile.1 * Double(sorted.count))])
        spans[index].append(histogram.quantileSeconds(quantile.1) ?? .nan)
      }
    }
    for (index, quantile) in quantiles.enumerated() {
      table.add(
        "even spread within a block", "blocks of 2 s, 10 tx/s",
        "finality_soft_s_\(quantile.0)", replications: runs, units: runs
      ) { units in
        guard let single = drawn[index].variance(at: units),
          let spread = spans[index].variance(at: units)
        else { return nil }
        return VariancePair(
          without: single / Double(units.count), with: spread / Double(units.count))
      }
    }
  }

  private static func waits(_ replication: UInt64) -> ([Double], LatencyHistogram) {
    var stream = RandomStream(seed: 1, replication: replication, name: "workload.arrivals")
    var waits: [Double] = []
    var histogram = LatencyHistogram()
    var arrival = stream.exponential(mean: 1 / rate)
    for block in 1...blocks {
      let sealedAt = Double(block) * interval
      var submissions = Submissions()
      while arrival <= sealedAt {
        waits.append(sealedAt - arrival)
        submissions.add(.start + (SimDuration(seconds: arrival) ?? .zero))
        arrival += stream.exponential(mean: 1 / rate)
      }
      guard submissions.count > 0, let offset = SimDuration(seconds: sealedAt) else { continue }
      let instant = SimTime.start + offset
      let count = UInt64(submissions.count)
      histogram.record(
        from: (instant - submissions.last).nanoseconds,
        to: (instant - submissions.first).nanoseconds, count: count,
        sum: UInt128(count) * UInt128(instant.nanoseconds) - submissions.sum)
    }
    return (waits, histogram)
  }
}
