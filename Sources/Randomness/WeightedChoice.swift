import CGSL

/// A choice among a few alternatives with given weights, in constant time (Walker's alias method).
public struct WeightedChoice: ~Copyable {
  @usableFromInline let table: UnsafeMutablePointer<gsl_ran_discrete_t>

  /// Prepares a choice among `weights.indices`.
  ///
  /// - Parameter weights: not negative, with a positive sum; they need not be normalised.
  public init(weights: [Double]) {
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 })
    guard let table = gsl_ran_discrete_preproc(weights.count, weights) else {
      preconditionFailure("GSL could not prepare a discrete distribution")
    }
    self.table = table
  }

  deinit { gsl_ran_discrete_free(table) }

  /// Draws an index with probability proportional to its weight.
  @inline(__always)
  public func sample(_ stream: inout RandomStream) -> Int {
    Int(gsl_ran_discrete(stream.generator, table))
  }

  /// The index that belongs to 64 random bits: what `sample` makes of a uniform number.
  @inlinable
  public func choose(_ word: UInt64) -> Int {
    let uniform = Double(word &>> 11) * 0x1p-53
    let column = Int(uniform * Double(table.pointee.K))
    return uniform < table.pointee.F[column] ? column : table.pointee.A[column]
  }
}

// GSL only reads the table once it is made.
extension WeightedChoice: @unchecked Sendable {}
