/// A continuous distribution under the condition that it lies in an interval.
///
/// A draw is the quantile of a uniform level between those of the bounds, counted from the upper tail
/// if the interval lies there; it takes one random number. A mixture becomes the mixture of its
/// truncated parts, each with its weight times the probability of the interval. What both need is
/// prepared here, once, and shared by all copies. See decision record 28.
public final class Truncation: Hashable, Sendable {
  /// Below this probability of the interval, there is nothing left to draw from.
  static let leastProbability = 1e-12

  /// What is truncated.
  public let base: Distribution
  /// The smallest value.
  public let low: Double
  /// The largest value.
  public let high: Double
  /// Why there is no such distribution, or nil if there is.
  let defect: String?
  /// Levels of the bounds, counted from the tail; the probability of the interval is between them.
  private let levels: (from: Double, to: Double)
  private let isUpperTail: Bool
  /// What is drawn from if the base is a mixture.
  let parts: Weighted<Distribution>?

  /// The distribution of `base` in [low, high].
  public init(_ base: Distribution, low: Double, high: Double) {
    self.base = base
    self.low = low
    self.high = high
    let isDefinite = base.defect == nil && base.isContinuous && 0 <= low && low < high
    isUpperTail = isDefinite && base.cumulative(low) > 0.5
    levels =
      if !isDefinite { (0, 0) } else if isUpperTail {
        (base.survival(high), base.survival(low))
      } else {
        (base.cumulative(low), base.cumulative(high))
      }
    let isProbable = isDefinite && high.isFinite && levels.to - levels.from >= Self.leastProbability
    parts = isProbable ? Self.parts(of: base, low: low, high: high) : nil
    let isThere = isProbable && parts?.defect == nil
    defect =
      if let defect = base.defect { defect } else if !base.isContinuous {
        "only a continuous distribution can be truncated"
      } else if !isDefinite || !high.isFinite { "bounds must be finite with 0 <= low < high" } else
      {
        isThere ? nil : "the interval has a probability of less than 1e-12"
      }
  }

  private static func parts(
    of base: Distribution, low: Double, high: Double
  ) -> Weighted<Distribution>? {
    let all: Weighted<Distribution>
    switch base {
    case .mixture(let parts): all = parts
    case .hyperexponential(let means):
      all = Weighted(means.elements.map { .exponential(mean: $0) }, weights: means.weights)
    case .truncated(let inner):
      guard let parts = inner.parts else { return nil }
      all = parts
    default: return nil
    }
    var (parts, weights): ([Distribution], [Double]) = ([], [])
    for (part, weight) in zip(all.elements, all.weights) where weight > 0 {
      let part = Distribution.truncated(part, low: low, high: high)
      guard part.defect == nil, case .truncated(let truncation) = part else { continue }
      parts.append(part)
      weights.append(weight * truncation.probability)
    }
    return Weighted(parts, weights: weights)
  }

  /// How probable the interval is for the base.
  public var probability: Double { levels.to - levels.from }

  var isInvertible: Bool { base.isInvertible }

  func sample(_ stream: inout RandomStream) -> Double {
    if let parts { return parts.sample(&stream).sample(&stream) }
    return inverse(below: stream.uniform())
  }

  func inverse(below p: Double) -> Double {
    let value =
      isUpperTail
      ? base.inverse(above: levels.to - p * probability)
      : base.inverse(below: levels.from + p * probability)
    return min(max(value, low), high)
  }

  func cumulative(_ x: Double) -> Double {
    if x <= low { return 0 }
    if x >= high { return 1 }
    let inside = isUpperTail ? levels.to - base.survival(x) : base.cumulative(x) - levels.from
    return inside / probability
  }

  func survival(_ x: Double) -> Double {
    if x <= low { return 1 }
    if x >= high { return 0 }
    let inside = isUpperTail ? base.survival(x) - levels.from : levels.to - base.cumulative(x)
    return inside / probability
  }

  /// Whether both say the same.
  public static func == (left: Truncation, right: Truncation) -> Bool {
    left === right
      || left.base == right.base && left.low == right.low && left.high == right.high
  }

  /// Hashes what is said.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(low)
    hasher.combine(high)
  }
}
