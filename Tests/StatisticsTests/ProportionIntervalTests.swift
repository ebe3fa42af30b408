import Randomness
import Statistics
import Testing

/// Exact limits of a probability against published ones, closed forms and their promise.
@Suite struct ProportionIntervalTests {
  /// 10 of 100: Newcombe (1998, Statistics in Medicine 17, 857–872) prints 0.0490 to 0.1762 for
  /// Clopper and Pearson's method.
  @Test func theLimitsAreThoseOfTheTable() throws {
    let found = try #require(ConfidenceInterval(successes: 10, of: 100, confidence: 0.95))
    #expect(abs(found.low - 0.0490) < 5e-5)
    #expect(abs(found.high - 0.1762) < 5e-5)
  }

  /// After no success the upper limit solves (1 − p)ⁿ = 0.025.
  @Test func noSuccessHasAClosedForm() throws {
    let none = try #require(ConfidenceInterval(successes: 0, of: 50, confidence: 0.95))
    #expect(none.low == 0)
    #expect(abs(none.high - 0.07112174) < 1e-8)
    let all = try #require(ConfidenceInterval(successes: 50, of: 50, confidence: 0.95))
    #expect(abs(all.low - (1 - 0.07112174)) < 1e-8)
    #expect(all.high == 1)
    #expect(ConfidenceInterval(successes: 0, of: 0, confidence: 0.95) == nil)
  }

  /// Counts of which GSL's beta distribution has no value.
  ///
  /// 506,033 of 1,744,940: the exact limits by summing the binomial law term by term.
  @Test func countsBeyondTheBetaDistributionHaveLimits() throws {
    let found = try #require(
      ConfidenceInterval(successes: 506_033, of: 1_744_940, confidence: 0.95))
    #expect(abs(found.low - 0.2893270265) < 1e-6)
    #expect(abs(found.high - 0.2906741290) < 1e-6)
  }

  /// Half of very many: the normal limits are exact to a hundredth of the width.
  @Test(arguments: [3_000_000, 10_000_000, 1_000_000_000]) func manyTrialsHaveLimits(
    _ trials: Int
  ) throws {
    let found = try #require(
      ConfidenceInterval(successes: trials / 2, of: trials, confidence: 0.95))
    let half = 1.959964 * 0.5 / Double(trials).squareRoot()
    #expect(abs(found.low - (0.5 - half)) < 0.01 * half)
    #expect(abs(found.high - (0.5 + half)) < 0.01 * half)
  }

  /// Each limit is the probability at which the tail of the binomial law has 2.5 %, summed here term
  /// by term.
  @Test(arguments: [(1, 10), (3, 17), (16, 17), (941, 1000)]) func theTailsAreThoseOfTheBinomialLaw(
    _ successes: Int, _ trials: Int
  ) throws {
    let found = try #require(ConfidenceInterval(successes: successes, of: trials, confidence: 0.95))
    func probability(_ range: ClosedRange<Int>, at p: Double) -> Double {
      (0...trials).reduce((term: 1.0, sum: 0.0)) { state, k in
        var power = state.term
        for _ in 0..<k { power *= p }
        for _ in k..<trials { power *= 1 - p }
        let next = Double(trials - k) / Double(k + 1)
        return (state.term * next, state.sum + (range.contains(k) ? power : 0))
      }.sum
    }
    #expect(abs(probability(successes...trials, at: found.low) - 0.025) < 1e-9)
    #expect(abs(probability(0...successes, at: found.high) - 0.025) < 1e-9)
  }
}
