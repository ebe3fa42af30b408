import CGSL

/// A continuous distribution that a scenario can name, in the base unit of its parameter.
///
/// Values are sampled by GSL. Mean and variance are the analytic ones (Johnson, Kotz and
/// Balakrishnan, "Continuous Univariate Distributions", vol. 1 and 2).
public enum Distribution: Hashable, Sendable {
  /// Always the same value.
  case constant(Double)
  /// Equally likely in [low, high).
  case uniform(low: Double, high: Double)
  /// A density that rises in a line from `low` to `mode` and falls in a line to `high`.
  case triangular(low: Double, mode: Double, high: Double)
  /// Memoryless with the given mean.
  case exponential(mean: Double)
  /// The sum of `shape` exponentials of mean `scale` when `shape` is whole (Erlang).
  case gamma(shape: Double, scale: Double)
  /// The exponential of a normal variable with mean `mu` and standard deviation `sigma`.
  case lognormal(mu: Double, sigma: Double)
  /// Exceeds x with probability exp(−(x / scale)^shape).
  case weibull(shape: Double, scale: Double)
  /// Exceeds x ≥ `scale` with probability (scale / x)^shape. The mean is infinite up to a shape of 1,
  /// the variance up to a shape of 2.
  case pareto(shape: Double, scale: Double)
  /// A density proportional to (x − low)^(alpha − 1) (high − x)^(beta − 1) on [low, high].
  case beta(alpha: Double, beta: Double, low: Double, high: Double)
  /// One of several exponentials, given by their means.
  case hyperexponential(Weighted<Double>)
  /// One of several distributions.
  case mixture(Weighted<Distribution>)
  /// A distribution under the condition that it lies in an interval.
  case truncated(Truncation)
  /// One of several values.
  case discrete(Weighted<Double>)
  /// One of the values that were observed, each equally likely.
  case empirical(Observations)

  /// Draws one value.
  ///
  /// Normal variables come from GSL's ziggurat: 14 ns where the polar method takes 37.
  public func sample(_ stream: inout RandomStream) -> Double {
    switch self {
    case .constant(let value): value
    case .uniform(let low, let high): low + (high - low) * stream.uniform()
    case .triangular: inverse(below: stream.uniform())
    case .exponential(let mean): stream.exponential(mean: mean)
    case .gamma(let shape, let scale): stream.gamma(shape: shape, scale: scale)
    case .lognormal(let mu, let sigma): exp(mu + sigma * stream.standardNormal())
    case .weibull(let shape, let scale): gsl_ran_weibull(stream.generator, scale, shape)
    case .pareto(let shape, let scale): gsl_ran_pareto(stream.generator, shape, scale)
    case .beta(let alpha, let beta, let low, let high):
      low + (high - low) * gsl_ran_beta(stream.generator, alpha, beta)
    case .hyperexponential(let means): stream.exponential(mean: means.sample(&stream))
    case .mixture(let parts): parts.sample(&stream).sample(&stream)
    case .truncated(let truncation): truncation.sample(&stream)
    case .discrete(let values): values.sample(&stream)
    case .empirical(let observations): observations.values.sample(&stream)
    }
  }

  /// Draws a value for every place.
  ///
  /// Those of a lognormal take half of the random bits that as many calls of `sample` take, so they
  /// are other values, of the same law.
  public func fill(_ values: UnsafeMutableBufferPointer<Double>, _ stream: inout RandomStream) {
    switch self {
    case .constant(let value): values.update(repeating: value)
    case .lognormal(let mu, let sigma):
      stream.fill(values, withLognormalsOf: mu, sigma)
    default: for index in values.indices { values[index] = sample(&stream) }
    }
  }

  /// Draws whole numbers for some places of a column: the values of the other `fill`, rounded.
  ///
  /// - Parameter values: room for as many.
  public func fill(
    _ column: UnsafeMutablePointer<UInt32>, at places: UnsafeBufferPointer<Int32>,
    using values: UnsafeMutableBufferPointer<Double>, _ stream: inout RandomStream
  ) {
    if case .constant(let value) = self {
      let whole = UInt32(rounding: value)
      for place in places { column[Int(place)] = whole }
      return
    }
    fill(values, &stream)
    values.roundInLowestBits()
    for index in places.indices {
      column[Int(places[index])] = UInt32(truncatingIfNeeded: values[index].bitPattern)
    }
  }
}

extension UInt32 {
  /// A value that is not negative, rounded half up to a whole number; the far tail of a sample is cut at 4e9.
  ///
  /// Traps on NaN and on a negative value.
  @inlinable
  @inline(__always)
  public init(rounding value: Double) {
    precondition(value >= 0, "a value that is drawn is negative")
    self.init(truncatingIfNeeded: value.roundedInLowestBits.bitPattern)
  }
}

extension Double {
  /// This value rounded half up to a whole number, and 2^52: the number stands in the lowest bits.
  ///
  /// The value is not negative, and cut at 4e9. A double beyond 2^52 is a whole number, and one that was rounded up to
  /// it loses one.
  @inlinable
  @inline(__always)
  var roundedInLowestBits: Double {
    let raised = Swift.min(self + 0.5, 4e9)
    let nearest = (raised + 0x1p52) - 0x1p52
    return nearest - (nearest > raised ? 1 : 0) + 0x1p52
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// Rounds each value as `UInt32(rounding:)` does, several at once: the number stands in the lowest bits.
  ///
  /// Traps on NaN and on a negative value.
  func roundInLowestBits() {
    var wrong: UInt64 = 0
    for index in indices {
      wrong |= self[index] >= 0 ? 0 : 1
      self[index] = self[index].roundedInLowestBits
    }
    precondition(wrong == 0, "a value that is drawn is negative")
  }
}

/// Values that were observed, with what tells them from others.
public struct Observations: Hashable, Sendable {
  /// The file and column that they come from, and what identifies their content.
  public let name: String
  /// The values, each as often as it was observed.
  public let values: Weighted<Double>

  /// Observations in any order.
  public init(name: String, values: [Double]) {
    self.name = name
    self.values = Weighted(values)
  }
}
