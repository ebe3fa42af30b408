import CGSL

/// The GSL samplers that models draw from directly.
extension RandomStream {
  /// An exponential variable with the given mean.
  public mutating func exponential(mean: Double) -> Double { gsl_ran_exponential(generator, mean) }

  /// A normal variable with mean 0 and variance 1.
  ///
  /// A mirrored stream negates that of its plain words: the ziggurat makes another layer of their
  /// complements, which would mirror the sign alone.
  public mutating func standardNormal() -> Double {
    guard isMirrored else { return gsl_ran_gaussian_ziggurat(generator, 1) }
    return -withPlainWords { gsl_ran_gaussian_ziggurat($0, 1) }
  }

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

  /// True with the given probability.
  public mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }
}
