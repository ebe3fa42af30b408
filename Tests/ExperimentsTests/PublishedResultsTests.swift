import Testing

/// Published formulas come out of the simulator itself, configured by a scenario file.
@Suite struct PublishedResultsTests {
  /// N·close + prove + aggregate + block with close 3 s, prove 120 s, aggregate 12 s, block 15 s:
  /// 138 s for one batch without aggregation, 162 s for 5, 207 s for 20.
  ///
  /// The first transaction of a batch is submitted one gap of 1 ms after the batch opens, hence the
  /// millisecond. `first_slot` puts a slot at the instant when the proof is there.
  @Test(arguments: [
    (1, "0 s", 123, 138.0), (5, "12 s", 147, 162.0), (20, "12 s", 192, 207.0),
  ])
  func delayOfParallelProvers(
    count: Int, aggregation: String, proofAt: Int, published: Double
  ) throws {
    let tallies = try ScenarioFiles.tallies(
      of: "polygon-provers",
      [
        "prover.provers": "\(count)", "prover.aggregated_batches": "\(count)",
        "prover.aggregation_time": aggregation, "horizon": "\(3 * count) s",
        "settlement.first_slot": "\(proofAt % 15) s",
      ])
    #expect(tallies["finality_proven_s_max"]?.mean == published - 0.001)
  }

  /// Time to the virtual state: N·close + block.
  ///
  /// The data is in the first block that begins after it is handed over; the slot of that very
  /// instant comes before, so it waits for a whole one.
  @Test(arguments: [(1, 18.0), (5, 30.0), (20, 75.0)])
  func timeToVirtualState(count: Int, published: Double) throws {
    let tallies = try ScenarioFiles.tallies(
      of: "polygon-provers",
      [
        "horizon": "\(3 * count) s", "prover.aggregated_batches": "1",
        "prover.provers": "\(count)", "settlement.first_slot": "\(3 * count % 15) s",
        "poster.max_bytes": "\(30_000 * count) B",
      ])
    #expect(tallies["finality_included_s_max"]?.mean == published - 0.001)
  }

  /// Throughput N / max(prove, N·close, block, aggregate) [batches/s] when there is always work:
  /// 0.00833, 0.0417, 0.1667; and the bound N·close at 50 provers: 1/3.
  @Test(arguments: [1, 5, 20, 50])
  func throughputOfParallelProvers(count: Int) throws {
    let published = Double(count) / max(120, 3 * Double(count), 15, 12)
    let tallies = try ScenarioFiles.tallies(
      of: "polygon-provers",
      [
        "prover.provers": "\(count)", "prover.aggregated_batches": "\(count)",
        "prover.aggregation_time": count == 1 ? "0 s" : "12 s", "horizon": "1200 s",
        "workload.arrivals.deterministic.rate": "1 /s", "poster.max_bytes": "30 B",
      ])
    let rate = try #require(tallies["prover_verified_batches_per_s"]).mean
    #expect(abs(rate / published - 1) < 0.005)
  }

  /// Size 50 or timer 60 s at 0.5/s: size 30.998815, wait 30.965009 s, interval 61.997630 s.
  ///
  /// Null hypothesis: the mean over 40 replications of 30 h has the published value. |t| < 6.3 with
  /// 39 degrees of freedom has false-alarm probability 2e-7 each. The standard error is about 0.02,
  /// so an error of 0.4 % in any of the three is seen.
  @Test func sizeOrTimer() throws {
    let tallies = try ScenarioFiles.tallies(of: "size-or-timer", replications: 40)
    for (measure, published) in [
      ("batch_size_tx_mean", 30.998815), ("batch_wait_s_mean", 30.965009),
      ("batch_interval_s_mean", 61.997630),
    ] {
      let tally = try #require(tallies[measure])
      let error = try #require(tally.standardDeviation) / 40.0.squareRoot()
      #expect(abs(tally.mean - published) < 6.3 * error, "\(measure)")
      #expect(error < 0.001 * published, "\(measure)")
    }
  }

  /// Erlang C: a batch waits 21.52824 s for one of four provers, which work 0.02 · 120 / 4 = 60 % of
  /// the time.
  ///
  /// Null hypothesis: the means over 60 replications of 200 h are these. |t| < 5.9 with 59 degrees of
  /// freedom has false-alarm probability 2e-7 each. The standard errors are about 0.2 s and 0.0012,
  /// so errors of 6 % of the wait and 1.2 % of the utilisation are seen.
  @Test func proverPoolIsErlangC() throws {
    let tallies = try ScenarioFiles.tallies(of: "prover-pool", replications: 60)
    for (measure, published, precision) in [
      ("prover_queue_s_mean", 21.52824, 0.3), ("prover_utilisation", 0.6, 0.002),
    ] {
      let tally = try #require(tallies[measure])
      let error = try #require(tally.standardDeviation) / 60.0.squareRoot()
      #expect(abs(tally.mean - published) < 5.9 * error, "\(measure)")
      #expect(error < precision, "\(measure)")
    }
  }
}
