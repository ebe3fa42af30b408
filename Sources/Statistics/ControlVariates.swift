import CGSL

/// The mean of a response, by help of controls: figures of the same runs whose means are known.
///
/// The estimate is Ȳ − βᵀC̄, where controls count from their known means and β is the least-squares
/// slope of the response on them: the intercept of that regression. Its variance is
/// s² (1/n + C̄ᵀ S⁻¹ C̄), with s² the residual sum of squares over n − q − 1 and S the sums of products
/// of the controls about their sample means. Student's interval with n − q − 1 degrees of freedom is
/// exact if response and controls are jointly normal (Lavenberg and Welch 1981, Management Science 27,
/// 322–335; Nelson 1990, Operations Research 38, 974–992).
public struct ControlVariates: Sendable {
  /// What controls make of a mean.
  public struct Estimate: Equatable, Sendable {
    /// The controlled mean.
    public let mean: Double
    /// Its interval.
    public let interval: ConfidenceInterval
    /// The multiple correlation of the response with the controls in the sample.
    public let correlation: Double
    /// How many times fewer runs give a controlled interval as wide as that of the plain mean.
    ///
    /// The squared ratio of both widths. Below 1, controls cost more than they save.
    public let runsSaved: Double
  }

  /// Below this share of its variance, what other controls do not explain of one counts as nothing.
  private static let leastPivot = 1e-9

  /// The plain tally of the responses.
  public private(set) var responses = Tally()
  /// The response first, then each control.
  private var means: [Double]
  /// Sums of products about those means, row after row.
  private var products: [Double]

  /// No runs yet, with so many controls in each.
  public init(controls: Int) {
    precondition(controls > 0, "no controls")
    means = [Double](repeating: 0, count: controls + 1)
    products = [Double](repeating: 0, count: means.count * means.count)
  }

  /// Adds a run.
  ///
  /// - Parameter controls: each less its known mean.
  public mutating func record(_ response: Double, _ controls: [Double]) {
    precondition(controls.count + 1 == means.count, "another number of controls")
    responses.record(response)
    let deviations = zip([response] + controls, means).map { $0 - $1 }
    let count = Double(responses.count)
    for (index, deviation) in deviations.enumerated() { means[index] += deviation / count }
    // Both deviations of a product: from the old mean and from the new one (Welford 1962).
    let shrink = (count - 1) / count
    for row in means.indices {
      for column in means.indices {
        products[row * means.count + column] += deviations[row] * deviations[column] * shrink
      }
    }
  }

  /// The controlled mean.
  ///
  /// - Returns: nil for fewer than q + 2 runs, for a control that does not vary or follows from the
  ///   others, and where the controls explain the response to the last bit.
  public func estimate(confidence: Double) -> Estimate? {
    let freedom = responses.count - means.count
    guard freedom > 0, let factor = cholesky(),
      let plain = ConfidenceInterval(meanOf: responses, confidence: confidence)
    else { return nil }
    let controls = 1..<means.count
    let slopes = Self.solve(factor, controls.map { product($0, 0) / product($0, $0).squareRoot() })
    let offsets = Self.solve(factor, controls.map { means[$0] / product($0, $0).squareRoot() })
    let explained = slopes.reduce(0) { $0 + $1 * $1 }
    let residual = product(0, 0) - explained
    guard residual > 0 else { return nil }
    let spread = 1 / Double(responses.count) + offsets.reduce(0) { $0 + $1 * $1 }
    let error = (residual / Double(freedom) * spread).squareRoot()
    let halfWidth = gsl_cdf_tdist_Pinv((1 + confidence) / 2, Double(freedom)) * error
    let mean = means[0] - zip(slopes, offsets).reduce(0) { $0 + $1.0 * $1.1 }
    let ratio = (plain.high - plain.low) / (2 * halfWidth)
    return Estimate(
      mean: mean, interval: .init(low: mean - halfWidth, high: mean + halfWidth),
      correlation: (explained / product(0, 0)).squareRoot(), runsSaved: ratio * ratio)
  }

  private func product(_ row: Int, _ column: Int) -> Double { products[row * means.count + column] }

  /// The rows of the lower factor of the controls' correlations; nil if it has a defect of rank.
  private func cholesky() -> [[Double]]? {
    let scales = (1..<means.count).map { product($0, $0).squareRoot() }
    guard scales.allSatisfy({ $0 > 0 }) else { return nil }
    var factor: [[Double]] = []
    for row in scales.indices {
      var entries: [Double] = []
      for column in 0...row {
        let correlation = product(row + 1, column + 1) / (scales[row] * scales[column])
        let other = column < row ? factor[column] : entries
        let rest = correlation - zip(entries, other).reduce(0) { $0 + $1.0 * $1.1 }
        guard column == row else {
          entries.append(rest / other[column])
          continue
        }
        guard rest > Self.leastPivot else { return nil }
        entries.append(rest.squareRoot())
      }
      factor.append(entries)
    }
    return factor
  }

  /// The x of L x = b, by forward substitution.
  private static func solve(_ factor: [[Double]], _ right: [Double]) -> [Double] {
    var solution: [Double] = []
    for (row, value) in right.enumerated() {
      let known = zip(factor[row], solution).reduce(0) { $0 + $1.0 * $1.1 }
      solution.append((value - known) / factor[row][row])
    }
    return solution
  }
}
