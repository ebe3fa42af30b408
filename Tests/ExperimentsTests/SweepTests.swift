import Results
import RunStore
import Running
import Specifications
import Testing

/// Runs share nothing: threads and points change no other's result.
@Suite struct SweepTests {
  private static let factors = """
    factors:
      - system: [optimism-bedrock, zksync-era]
      - poster.max_age: [30 s, 2 min]

    """

  @Test func theNumberOfThreadsChangesNoByte() throws {
    let (_, one) = try Tiny.report(Self.factors, jobs: 1)
    let (_, two) = try Tiny.report(Self.factors, jobs: 2)
    let (_, many) = try Tiny.report(Self.factors, jobs: 64)
    for other in [two, many] {
      #expect(one.points.csv == other.points.csv)
      #expect(one.runs.csv == other.runs.csv)
    }
  }

  @Test func progressCountsEveryRunOnce() throws {
    let experiment = try Tiny.experiment(Self.factors)
    let seen = Seen()
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    let sweep = try Sweep(experiment, in: store, jobs: 2) { seen.add($0) }
    #expect(experiment.runCount == 8 && sweep.totalCount == 8 && sweep.storedCount == 0)
    try sweep.run()
    #expect(seen.sorted == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  /// One run of fifteen minutes at 10,000 /s, some 3e6 events by estimate: it tells thrice how far it is.
  @Test func aLongRunTellsHowFarItIs() throws {
    let long =
      "workload.arrivals.poisson.rate: 10000 /s, sequencer.block_gas: 100 Ggas, fidelity: individual"
    let experiment = try Experiment(
      .read(
        .parse(
          "experiment: long\nscenario: {warmup: 1 min, horizon: 15 min, \(long)}\nreplications: 1",
          file: "e.yaml")))
    let seen = Seen()
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    try Sweep(experiment, in: store, jobs: 1) { seen.add($0) }.run()
    #expect(seen.sorted.map { ($0 * 1e6).rounded() } == [333_333, 666_667, 1_000_000])
  }

  /// Common random numbers: all points of a replication are offered the same work.
  @Test func pointsShareStreamsByDefault() throws {
    let (_, report) = try Tiny.report(Self.factors)
    let rates = report.runs.numbers("throughput_offered_tx_per_s")
    let gas = report.runs.numbers("throughput_offered_gas_per_s")
    for point in 1..<4 {
      #expect(rates[2 * point] == rates[0] && rates[2 * point + 1] == rates[1])
      #expect(gas[2 * point] == gas[0] && gas[2 * point + 1] == gas[1])
    }
    #expect(gas[0] != gas[1], "replications differ")
  }

  @Test func pointsAreIndependentOnRequest() throws {
    let (_, report) = try Tiny.report(Self.factors + "random: {common: false}")
    let gas = report.runs.numbers("throughput_offered_gas_per_s")
    #expect(Set(gas).count == 8)
  }

  @Test func theSeedChangesEveryRun() throws {
    let (_, one) = try Tiny.report("random: {seed: 1}")
    let (_, two) = try Tiny.report("random: {seed: 2}")
    let gas = [one, two].flatMap { $0.runs.numbers("throughput_offered_gas_per_s") }
    #expect(Set(gas).count == 4)
  }

  @Test func aRunThatCannotFinishIsAFailure() throws {
    let experiment = try Tiny.experiment("factors: {cooldown: [1 s, 1 d]}")
    let report = try experiment.report()
    #expect(report.failures.numbers("point") == [0, 0])
    #expect(report.failures.numbers("replication") == [0, 1])
    #expect(report.failures.column("reason").allSatisfy { $0.text.contains("lengthen cooldown") })
    #expect(report.runs.numbers("point") == [1, 1], "the other runs count")
  }
}
