import Foundation
import Testing

@testable import Rollup

/// When to post: the decision process against every policy that there is, and against closed forms.
@Suite struct PostingProblemTests {
  /// Mean cost per step of a policy by the stationary distribution of its states, by power iteration.
  private static func costPerStep(
    _ problem: PostingProblem, posts: (_ level: Int, _ step: Int) -> Bool
  ) -> Double {
    let (levels, last) = (problem.fees.levels.count, problem.last)
    var shares = [Double](repeating: 0, count: levels * last)
    shares[0] = 1
    var cost = 0.0
    for _ in 0..<1000 {
      var next = [Double](repeating: 0, count: shares.count)
      cost = 0
      for level in 0..<levels {
        for step in 1...last {
          let share = shares[(step - 1) * levels + level]
          let isPosted = step == last || posts(level, step)
          if isPosted {
            cost +=
              share
              * (problem.fees.levels[level] * problem.units[step - 1]
                + problem.fixed[step - 1])
          }
          cost += share * problem.delay[isPosted ? 0 : step]
          let then = isPosted ? 1 : step + 1
          for move in problem.fees.steps[level] {
            next[(then - 1) * levels + move.level] += share * move.probability
          }
        }
      }
      // Half of a step at a time: what is periodic has a mean all the same.
      shares = zip(shares, next).map { ($0 + $1) / 2 }
    }
    return cost
  }

  private static let small = PostingProblem(
    fees: FeeChain(levels: [1, 3], transitions: [[0.8, 0.2], [0.3, 0.7]]), units: [3, 4, 5, 6],
    fixed: [1, 1, 1.5, 1.5], delay: [0.2, 0.6, 1, 1.4])

  /// All 64 policies of two levels and four steps.
  @Test(arguments: [0.1, 1, 4])
  func noOtherPolicyIsCheaper(_ delay: Double) {
    var problem = Self.small
    problem.delay = problem.delay.map { $0 * delay }
    let (decisions, value) = problem.solve()
    let all = (0..<64).map { policy in
      Self.costPerStep(problem) { level, step in policy >> (2 * (step - 1) + level) & 1 == 1 }
    }
    let own = Self.costPerStep(problem) { decisions[$0, $1] }
    #expect(abs(own - value.costPerStep) < 1e-9)
    #expect(abs((all.min() ?? 0) - value.costPerStep) < 1e-9)
    #expect((all.max() ?? 0) > value.costPerStep * 1.1)
  }

  /// A fee of 1 with probability π at each step, else of 4, whatever it was: who waits for 1 up to N steps
  /// posts after E T = Σ (1 − π)^k steps, k < N, and all but the last post is at 1.
  @Test func waitingForALowFeeHasAClosedForm() {
    let (low, count) = (0.25, 5)
    let problem = PostingProblem(
      fees: FeeChain(levels: [1, 4], transitions: [[low, 1 - low], [low, 1 - low]]),
      units: (1...count).map(Double.init), fixed: [Double](repeating: 0, count: count),
      delay: (0..<count).map { 0.01 * (Double($0) + 0.5) })
    // Of T = k: probability, steps posted, delay of 0.01·k²/2.
    let chance = (1...count).map { pow(1 - low, Double($0 - 1)) * ($0 < count ? low : 1) }
    let steps = zip(1..., chance).reduce(0) { $0 + Double($1.0) * $1.1 }
    let cost = zip(1..., chance).reduce(0.0) { sum, term in
      let (step, chance) = (Double(term.0), term.1)
      let fee = term.0 < count ? 1 : low + (1 - low) * 4
      return sum + chance * (fee * step + 0.005 * step * step)
    }
    let (decisions, value) = problem.solve()
    #expect(abs(value.costPerStep - cost / steps) < 1e-12)
    for step in 1..<count { #expect(decisions[0, step] && !decisions[1, step]) }
    let thresholds = PostingThresholds(problem).fees
    #expect(thresholds.dropLast().allSatisfy { 1 < $0 && $0 < 4 } && thresholds[4] == .infinity)
  }

  /// Of one batch: who posts at ages 1 … 5, at the last at any fee, pays 1 + 3 q⁵ and waits q + … + q⁴ steps.
  @Test func aFullBatchWaitsForALowFee() {
    let (low, high) = (0.25, 0.75)
    let problem = WaitingProblem(
      fees: FeeChain(levels: [1, 4], transitions: [[low, high], [low, high]]), units: 1, fixed: 2,
      delay: 0.01, steps: 5)
    let (thresholds, costs) = problem.solve()
    let waits = (1...4).reduce(0) { $0 + pow(high, Double($1)) }
    #expect(
      abs(low * costs[0][0] + high * costs[0][1] - (3 + 3 * pow(high, 5) + 0.01 * waits)) < 1e-12)
    #expect(thresholds.fees.dropLast().allSatisfy { 1 < $0 && $0 < 4 })
    #expect(thresholds.fees.count == 5 && thresholds.fees[4] == .infinity)
  }

