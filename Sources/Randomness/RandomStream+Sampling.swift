import CGSL

/// The GSL samplers that models draw from directly.
extension RandomStream {
  /// An exponential variable with the given mean.
  @inlinable
  public mutating func exponential(mean: Double) -> Double { gsl_ran_exponential(generator, mean) }

  /// A gamma variable with the given shape and scale.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    gsl_ran_gamma(generator, shape, scale)
  }

  /// A Poisson count with the given mean.
  public mutating func poisson(mean: Double) -> Int { Int(gsl_ran_poisson(generator, mean)) }

  /// How many of `count` independent trials succeed, each with the given probability.
  public mutating func binomial(_ count: Int, _ probability: Double) -> Int {
    Int(gsl_ran_binomial(generator, probability, UInt32(count)))
  }

  /// Trials up to and with the first success, on average `mean`, which is at least 1.
  public mutating func geometric(mean: Double) -> Int {
    Int(gsl_ran_geometric(generator, 1 / mean))
  }

  /// Failures among independent trials before so many succeed, each with the given probability.
  public mutating func negativeBinomial(_ successes: Int, _ probability: Double) -> Int {
    Int(gsl_ran_negative_binomial(generator, probability, Double(successes)))
  }

  /// How many are marked of `count` that are taken, without putting any back, from `marked` marked and `others`
  /// other ones.
  public mutating func hypergeometric(_ marked: Int, _ others: Int, _ count: Int) -> Int {
    Int(gsl_ran_hypergeometric(generator, UInt32(marked), UInt32(others), UInt32(count)))
  }

  /// A beta variable on [0, 1] with the given shapes.
  public mutating func beta(_ alpha: Double, _ beta: Double) -> Double {
    gsl_ran_beta(generator, alpha, beta)
  }

  /// True with the given probability.
  public mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }
}
