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
    let wide = Self.wilson(hits, of: Double(trials), tail)
    self.init(
      low: successes == 0
        ? 0 : Self.root { gsl_cdf_beta_P($0, hits, misses + 1) - tail } ?? wide.low,
      high: successes == trials
        ? 1 : Self.root { tail - gsl_cdf_beta_Q($0, hits + 1, misses) } ?? wide.high)
  }

  /// Where a growing function from 0 to 1 passes 0, to the last bit; nil where it has no value.
  ///
  /// By bisection, because GSL's inverse of the beta distribution does not converge for some counts,
  /// such as 941 of 1,000. Its distribution itself has no value for some of 1.7 million trials and more.
  private static func root(_ function: (Double) -> Double) -> Double? {
    var (low, high) = (0.0, 1.0)
    while case let middle = low + (high - low) / 2, low < middle, middle < high {
      let value = function(middle)
      if value.isNaN { return nil }
      if value >= 0 { high = middle } else { low = middle }
    }
    return high
  }

  /// Wilson's limits with a correction for continuity (Newcombe 1998, Statistics in Medicine 17,
  /// 857–872).
  ///
  /// They differ from the exact ones by less than a thousandth of the width where there are hundreds of
  /// thousands of successes and failures: the only counts without exact ones.
  private static func wilson(
    _ hits: Double, of trials: Double, _ tail: Double
  ) -> (low: Double, high: Double) {
    let z = gsl_cdf_ugaussian_Qinv(tail)
    let share = hits / trials
    func half(_ sign: Double) -> Double {
      (z * z - 2 * sign - 1 / trials + 4 * share * (trials * (1 - share) + sign)).squareRoot()
    }
    let (centre, scale) = (2 * hits + z * z, 2 * (trials + z * z))
    return ((centre - 1 - z * half(1)) / scale, (centre + 1 + z * half(-1)) / scale)
  }
}
