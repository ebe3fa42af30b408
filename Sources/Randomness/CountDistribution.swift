import CGSL

/// A distribution of whole numbers, sampled by GSL.
///
/// Source of the moments: Johnson, Kemp and Kotz, "Univariate Discrete Distributions", 3rd edition.
public enum CountDistribution: Hashable, Sendable {
  /// Events in a fixed time that come at a constant rate.
  case poisson(mean: Double)
  /// Successes among independent trials.
  case binomial(trials: Int, probability: Double)
  /// Failures before the given number of successes, which need not be whole (Pólya).
  case negativeBinomial(successes: Double, probability: Double)
  /// Trials up to and with the first success: at least 1.
  case geometric(probability: Double)

  /// The negative binomial with this mean and a coefficient of variation above that of a Poisson,
  /// 1/√mean; a smaller one stays a defect.
  public static func negativeBinomial(mean: Double, cv: Double) -> CountDistribution {
    let successes = 1 / (cv * abs(cv) - 1 / mean)
    return .negativeBinomial(successes: successes, probability: successes / (successes + mean))
  }

  /// The expected count.
  public var mean: Double {
    switch self {
    case .poisson(let mean): mean
    case .binomial(let trials, let probability): Double(trials) * probability
    case .negativeBinomial(let successes, let probability):
      successes * (1 - probability) / probability
    case .geometric(let probability): 1 / probability
    }
  }

  /// The expected squared distance from the mean.
  public var variance: Double {
    switch self {
    case .poisson(let mean): mean
    case .binomial(_, let probability): mean * (1 - probability)
    case .negativeBinomial(_, let probability): mean / probability
    case .geometric(let probability): (1 - probability) / (probability * probability)
    }
  }

  /// Why there is no such distribution whose counts fit into 32 bits, as GSL makes them; nil if there
  /// is.
  public var defect: String? {
    switch self {
    case .poisson(let mean):
      mean >= 0 && mean <= 1e9 ? nil : "the mean must be from 0 to 1e9"
    case .binomial(let trials, let probability):
      (0...1_000_000_000).contains(trials) && (0...1).contains(probability)
        ? nil : "trials must be from 0 to 1e9 and the probability from 0 to 1"
    case .negativeBinomial(let successes, let probability):
      successes > 0 && probability >= 1e-7 && probability <= 1 && mean <= 1e8
        ? nil
        : "successes must be positive, the probability from 1e-7 to 1 and the mean at most 1e8, or "
          + "cv above 1/√mean"
    case .geometric(let probability):
      probability >= 1e-7 && probability <= 1 ? nil : "the probability must be from 1e-7 to 1"
    }
  }

  /// The probability of a count.
  public func probability(of count: Int) -> Double {
    precondition(GSLErrors.areOff)
    guard let count = UInt32(exactly: count) else { return 0 }
    return switch self {
    case .poisson(let mean): gsl_ran_poisson_pdf(count, mean)
    case .binomial(let trials, let probability):
      gsl_ran_binomial_pdf(count, probability, UInt32(trials))
    case .negativeBinomial(let successes, let probability):
      gsl_ran_negative_binomial_pdf(count, probability, successes)
    case .geometric(let probability): gsl_ran_geometric_pdf(count, probability)
    }
  }

  /// Draws one count.
  public func sample(_ stream: inout RandomStream) -> Int {
    switch self {
    case .poisson(let mean): stream.poisson(mean: mean)
    case .binomial(let trials, let probability):
      Int(gsl_ran_binomial(stream.generator, probability, UInt32(trials)))
    case .negativeBinomial(let successes, let probability):
      Int(gsl_ran_negative_binomial(stream.generator, probability, successes))
    case .geometric(let probability): Int(gsl_ran_geometric(stream.generator, probability))
    }
  }
}
