import CGSL

/// A choice among a few alternatives with given weights, in constant time (Walker's alias method).
public struct WeightedChoice: ~Copyable {
  /// The table that GSL makes, with both alternatives of a column side by side.
  @usableFromInline let columns: UnsafeMutableBufferPointer<Column>

  /// A column of the table: below its bound the second alternative, else the first.
  @usableFromInline
  struct Column: BitwiseCopyable {
    /// In units of 2⁻⁵³, as uniform numbers are whole numbers of.
    @usableFromInline let bound: UInt64
    @usableFromInline let alternatives: InlineArray<2, UInt32>
  }

  /// Prepares a choice among `weights.indices`.
  ///
  /// - Parameter weights: not negative, with a positive sum; they need not be normalised.
  public init(weights: [Double]) {
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 })
    guard let table = gsl_ran_discrete_preproc(weights.count, weights) else {
      preconditionFailure("GSL could not prepare a discrete distribution")
    }
    defer { gsl_ran_discrete_free(table) }
    columns = .allocate(capacity: weights.count)
    for column in weights.indices {
      columns[column] = Column(
        bound: UInt64((table.pointee.F[column] * 0x1p53).rounded(.up)),
        alternatives: [UInt32(table.pointee.A[column]), UInt32(column)])
    }
  }

  deinit { columns.deallocate() }

  /// Draws an index with probability proportional to its weight.
  @inline(__always)
  public func sample(_ stream: inout RandomStream) -> Int {
    choose(stream.nextWord())
  }

  /// The index that belongs to 64 random bits: what `gsl_ran_discrete` makes of their uniform number.
  ///
  /// In whole numbers, which are exact: GSL's product with the number of columns can round up to the next
  /// column, once in 2⁵⁰ times. Chance decides between the alternatives, so a branch would be predicted badly.
  @inlinable
  @inline(__always)
  public func choose(_ word: UInt64) -> Int {
    let uniform = word &>> 11
    let (place, _) = (uniform &<< 11).multipliedFullWidth(by: UInt64(columns.count))
    let column = columns[Int(truncatingIfNeeded: place)]
    return Int(column.alternatives[unchecked: uniform < column.bound ? 1 : 0])
  }
}

// Columns are only read once they are made.
extension WeightedChoice: @unchecked Sendable {}
