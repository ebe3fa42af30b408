import EventKernel
import RareEvents
import Statistics
import Testing

/// Splitting against runs of missed slots, whose probability is known exactly.
@Suite struct SplittingTests {
  private static func start(_ seed: UInt64, _ replication: UInt64) -> Simulation<MissedSlots> {
    MissedSlots.start(share: 0.2, seed: seed, replication: replication)
  }

  /// The exact probabilities themselves, against sums over all sequences by hand.
  @Test func exactProbabilities() {
    #expect(MissedSlots.probability(of: 2, share: 0.5, slots: 2) == 0.25)
    #expect(MissedSlots.probability(of: 2, share: 0.5, slots: 3) == 3.0 / 8)
    #expect(MissedSlots.probability(of: 2, share: 0.5, slots: 4) == 8.0 / 16)
  }

  /// Four in a row among 60 slots, by stages of four paths of which most die out: a bias of the
  /// product, of the choice of entrances or of the copies would show.
  ///
  /// Seed 1, 3000 repetitions. H0: the exact probability. False alarm 1e-6 by Student's interval, of
  /// nearly normal means. Detects 12 %.
  @Test func fewPathsGiveNoBias() throws {
    let exact = MissedSlots.probability(of: 4, share: 0.2, slots: 60)
    let splitting = Splitting(
      levels: [1, 2, 3, 4], trials: 4, repetitions: 3000, horizon: MissedSlots.horizon(slots: 60))
    let estimate = splitting.estimate(seed: 1, start: Self.start)
    let interval = estimate.interval(confidence: 1 - 1e-6)
    #expect(interval.low < exact && exact < interval.high, "\(interval), \(exact)")
    #expect(interval.high - interval.low < 0.24 * exact)
  }

  /// Twelve in a row among 60, by 16,000 paths, where plain runs would be a thousand times as many.
  ///
  /// Copies that take the paths of others would find nothing.
  ///
  /// Seed 1. H0: the exact probability, 1.6e-7. False alarm 1e-6 by Student's interval. Detects a factor
  /// of 2.
  @Test func aRareRunIsFound() {
    let exact = MissedSlots.probability(of: 12, share: 0.2, slots: 60)
    let splitting = Splitting(
      levels: (3...12).map(Double.init), trials: 160, repetitions: 10,
      horizon: MissedSlots.horizon(slots: 60))
    let estimate = splitting.estimate(seed: 1, start: Self.start)
    let interval = estimate.interval(confidence: 1 - 1e-6)
    #expect(interval.low < exact && exact < interval.high, "\(interval), \(exact)")
    #expect((estimate.equivalentPlainRuns ?? 0) > 16_000_000)
  }

  /// 95 % intervals of 400 estimates miss as often as they should.
  ///
  /// Seeds 1 to 400. H0: each misses with 5 %. False alarm 1e-6: P(more than 44) = 5e-7 and P(fewer than
  /// 3) = 3e-7. Detects intervals that cover less than 84 % or more than 99.9 %.
  @Test func intervalsCover() {
    let slots = 12
    let exact = MissedSlots.probability(of: 4, share: 0.2, slots: slots)
    let splitting = Splitting(
      levels: [2, 3, 4], trials: 40, repetitions: 10, horizon: MissedSlots.horizon(slots: slots))
    let misses = (1...400 as ClosedRange<UInt64>).count { seed in
      let interval = splitting.estimate(seed: seed, start: Self.start).interval()
      return exact < interval.low || interval.high < exact
    }
    #expect((3...44).contains(misses), "\(misses)")
  }

