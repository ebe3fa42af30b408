/// Shares of the variance of a response that factors explain (Sobol' 1993), from Saltelli's design.
///
/// Of n base points and k factors there are k + 2 blocks of n responses: A, B, and for each factor
/// that of A with the factor's column from B, here Cᵢ. The estimators are those that Saltelli et al.
/// (2010, Computer Physics Communications 181, 259–270, table 2) recommend:
///
/// - first order: Sᵢ = (1/n) Σⱼ B(j) (Cᵢ(j) − A(j)) / V, row (b);
/// - total: Tᵢ = (1/2n) Σⱼ (A(j) − Cᵢ(j))² / V, row (f), by Jansen (1999, Computer Physics
///   Communications 117, 35–43).
///
/// V is the mean square of the 2n responses of A and B about their mean. B(j) counts from that mean too,
/// which spares Sᵢ the noise of a large constant (Sobol' 2001, Mathematics and Computers in Simulation
/// 55, 271–280).
public struct VarianceIndices: Sendable {
  /// The indices of one factor.
  public struct Factor: Equatable, Sendable {
    /// The share of the variance that the factor explains alone.
    public let first: Estimate
    /// The share that it explains alone or together with others.
    public let total: Estimate
  }

  /// How many base points there are.
  public let points: Int
  /// What a base point adds to the sums of a factor.
  private struct Term {
    let product, square: Double
  }
  private let a: [Double]
  private let b: [Double]
  /// By factor, then by base point.
  private let terms: [[Term]]

  /// The indices of responses in the order of the design's rows.
  ///
  /// - Returns: nil if the responses are no k + 2 blocks of equal length.
  public init?(responses: [Double], factors: Int) {
    guard factors > 0, !responses.isEmpty, responses.count.isMultiple(of: factors + 2) else {
      return nil
    }
    let count = responses.count / (factors + 2)
    points = count
    let center = responses[..<(2 * count)].reduce(0, +) / Double(2 * count)
    let (a, b) = (
      responses[..<count].map { $0 - center }, responses[count..<2 * count].map { $0 - center }
    )
    terms = (0..<factors).map { factor in
      (0..<count).map { j in
        let difference = responses[(2 + factor) * count + j] - responses[j]
        return Term(
          product: b[j] * difference, square: difference * difference)
      }
    }
    (self.a, self.b) = (a, b)
  }

  /// The indices of every factor, with intervals that draw base points.
  ///
  /// - Returns: nil if the responses to A and B are all the same, so that there is nothing to explain.
  public func factors(_ bootstrap: Bootstrap) -> [Factor]? {
    let values = indices(of: Array(0..<points)).compactMap(\.self)
    guard values.count == 2 * terms.count else { return nil }
    let intervals = bootstrap.intervals(
      units: points, statistics: values.count, indices(of:))
    let estimates = zip(values, intervals).map { Estimate(value: $0, interval: $1) }
    return terms.indices.map {
      Factor(first: estimates[2 * $0], total: estimates[2 * $0 + 1])
    }
  }

  /// First and total index of the first factor, then those of the second, and so on; nil without
  /// variance.
  private func indices(of drawn: [Int]) -> [Double?] {
    let count = Double(drawn.count)
    var (sum, squares) = (0.0, 0.0)
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    for j in drawn {
      sum += a[j] + b[j]
      squares += a[j] * a[j] + b[j] * b[j]
      lowest = min(lowest, a[j], b[j])
      highest = max(highest, a[j], b[j])
    }
    let mean = sum / (2 * count)
    let variance = squares / (2 * count) - mean * mean
    guard lowest < highest, variance > 0 else {
      return [Double?](repeating: nil, count: 2 * terms.count)
    }
    return terms.flatMap { terms -> [Double?] in
      var (product, square) = (0.0, 0.0)
      for j in drawn {
        product += terms[j].product
        square += terms[j].square
      }
      return [
        product / count / variance, square / (2 * count) / variance,
      ]
    }
  }
}
