import Statistics

/// What one splitting found.
public struct SplittingRepetition: Hashable, Sendable {
  /// Paths of each stage.
  public let trials: Int
  /// How many paths of each stage reached their level; 0 for stages that nothing entered.
  public let reached: [Int]
  /// Events that its paths executed.
  public let events: UInt64

  @usableFromInline
  init(trials: Int, reached: [Int], events: UInt64) {
    self.trials = trials
    self.reached = reached
    self.events = events
  }

  /// The product of the shares that reached their level: an unbiased estimate of the probability.
  public var probability: Double { reached.reduce(1) { $0 * Double($1) / Double(trials) } }
}

/// The probability of a rare event with its error.
public struct RareEventEstimate: Hashable, Sendable {
  /// How it was made.
  public let splitting: Splitting
  /// Its independent repetitions.
  public let repetitions: [SplittingRepetition]

  @usableFromInline
  init(splitting: Splitting, repetitions: [SplittingRepetition]) {
    self.splitting = splitting
    self.repetitions = repetitions
  }

  /// The mean of the estimates of the repetitions: unbiased.
  public var probability: Double { tally.mean }

  /// How many repetitions reached the top level.
  public var arrived: Int { repetitions.count { $0.probability > 0 } }

  /// Limits that hold the probability with about the given confidence.
  ///
  /// - One level: the exact interval of Clopper and Pearson over all paths.
  /// - Nothing reached the top: from 0 to the upper limit of the probability of the first level. The
  ///   paths of later stages share their past, so there is no exact limit for them.
  /// - Otherwise Student's interval over the repetitions, which are independent whatever happens within
  ///   one, cut to [0, 1]. It is too narrow where few repetitions arrived;
  ///   with a half-width of 25 % of the estimate it covered 90 % where 95 % were asked (decision
  ///   record 30).
  public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
    if splitting.levels.count == 1 { return firstLevel(confidence) }
    guard probability > 0, let student = ConfidenceInterval(meanOf: tally, confidence: confidence)
    else { return ConfidenceInterval(low: 0, high: firstLevel(confidence).high) }
    return ConfidenceInterval(low: max(student.low, 0), high: min(student.high, 1))
  }

  /// The share of the paths of each stage that reached its level; nil for stages that nothing entered.
  public var levelShares: [Double?] {
    splitting.levels.indices.map { stage in
      let entered = stage == 0 ? repetitions.count : repetitions.count { $0.reached[stage - 1] > 0 }
      guard entered > 0 else { return nil }
      return Double(reached(stage)) / Double(entered * splitting.trials)
    }
  }

  /// Plain runs that would know the probability as well: p(1 − p) over the variance of the estimate.
  ///
  /// Nil if the repetitions do not differ.
  public var equivalentPlainRuns: Double? {
    guard let variance = tally.variance, variance > 0 else { return nil }
    return probability * (1 - probability) * Double(repetitions.count) / variance
  }

  /// Events that all paths executed.
  public var events: UInt64 { repetitions.reduce(0) { $0 + $1.events } }

  private func firstLevel(_ confidence: Double) -> ConfidenceInterval {
    let paths = splitting.trials * repetitions.count
    guard
      let interval = ConfidenceInterval(successes: reached(0), of: paths, confidence: confidence)
    else { preconditionFailure("a splitting without paths") }
    return interval
  }

  private var tally: Tally { repetitions.reduce(into: Tally()) { $0.record($1.probability) } }

  private func reached(_ stage: Int) -> Int { repetitions.reduce(0) { $0 + $1.reached[stage] } }
}
