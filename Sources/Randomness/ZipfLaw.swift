#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A Zipf law: of the ranks 1 to `count` rank k has a probability proportional to k^−`exponent`.
///
/// Drawn by rejection-inversion, exactly, without a table and in a time that does not depend on `count`.
///
/// Source: Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete
/// distributions", ACM Transactions on Modeling and Computer Simulation 6 (1996).
public struct ZipfLaw: Hashable, Sendable {
  /// The number of ranks.
  public let count: UInt64
  /// How fast probabilities fall; 0 for equal ones.
  public let exponent: Double
  /// The integral of the hat at the left end of rank 1 and at the right end of the last.
  private let ends: (first: Double, last: Double)
  /// How far below a rank what is drawn for it is always accepted.
  private let sure: Double

  /// A law over the ranks 1 to `count`, at least one.
  ///
  /// - Parameter exponent: not negative.
  public init(count: UInt64, exponent: Double) {
    precondition(count > 0 && exponent >= 0 && exponent.isFinite, "no Zipf law")
    (self.count, self.exponent) = (count, exponent)
    let hat = Hat(exponent: exponent)
    ends = (hat.integral(1.5) - 1, hat.integral(Double(count) + 0.5))
    sure = 2 - hat.inverse(hat.integral(2.5) - hat.density(2))
  }

  /// Draws a rank.
  ///
  /// What lies below the hat between k − ½ and k + ½ is at least the weight of k, because the hat is convex;
  /// the last part of it of that weight is accepted.
  public func sample(_ stream: inout RandomStream) -> UInt64 {
    let hat = Hat(exponent: exponent)
    while true {
      let area = ends.last + stream.uniform() * (ends.first - ends.last)
      let place = hat.inverse(area)
      let rank = min(max((place + 0.5).rounded(.down), 1), Double(count))
      if rank - place <= sure || area >= hat.integral(rank + 0.5) - hat.density(rank) {
        return UInt64(rank)
      }
    }
  }

  /// Whether both are the same law.
  public static func == (left: ZipfLaw, right: ZipfLaw) -> Bool {
    left.count == right.count && left.exponent == right.exponent
  }

  /// Hashes what is said.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(exponent)
  }
}

extension ZipfLaw {
  /// Ranks up to this one are summed up one by one, those behind it as an integral.
  private static let headCount: UInt64 = 1000
  /// Parts of that integral, by Simpson's rule on a logarithmic scale.
  private static let parts = 512

  /// How many different ranks so many independent draws have on average: Σ (1 − (1 − p_k)^draws).
  ///
  /// Ranks beyond 1000 by the integral from k − ½ to k + ½ in place of k: 1e-6 of the sum at most.
  public func expectedDistinct(draws: Double) -> Double {
    let hat = Hat(exponent: exponent)
    let head = min(count, Self.headCount)
    var weight = 0.0
    for rank in 1...head { weight += hat.density(Double(rank)) }
    let (begin, end) = (Double(head) + 0.5, Double(count) + 0.5)
    if count > head { weight += hat.integral(end) - hat.integral(begin) }
    func isDrawn(_ rank: Double) -> Double { -expm1(draws * log1p(-hat.density(rank) / weight)) }
    guard count > 1 else { return draws > 0 ? 1 : 0 }
    var sum = 0.0
    for rank in 1...head { sum += isDrawn(Double(rank)) }
    guard count > head else { return sum }
    let step = log(end / begin) / Double(Self.parts)
    for part in 0...Self.parts {
      let rank = begin * exp(step * Double(part))
      let share = part == 0 || part == Self.parts ? 1.0 : part.isMultiple(of: 2) ? 2 : 4
      sum += share * step / 3 * rank * isDrawn(rank)
    }
    return sum
  }
}

/// The density x^−s over real x, and its integral (x^(1−s) − 1) / (1−s), which is log x for s = 1.
private struct Hat {
  let exponent: Double

  func density(_ x: Double) -> Double { exp(-exponent * log(x)) }

  func integral(_ x: Double) -> Double {
    let logarithm = log(x)
    let power = (1 - exponent) * logarithm
    return power == 0 ? logarithm : expm1(power) / power * logarithm
  }

  /// What `integral` makes an area of.
  func inverse(_ area: Double) -> Double {
    let power = max(area * (1 - exponent), -1)
    return exp(power == 0 ? area : log1p(power) / power * area)
  }
}
