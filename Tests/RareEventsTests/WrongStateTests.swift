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

  /// Half of the proposers censor for eight blocks, 3.9e-3: what plain runs of the same world find, what
  /// splitting finds, and c^(n - 1).
  ///
  /// Seed 1. H0: the closed form. False alarm 1e-6 by the exact interval of 6000 plain runs, 1e-6 by
  /// Student's interval of the splitting. Detects a factor of 2.5 by plain runs, 60 % by splitting.
  @Test func plainRunsAndSplittingAgree() {
    let question = WrongState.Question(censored: 0.5, window: .blocks(9))
    #expect(question.probability == 1.0 / 256)
    let plain = Self.estimate(question, levels: [9], trials: 3000, repetitions: 2)
    let split = Self.estimate(question, levels: question.levels, trials: 400, repetitions: 20)
    let limits = [plain, split].map { $0.interval(confidence: 1 - 1e-6) }
    for limit in limits {
      #expect(limit.low < question.probability && question.probability < limit.high, "\(limits)")
    }
    #expect(limits[0].high < 2.5 * question.probability, "\(limits)")
    #expect(limits[1].high < 1.6 * question.probability, "\(limits)")
  }

  /// One in a billion: all 30 blocks before the end of a window.
  ///
  /// Seed 1. H0: the closed form, 9.3e-10. False alarm 1e-6 by Student's interval. Detects a factor of 2.
  @Test func oneInABillion() {
    expectAgreement(WrongState.Question(censored: 0.5, window: .blocks(31)), trials: 800)
  }

  /// A window of time: 15 slots before its end, of which a tenth is missed.
  ///
  /// Seed 1. H0: the closed form, 1.3e-4. False alarm 1e-6 by Student's interval. Detects a factor of 2.
  @Test func aWindowOfTime() {
    let window = SimDuration.seconds(12 * 16)
    expectAgreement(
      WrongState.Question(censored: 0.5, missed: 0.1, window: .time(window)), trials: 200)
  }

  private func expectAgreement(_ question: WrongState.Question, trials: Int) {
    let estimate = Self.estimate(
      question, levels: question.levels, trials: trials, repetitions: 20)
    let interval = estimate.interval(confidence: 1 - 1e-6)
    let expected = question.probability
    #expect(interval.low < expected && expected < interval.high, "\(interval), \(expected)")
    #expect(interval.high < 2 * expected && interval.low > 0, "\(interval), \(expected)")
    #expect((estimate.equivalentPlainRuns ?? 0) > 10 / expected)
  }

  /// All blocks before the end of the window leave the proof out, or it is in one of them; missed slots are no
  /// blocks.
  ///
  /// Seed 1, 700 plain runs. H0: 0.5^3. False alarm 1e-6. Detects a block more or less.
  @Test func theWindowIsCountedInBlocks() {
    let question = WrongState.Question(censored: 0.5, missed: 0.3, window: .blocks(4))
    #expect(question.probability == 0.125)
    let plain = Self.estimate(question, levels: [4], trials: 350, repetitions: 2)
    let interval = plain.interval(confidence: 1 - 1e-6)
    #expect(interval.low < 0.125 && 0.125 < interval.high)
    #expect(interval.high < 0.25 && interval.low > 0.0625)
  }

  /// A slot at the end of a window is too late; one before the end counts.
  ///
  /// Seed 1, 700 plain runs. H0: 0.5^k. False alarm 1e-6 each. Detects a slot more or less.
  @Test(arguments: [(35, 0.25), (36, 0.25), (37, 0.125)] as [(Int64, Double)])
  func theSlotAtTheEndIsTooLate(_ seconds: Int64, _ expected: Double) {
    let question = WrongState.Question(censored: 0.5, window: .time(.seconds(seconds)))
    #expect(question.probability == expected)
    let plain = Self.estimate(question, levels: [question.top], trials: 350, repetitions: 2)
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
