import CGSL

/// A sequence of points that fill the unit cube more evenly than random ones, made by GSL.
///
/// Both sequences leave out the origin, with which their definitions begin. Sources: Bratley and Fox,
/// "Algorithm 659", ACM TOMS 14 (1988), for Sobol; Halton, "On the efficiency of certain
/// quasi-random sequences", Numerische Mathematik 2 (1960).
public struct LowDiscrepancyPoints: ~Copyable {
  /// Which sequence.
  public enum Kind: Sendable {
    /// Digits in base 2 by direction numbers; balanced in blocks of powers of two.
    case sobol
    /// Digits in the first primes, a prime for each dimension.
    case halton

    fileprivate var type: UnsafePointer<gsl_qrng_type> {
      switch self {
      case .sobol: cgsl_qrng_sobol()
      case .halton: cgsl_qrng_halton()
      }
    }

    /// More dimensions than this are not there: 40 for Sobol, 1229 for Halton.
    public var dimensionLimit: Int { Int(type.pointee.max_dimension) }
  }

  private let generator: UnsafeMutablePointer<gsl_qrng>
  private let dimensions: Int

  /// The sequence from its first point on.
  ///
  /// - Parameter dimensions: from 1 to `dimensionLimit`; GSL itself does not check them.
  public init(_ kind: Kind, dimensions: Int) {
    precondition((1...kind.dimensionLimit).contains(dimensions), "no such dimension")
    guard let generator = gsl_qrng_alloc(kind.type, UInt32(dimensions)) else {
      preconditionFailure("GSL could not allocate a sequence")
    }
    self.generator = generator
    self.dimensions = dimensions
  }

  deinit { gsl_qrng_free(generator) }

  /// The next point; every coordinate is above 0 and below 1.
  public mutating func next() -> [Double] {
    var point = [Double](repeating: 0, count: dimensions)
    let status = gsl_qrng_get(generator, &point)
    precondition(status == GSL_SUCCESS, "the sequence is exhausted")
    return point
  }
}
