import CGSL

extension ConfidenceInterval {
  /// The exact interval of a probability, from independent trials (Clopper & Pearson 1934).
  ///
  /// The limits are those probabilities at which so many successes, or more, or so few, or fewer,
  /// would have a probability of (1 − confidence)/2: quantiles of beta distributions. It covers the
  /// probability at least as often as it says, also after no success at all, where the upper limit
  /// is 1 − ((1 − confidence)/2)^(1/n).
  ///
  /// - Parameters:
  ///   - successes: how many trials succeeded.
  ///   - trials: how many there were.
  ///   - confidence: above 0 and below 1.
  /// - Returns: nil without trials.
  public init?(successes: Int, of trials: Int, confidence: Double) {
    precondition(0 <= successes && successes <= trials, "more successes than trials")
    guard trials > 0 else { return nil }
    let tail = (1 - confidence) / 2
    let (hits, misses) = (Double(successes), Double(trials - successes))
    self.init(
      low: successes == 0 ? 0 : Self.root { gsl_cdf_beta_P($0, hits, misses + 1) >= tail },
      high: successes == trials ? 1 : Self.root { gsl_cdf_beta_Q($0, hits + 1, misses) <= tail })
  }

  /// Where from 0 to 1 a condition begins to hold, to the last bit.
  ///
  /// By bisection, because GSL's inverse of the beta distribution does not converge for some counts,
  /// such as 941 of 1,000, and then ends the process.
  private static func root(_ holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    while case let middle = low + (high - low) / 2, low < middle, middle < high {
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
