/// The one-sample Kolmogorov–Smirnov test.
enum KolmogorovSmirnov {
  /// The largest distance between an empirical and a supposed distribution function, times √n.
  static func statistic(
    of count: Int, _ cumulative: (Double) -> Double, draw: () -> Double
  ) -> Double {
    let levels = (0..<count).map { _ in cumulative(draw()) }.sorted()
    var distance = 0.0
    for (index, level) in levels.enumerated() {
      let below = Double(index) / Double(count)
      let through = Double(index + 1) / Double(count)
      distance = max(distance, level - below, through - level)
    }
    return distance * Double(count).squareRoot()
  }
}
