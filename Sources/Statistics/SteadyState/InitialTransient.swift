/// Where a series has left its beginning behind.
public enum InitialTransient {
  /// Observations that are averaged before anything else.
  private static let batch = 5

  /// How many observations at the beginning to leave out: MSER-5.
  ///
  /// White (1997, SIMULATION 69, 323–334) and White, Cobb & Spratt (2000): of means of five
  /// observations, Y₁ … Yₙ, so many are dropped that the squared standard error of the mean of the
  /// others, Σ(Yᵢ − Ȳ)²/(n − d)², is least. What is left has then little bias for its variance; nothing
  /// is assumed of the series. At most half of it is dropped.
  ///
  /// - Returns: a multiple of five; nil for fewer than ten observations, and where the least value is
  ///   at the last of what may be dropped: the series has not settled, or is too short to tell.
  public static func length(of series: [Double]) -> Int? {
    let count = series.count / batch
    guard count > 1 else { return nil }
    let means = (0..<count).map { index in
      series[index * batch..<(index + 1) * batch].reduce(0, +) / Double(batch)
    }
    // From the end, so that each tally holds what stays.
    var rest = Tally()
    var best = (error: Double.infinity, dropped: 0)
    for dropped in stride(from: count - 1, through: 0, by: -1) {
      rest.record(means[dropped])
      guard let variance = rest.variance, dropped <= count / 2 else { continue }
      let kept = Double(rest.count)
      let error = variance * (kept - 1) / (kept * kept)
      if error <= best.error { best = (error, dropped) }
    }
    return best.dropped < count / 2 ? best.dropped * batch : nil
  }
}
