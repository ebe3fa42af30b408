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
      low: successes == 0 ? 0 : gsl_cdf_beta_Pinv(tail, hits, misses + 1),
      high: successes == trials ? 1 : gsl_cdf_beta_Qinv(tail, hits + 1, misses))
  }
}