  /// Plain runs of the same streams reach the level as often, so one level is plain Monte Carlo.
  @Test func oneLevelIsPlainMonteCarlo() throws {
    let horizon = MissedSlots.horizon(slots: 10)
    let splitting = Splitting(levels: [2], trials: 50, repetitions: 4, horizon: horizon)
    let estimate = splitting.estimate(seed: 3, start: Self.start)
    let plain = (0..<200 as Range<UInt64>).count { replication in
      var simulation = Self.start(3, replication)
      simulation.run(through: horizon) { $0.run >= 2 }
      return simulation.model.run >= 2
    }
    #expect(estimate.repetitions.map(\.reached.count) == [1, 1, 1, 1])
    #expect(abs(estimate.probability - Double(plain) / 200) < 1e-12)
    let exact = try #require(
      ConfidenceInterval(successes: plain, of: 200, confidence: 0.9))
    #expect(estimate.interval(confidence: 0.9) == exact)
  }

  /// A run of 31 does not fit into 30 slots.
  @Test func whatNoPathReachesHasAnUpperLimit() throws {
    let splitting = Splitting(
      levels: [3, 31], trials: 50, repetitions: 2, horizon: MissedSlots.horizon(slots: 30))
    let estimate = splitting.estimate(seed: 1, start: Self.start)
    #expect(estimate.probability == 0 && estimate.arrived == 0)
    #expect(estimate.equivalentPlainRuns == nil)
    let first = estimate.repetitions.reduce(0) { $0 + $1.reached[0] }
    let limit = try #require(ConfidenceInterval(successes: first, of: 100, confidence: 0.95))
    #expect(estimate.interval() == ConfidenceInterval(low: 0, high: limit.high))
    #expect((0.1..<0.4).contains(limit.high))
  }

  /// Nothing enters the later stages, and nothing is run for them.
  @Test func stagesAfterAnEmptyOneAreEmpty() {
    let splitting = Splitting(
      levels: [31, 32, 33], trials: 5, repetitions: 2, horizon: MissedSlots.horizon(slots: 30))
    let estimate = splitting.estimate(seed: 1, start: Self.start)
    #expect(estimate.repetitions.map(\.reached) == [[0, 0, 0], [0, 0, 0]])
    #expect(estimate.levelShares == [0, nil, nil])
    #expect(estimate.events == 2 * 5 * 30)
    // 1 − 0.025^(1/10).
    #expect(abs(estimate.interval().high - 0.3084971) < 1e-7)
  }

  /// A level at or below the start is reached by every path at once.
  @Test func whatIsReachedAtTheStartIsCertain() {
    let splitting = Splitting(
      levels: [-1, 0], trials: 3, repetitions: 2, horizon: MissedSlots.horizon(slots: 30))
    let estimate = splitting.estimate(seed: 1, start: Self.start)
    #expect(estimate.probability == 1 && estimate.arrived == 2 && estimate.events == 0)
    #expect(estimate.interval() == ConfidenceInterval(low: 1, high: 1))
  }

  @Test func theSeedAloneDecides() {
    let splitting = Splitting(
      levels: [2, 4], trials: 20, repetitions: 5, horizon: MissedSlots.horizon(slots: 30))
    let estimate = splitting.estimate(seed: 5, start: Self.start)
    for jobs in [1, 2, 3, 8] {
      #expect(splitting.estimate(seed: 5, jobs: jobs, start: Self.start) == estimate)
    }
    #expect(splitting.estimate(seed: 6, start: Self.start) != estimate)
    #expect(Set(estimate.repetitions).count > 1)
  }

  @Test func whatIsNoSplittingTraps() async {
    await #expect(processExitsWith: .failure) { _ = Splitting(levels: []) }
    await #expect(processExitsWith: .failure) { _ = Splitting(levels: [.nan]) }
    await #expect(processExitsWith: .failure) { _ = Splitting(levels: [1, 3, 3]) }
    await #expect(processExitsWith: .failure) { _ = Splitting(levels: [1, .nan, 3]) }
    await #expect(processExitsWith: .failure) { _ = Splitting(levels: [1], trials: 0) }
    await #expect(processExitsWith: .failure) { _ = Splitting(levels: [1], repetitions: 1) }
    await #expect(processExitsWith: .success) {
      _ = Splitting(levels: [1, 2], trials: 1, repetitions: 2)
    }
  }
}
