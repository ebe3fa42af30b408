import EventKernel
import RareEvents
import Rollup
import Statistics
import Testing
import Validating
import Worlds

/// A wrong state of a whole world that becomes final, by splitting, by plain runs and in closed form.
@Suite struct WrongStateTests {
  private static func estimate(
    _ question: WrongState.Question, levels: [Double], trials: Int, repetitions: Int
  ) -> RareEventEstimate {
    Splitting(levels: levels, trials: trials, repetitions: repetitions)
      .estimate(seed: 1, jobs: 2) { WrongState.start(question, seed: $0, replication: $1) }
  }

  /// Half of the proposers censor for ten blocks, 9.8e-4: what plain runs of the same world find, what
  /// splitting finds, and c^n.
  ///
  /// Seed 1. H0: the closed form. False alarm 1e-6 by the exact interval of 20,000 plain runs, 1e-6 by
  /// Student's interval of the splitting. Detects a factor of 2.6 by plain runs, 50 % by splitting.
  @Test func plainRunsAndSplittingAgree() {
    let question = WrongState.Question(censored: 0.5, window: .blocks(10))
    #expect(question.probability == 1.0 / 1024)
    let plain = Self.estimate(question, levels: [10], trials: 10_000, repetitions: 2)
    let split = Self.estimate(question, levels: question.levels, trials: 500, repetitions: 20)
    let limits = [plain, split].map { $0.interval(confidence: 1 - 1e-6) }
    print(plain.probability, split.probability, limits)
    for limit in limits {
      #expect(limit.low < question.probability && question.probability < limit.high)
    }
    #expect(limits[0].high < 2.6 * question.probability)
    #expect(limits[1].high < 1.5 * question.probability)
  }

  /// One in a billion: 30 blocks, and 35 slots of which a tenth is missed.
  ///
  /// Seed 1. H0: the closed form. False alarm 1e-6 each by Student's interval. Detects a factor of 2.
  @Test(arguments: [
    WrongState.Question(censored: 0.5, window: .blocks(30)),
    WrongState.Question(censored: 0.5, missed: 0.1, window: .time(.seconds(12 * 35))),
  ])
  func oneInABillion(_ question: WrongState.Question) {
    let estimate = Self.estimate(
      question, levels: question.levels, trials: 500, repetitions: 20)
    let interval = estimate.interval(confidence: 1 - 1e-6)
    print(estimate.probability, question.probability, interval, estimate.levelShares)
    #expect((1e-10..<1e-8).contains(question.probability))
    #expect(interval.low < question.probability && question.probability < interval.high)
    #expect(interval.high < 2 * question.probability && interval.low > 0)
  }

  /// All blocks of the window leave the challenge out, or it is in one of them; missed slots are no
  /// blocks.
  @Test func theWindowIsCountedInBlocks() {
    let question = WrongState.Question(censored: 0.5, missed: 0.3, window: .blocks(3))
    #expect(question.probability == 0.125)
    let plain = Self.estimate(question, levels: [3], trials: 1000, repetitions: 2)
    let interval = plain.interval(confidence: 1 - 1e-6)
    #expect(interval.low < 0.125 && 0.125 < interval.high)
  }

  /// A window of time that ends with a slot has that slot; one that ends before it does not.
  ///
  /// Seed 1, 2000 plain runs. H0: 0.5^k. False alarm 1e-6 each. Detects a slot more or less.
  @Test(arguments: [(35, 0.25), (36, 0.125), (37, 0.125)] as [(Int64, Double)])
  func theSlotAtTheEndCounts(_ seconds: Int64, _ expected: Double) {
    let question = WrongState.Question(censored: 0.5, window: .time(.seconds(seconds)))
    #expect(question.probability == expected)
    let plain = Self.estimate(question, levels: [question.top], trials: 1000, repetitions: 2)
    let interval = plain.interval(confidence: 1 - 1e-6)
    #expect(interval.low < expected && expected < interval.high)
    #expect(interval.high < 2 * expected && interval.low > expected / 2)
  }

  /// A copy of the whole world in the window takes the same path.
  @Test func aCopyTakesTheSamePath() {
    let question = WrongState.Question(censored: 0.9, missed: 0.1, window: .blocks(50))
    var original = WrongState.start(question, seed: 4, replication: 0)
    original.run(through: .distantFuture) { $0.importance >= 2 || $0.isOver }
    let inWindow = original.model.importance
    #expect(inWindow == 2)
    var copy = original.copy(drawing: .same)
    var fresh = original.copy(drawing: .fresh(seed: 4, replication: 1))
    copy.run(through: .start + .hours(1)) { _ in false }
    fresh.run(through: .start + .hours(1)) { _ in false }
    original.run(through: .start + .hours(1)) { _ in false }
    let prints = [original.scheduler.fingerprint, copy.scheduler.fingerprint]
    #expect(prints[0] == prints[1])
    let other = fresh.scheduler.fingerprint
    #expect(prints[0] != other)
  }
}
