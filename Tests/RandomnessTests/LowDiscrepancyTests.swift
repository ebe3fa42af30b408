import Randomness
import Testing

/// Sequences of even points are those that were published.
@Suite struct LowDiscrepancyTests {
  private func points(
    _ kind: LowDiscrepancyPoints.Kind, _ dimensions: Int, _ count: Int
  ) -> [[Double]] {
    var sequence = LowDiscrepancyPoints(kind, dimensions: dimensions)
    return (0..<count).map { _ in sequence.next() }
  }

  /// The first points in Gray code order; the third to fifth in three dimensions are those of GSL's
  /// own tests, and the first two dimensions are also those of Joe and Kuo (SciPy without scrambling).
  @Test func sobolBeginsAsPublished() {
    #expect(
      points(.sobol, 3, 5) == [
        [0.5, 0.5, 0.5], [0.75, 0.25, 0.75], [0.25, 0.75, 0.25], [0.375, 0.375, 0.625],
        [0.875, 0.875, 0.125],
      ])
  }

  /// Radical inverses in bases 2, 3 and 5 (Halton 1960).
  @Test func haltonBeginsAsPublished() {
    let expected: [[Double]] = [
      [1 / 2, 1 / 3, 1 / 5], [1 / 4, 2 / 3, 2 / 5], [3 / 4, 1 / 9, 3 / 5], [1 / 8, 4 / 9, 4 / 5],
      [5 / 8, 7 / 9, 1 / 25], [3 / 8, 2 / 9, 6 / 25],
    ]
    for (point, known) in zip(points(.halton, 3, 6), expected) {
      for (one, other) in zip(point, known) { #expect(abs(one - other) < 1e-15) }
    }
  }

  /// A block between powers of two has the middle of each stratum once, in all 40 dimensions.
  @Test func sobolIsBalanced() {
    let block = points(.sobol, 40, 127).suffix(64)
    for dimension in 0..<40 {
      #expect(
        block.map { $0[dimension] * 128 }.sorted() == stride(from: 1.0, to: 128, by: 2).map(\.self))
    }
  }

  @Test func thereAreAsManyDimensionsAsGSLHas() {
    #expect(LowDiscrepancyPoints.Kind.sobol.dimensionLimit == 40)
    #expect(LowDiscrepancyPoints.Kind.halton.dimensionLimit == 1229)
    #expect(points(.halton, 1229, 2).allSatisfy { $0.allSatisfy { 0 < $0 && $0 < 1 } })
  }
}
