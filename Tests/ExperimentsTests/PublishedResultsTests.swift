import Testing

/// Published formulas come out of the simulator itself, configured by a scenario file.
@Suite struct PublishedResultsTests {
  /// N·close + prove + aggregate + block with close 3 s, prove 120 s, aggregate 12 s, block 15 s:
  /// 138 s for one batch without aggregation, 162 s for 5, 207 s for 20.
  ///
  /// The first transaction of a batch is submitted one gap of 1 ms after the batch opens, hence the
  /// millisecond. `first_slot` puts a slot at the instant when the proof is there.
  @Test(arguments: [
    (1, "0 s", 3 + 120, 138.0), (5, "12 s", 15 + 132, 162), (20, "12 s", 60 + 132, 207),
  ])
  func delayOfParallelProvers(
    count: Int, aggregation: String, proofAt: Int, published: Double
  ) throws {
    let delay = try ScenarioFiles.tally(
      "finality_proven_s_max", of: "polygon-provers",
      [
        "prover.provers": "\(count)", "prover.aggregated_batches": "\(count)",
        "prover.aggregation_time": aggregation, "horizon": "\(3 * count) s",
        "settlement.first_slot": "\(proofAt % 15) s",
      ])
    #expect(delay.mean == published - 0.001)
  }

  /// Time to the virtual state: N·close + block. Data of the last of N batches is in the first block
  /// that begins after it closed; a slot at that very instant comes before, so it waits for a whole
  /// slot.
  @Test(arguments: [(1, 18.0), (5, 30), (20, 75)])
  func timeToVirtualState(count: Int, published: Double) throws {
    let file = "polygon-provers"
    let settings = [
      "horizon": "\(3 * count) s", "prover.aggregated_batches": "1",
      "prover.provers": "\(count)", "settlement.first_slot": "\(3 * count % 15) s",
      "poster.max_bytes": "\(30_000 * count) B",
    ]
    let delay = try ScenarioFiles.tally("finality_included_s_max", of: file, settings)
    #expect(delay.mean == published - 0.001)
  }

  /// Throughput N / max(prove, N·close, block, aggregate) [batches/s] when there is always work:
  /// 0.00833, 0.0417, 0.1667; and the bound N·close at 50 provers: 1/3.
  @Test(arguments: [(1, 1.0 / 120), (5, 5.0 / 120), (20, 20.0 / 120), (50, 1.0 / 3)])
  func throughputOfParallelProvers(count: Int, published: Double) throws {
    let rate = try ScenarioFiles.tally(
      "prover_verified_batches_per_s", of: "polygon-provers",
      [
        "prover.provers": "\(count)", "prover.aggregated_batches": "\(count)",
        "prover.aggregation_time": count == 1 ? "0 s" : "12 s", "horizon": "1200 s",
        "workload.arrivals.deterministic.rate": "1 /s", "poster.max_bytes": "30 B",
      ])
    #expect(abs(rate.mean / published - 1) < 0.005)
  }

  /// Size 50 or timer 60 s at 0.5/s: size 30.998815, wait 30.965009 s, interval 61.997630 s.
  ///
  /// Null hypothesis: the mean over 40 replications of 30 h has the published value. |t| < 6.3 with
  /// 39 degrees of freedom has false-alarm probability 2e-7 each. The standard error is about 0.02,
  /// so an error of 0.4 % in any of the three is seen.
  @Test(arguments: [
    ("batch_size_tx_mean", 30.998815), ("batch_wait_s_mean", 30.965009),
    ("batch_interval_s_mean", 61.997630),
  ])
  func sizeOrTimer(measure: String, published: Double) throws {
    let tally = try ScenarioFiles.tally(measure, of: "size-or-timer", replications: 40)
    let error = try #require(tally.standardDeviation) / 40.0.squareRoot()
    #expect(abs(tally.mean - published) < 6.3 * error)
    #expect(error < 0.001 * published)
  }

  /// Erlang C: a batch waits 21.52824 s for one of four provers.
  ///
  /// Null hypothesis: the mean over 60 replications of 200 h is that. |t| < 5.9 with 59 degrees of
  /// freedom has false-alarm probability 2e-7. The standard error is about 0.2 s, so an error of
  /// 1.2 s, or 6 %, is seen.
  @Test func proverPoolIsErlangC() throws {
    let tally = try ScenarioFiles.tally("prover_queue_s_mean", of: "prover-pool", replications: 60)
    let error = try #require(tally.standardDeviation) / 60.0.squareRoot()
    #expect(abs(tally.mean - 21.52824) < 5.9 * error)
    #expect(error < 0.3)
  }

  /// Utilisation of the same pool is the offered work: 0.02 · 120 / 4 = 0.6, within 2 %.
  @Test func proverPoolUtilisation() throws {
    let tally = try ScenarioFiles.tally("prover_utilisation", of: "prover-pool", replications: 60)
    let error = try #require(tally.standardDeviation) / 60.0.squareRoot()
    #expect(abs(tally.mean - 0.6) < 5.9 * error)
    #expect(error < 0.002)
  }
}
