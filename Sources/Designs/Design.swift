/// How factors are combined.
public enum Design: Hashable, Sendable {
  /// Every level of every factor with every other; the last factor varies fastest.
  case grid
  /// The first levels together, then the second ones, and so on.
  case zip
  /// The first level of every factor, the baseline; then each other level of one factor alone.
  case oneAtATime
  /// The rows of a CSV file, in their order.
  case list(file: String, sha256: String)
  /// Values that a method of sampling chooses in the ranges of the factors.
  case sampled(Sampling)

  /// Its word in a specification.
  package var name: String {
    switch self {
    case .grid: "grid"
    case .zip: "zip"
    case .oneAtATime: "one-at-a-time"
    case .list: "list"
    case .sampled(let sampling): sampling.name
    }
  }

  /// Whether two points can have the same values of all factors.
  package var mayRepeatPoints: Bool {
    switch self {
    case .grid, .zip, .oneAtATime: false
    case .list, .sampled: true
    }
  }
}

extension Design {
  /// How many points it has.
  ///
  /// - Parameter counts: how many values each factor has; a sample does not ask.
  package func pointCount(values counts: [Int]) -> Int {
    switch self {
    case .zip, .list: return counts.first ?? 1
    case .oneAtATime: return counts.reduce(1) { $0 + $1 - 1 }
    case .grid:
      return counts.reduce(1) { product, count in
        let (all, overflow) = product.multipliedReportingOverflow(by: count)
        return overflow ? .max : all
      }
    case .sampled(let sampling): return sampling.pointCount(factors: counts.count)
    }
  }

  /// Which of its values each factor has at a point; nil where a sample says it.
  ///
  /// - Parameter counts: how many values each factor has.
  package func places(at index: Int, values counts: [Int]) -> [Int]? {
    var rest = index
    switch self {
    case .zip, .list: return counts.map { _ in index }
    case .oneAtATime:
      return counts.map { count in
        let others = count - 1
        defer { rest -= others }
        return rest > 0 && rest <= others ? rest : 0
      }
    case .grid:
      var places: [Int] = []
      for count in counts.reversed() {
        places.append(rest % count)
        rest /= count
      }
      return places.reversed()
    case .sampled: return nil
    }
  }
}
