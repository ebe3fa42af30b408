import CGSL

/// Limits of statistics by drawing their independent units anew, with replacement (Efron 1979).
///
/// Random words come from whoever calls, so that this target needs no generator.
public struct Bootstrap {
  /// Confidence of the intervals.
  public let confidence: Double
  /// How often the units are drawn anew.
  public let resamples: Int
  private let nextWord: () -> UInt64

  /// A way to draw units.
  ///
  /// - Parameters:
  ///   - confidence: above 0 and below 1.
  ///   - nextWord: 64 random bits; the same words give the same intervals.
  public init(confidence: Double, resamples: Int = 999, nextWord: @escaping () -> UInt64) {
    precondition(confidence > 0 && confidence < 1 && resamples > 0, "no intervals of this kind")
    self.confidence = confidence
    self.resamples = resamples
    self.nextWord = nextWord
  }

  /// The intervals of several statistics of the same units.
  ///
  /// The limits are percentiles of the statistics of the resamples. The percentiles are those of
  /// Hesterberg's expanded interval (2015, The American Statistician 69, 371–386):
  /// Φ(−√(n/(n−1)) t) in place of the normal tail, which gives the mean of few units nearly Student's
  /// width.
  ///
  /// - Parameter statistics: their values for the numbers of the units that were drawn; nil in a
  ///   resample that does not count for that statistic.
  /// - Returns: nil for each statistic of fewer than two units, or without a value in most resamples.
  public func intervals(
    units: Int, statistics count: Int, _ statistics: ([Int]) -> [Double?]
  ) -> [ConfidenceInterval?] {
    guard units > 1 else { return [ConfidenceInterval?](repeating: nil, count: count) }
    var values = [[Double]](repeating: [], count: count)
    var drawn = [Int](repeating: 0, count: units)
    for _ in 0..<resamples {
      for place in drawn.indices { drawn[place] = unit(below: units) }
      for (index, value) in statistics(drawn).enumerated() {
        if let value { values[index].append(value) }
      }
    }
    let tail = tail(units)
    return values.map { values in
      guard 2 * values.count > resamples else { return nil }
      let sorted = values.sorted()
      return ConfidenceInterval(
        low: Self.percentile(tail, of: sorted), high: Self.percentile(1 - tail, of: sorted))
    }
  }

  /// A number from 0, all equally likely but for 2^-64 of their number.
  private func unit(below limit: Int) -> Int {
    Int(truncatingIfNeeded: nextWord().multipliedFullWidth(by: UInt64(limit)).high)
  }

  private func tail(_ units: Int) -> Double {
    let count = Double(units)
    let student = gsl_cdf_tdist_Pinv((1 + confidence) / 2, count - 1)
    return gsl_cdf_ugaussian_P(-(count / (count - 1)).squareRoot() * student)
  }

  /// The value below which a share of the distribution lies, by interpolation between neighbours.
  private static func percentile(_ share: Double, of sorted: [Double]) -> Double {
    let place = min(max(share * Double(sorted.count + 1) - 1, 0), Double(sorted.count - 1))
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
