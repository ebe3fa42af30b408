/// Where a series has left its beginning behind.
public enum InitialTransient {
  /// Observations that are averaged before anything else.
  private static let batch = 5

  /// How many observations at the beginning to leave out: MSER-5 (White 1997, SIMULATION 69,
  /// 323–334; White, Cobb & Spratt 2000).
  ///
  /// Of means of five observations, Y₁ … Yₙ, so many are dropped that the squared standard error of the
  /// mean of the others, Σ(Yᵢ − Ȳ)²/(n − d)², is least. What is left has then little bias for its
  /// variance; nothing is assumed of the series.
  ///
  /// - Returns: a multiple of five; nil if there are fewer than ten observations, or the least value
  ///   lies in the second half: the series is then too short to tell.
  public static func length(of series: [Double]) -> Int? {
    let count = series.count / batch
    guard count > 1 else { return nil }
    let means = (0..<count).map { index in
      series[index * batch..<(index + 1) * batch].reduce(0, +) / Double(batch)
    }
    // From the end, so that each tally holds what stays.
    var rest = Tally()
    var best: (error: Double, dropped: Int)?
    for dropped in stride(from: count - 1, through: 0, by: -1) {
      rest.record(means[dropped])
      guard let variance = rest.variance else { continue }
      let kept = Double(rest.count)
      let error = variance * (kept - 1) / (kept * kept)
      // The last few agree by chance; White leaves them out as well.
      guard rest.count > batch || count <= 2 * batch else { continue }
      if best.map({ error <= $0.error }) ?? true { best = (error, dropped) }
    }
    guard let best, best.dropped <= count / 2 else { return nil }
    return best.dropped * batch
  }
}