  /// At a fee that does not move, F for each post and a·R for each step squared: every √(2F/(aR)) steps
  /// (Harris 1913), here 7.
  @Test func atAConstantFeeItIsTheOrderQuantity() {
    let problem = PostingProblem(
      fees: .lognormal(median: 2, volatility: 0, persistence: 0.9, count: 21),
      units: (1...40).map { 24.5 + 3 * Double($0) }, fixed: [Double](repeating: 0, count: 40),
      delay: (0..<40).map { 2 * (Double($0) + 0.5) })
    let thresholds = PostingThresholds(problem).fees
    #expect(thresholds.prefix { $0 == 0 }.count == 6)
    #expect(thresholds.dropFirst(6).allSatisfy { $0 == .infinity })
    // 2·24.5/7 + 2·7/2 for delay, and 2·3 for what each step brings.
    #expect(abs(problem.solve().value.costPerStep - (7 + 7 + 6)) < 1e-12)
  }

  /// The more waits, the more is paid.
  ///
  /// A fee that all but stands still is waited for as by the order quantity: 21 steps are √(2F·fee/a) at 0.441.
  @Test func thresholdsRiseWithTheQueue() {
    func thresholds(persistence: Double) -> [Double] {
      PostingThresholds(
        PostingProblem(
          fees: .lognormal(median: 1, volatility: 0.5, persistence: persistence, count: 21),
          units: (1...60).map { 5 + Double($0) }, fixed: [Double](repeating: 0, count: 60),
          delay: (0..<60).map { 0.01 * (Double($0) + 0.5) })
      ).fees
    }
    let fast = thresholds(persistence: 0.9)
    #expect(zip(fast, fast.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(fast[5] < 1 && fast[0] < fast[20])
    let slow = thresholds(persistence: 0.999)
    #expect(abs(slow[20] / 0.441 - 1) < 0.15)
  }

  /// Mean, variance and autocorrelation of the logarithm are those that were asked for (Kopecky & Suen 2010).
  @Test func theFeeHasTheMomentsThatItIsSaidToHave() {
    let chain = FeeChain.lognormal(median: 7, volatility: 0.4, persistence: 0.95, count: 21)
    let logs = chain.levels.map { log($0 / 7) }
    var shares = [Double](repeating: 1.0 / 21, count: 21)
    for _ in 0..<5000 {
      var next = [Double](repeating: 0, count: 21)
      for (level, share) in shares.enumerated() {
        for step in chain.steps[level] { next[step.level] += share * step.probability }
      }
      shares = next
    }
    let variance = zip(shares, logs).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    let product = chain.levels.indices.reduce(0.0) { sum, level in
      sum + shares[level] * logs[level] * chain.expectation(after: level) { logs[$0] }
    }
    #expect(abs(variance - 0.16) < 1e-6)
    #expect(abs(product / variance - 0.95) < 1e-6)
    for level in chain.levels.indices {
      #expect(abs(chain.expectation(after: level) { logs[$0] } - 0.95 * logs[level]) < 1e-9)
    }
  }
}
