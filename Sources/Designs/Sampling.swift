import Randomness

/// A way to choose points of the unit cube, a dimension for each factor.
///
/// Every method is a function of its numbers, the number of factors and the seed; those of Sobol,
/// Halton and Saltelli do not even depend on the seed.
public enum Sampling: Hashable, Sendable {
  /// One random point in each of as many equal strata of every dimension (McKay et al. 1979).
  case latinHypercube(points: Int)
  /// Sobol's sequence from the first power of two on that is not below the number of points.
  ///
  /// A block between powers of two is balanced: it has the middle of every stratum once.
  case sobol(points: Int)
  /// Halton's sequence from its first point on, the origin left out.
  case halton(points: Int)
  /// Paths on a grid, each of which moves every factor once (Morris 1991).
  ///
  /// The rows of a path follow each other, one more than there are factors. A step is
  /// levels / (2 · (levels − 1)), up or down.
  case morris(trajectories: Int, levels: Int)
  /// The points for variance-based indices (Saltelli et al. 2010), from Sobol's sequence in twice as
  /// many dimensions.
  ///
  /// Of n points and k factors there are k + 2 blocks of n rows. Row j of the first block is A_j, that
  /// of the second B_j, and that of block 2 + i, i from 0, is A_j with factor i taken from B_j.
  case saltelli(points: Int)

  /// Its word in a specification.
  package var name: String {
    switch self {
    case .latinHypercube: "latin-hypercube"
    case .sobol: "sobol"
    case .halton: "halton"
    case .morris: "morris"
    case .saltelli: "saltelli"
    }
  }

  /// Its numbers, by their keys in a specification.
  package var numbers: [(key: String, value: Int)] {
    switch self {
    case .latinHypercube(let points), .sobol(let points), .halton(let points),
      .saltelli(let points):
      [("points", points)]
    case .morris(let trajectories, let levels):
      [("trajectories", trajectories), ("levels", levels)]
    }
  }

  /// Whether the points only mean something together, so that none can be dropped.
  package var isStructured: Bool {
    switch self {
    case .latinHypercube, .sobol, .halton: false
    case .morris, .saltelli: true
    }
  }

  /// How many factors it can have at most; nil for any number.
  package var factorLimit: Int? {
    switch self {
    case .latinHypercube, .morris: nil
    case .sobol: LowDiscrepancyPoints.Kind.sobol.dimensionLimit
    case .halton: LowDiscrepancyPoints.Kind.halton.dimensionLimit
    case .saltelli: LowDiscrepancyPoints.Kind.sobol.dimensionLimit / 2
    }
  }

  /// How many rows there are for so many factors.
  package func pointCount(factors: Int) -> Int {
    switch self {
    case .latinHypercube(let points), .sobol(let points), .halton(let points): points
    case .morris(let trajectories, _): trajectories * (factors + 1)
    case .saltelli(let points): points * (factors + 2)
    }
  }

  /// The rows, each with a share from 0 to 1 for every factor.
  package func rows(factors: Int, seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed, replication: 0, name: "experiment.design")
    switch self {
    case .latinHypercube(let points):
      return Self.latinHypercube(points, factors, &stream)
    case .sobol(let points): return Self.sobol(points, dimensions: factors)
    case .halton(let points):
      var sequence = LowDiscrepancyPoints(.halton, dimensions: factors)
      return (0..<points).map { _ in sequence.next() }
    case .morris(let trajectories, let levels):
      return (0..<trajectories).flatMap { _ in Self.trajectory(levels, factors, &stream) }
    case .saltelli(let points):
      let base = Self.sobol(points, dimensions: 2 * factors)
      let a = base.map { Array($0[..<factors]) }
      let b = base.map { Array($0[factors...]) }
      let mixed = (0..<factors).flatMap { factor in
        Swift.zip(a, b).map { row, other in
          var row = row
          row[factor] = other[factor]
          return row
        }
      }
      return a + b + mixed
    }
  }

  private static func latinHypercube(
    _ points: Int, _ factors: Int, _ stream: inout RandomStream
  ) -> [[Double]] {
    var rows = [[Double]](repeating: [], count: points)
    for _ in 0..<factors {
      for (row, stratum) in stream.permutation(points).enumerated() {
        let value = (Double(stratum) + stream.uniform()) / Double(points)
        rows[row].append(min(value, (Double(stratum + 1) / Double(points)).nextDown))
      }
    }
    return rows
  }

  private static func sobol(_ points: Int, dimensions: Int) -> [[Double]] {
    var sequence = LowDiscrepancyPoints(.sobol, dimensions: dimensions)
    var first = 1
    while first < points { first *= 2 }
    // The sequence begins with point 1.
    for _ in 1..<first { _ = sequence.next() }
    return (0..<points).map { _ in sequence.next() }
  }

  private static func trajectory(
    _ levels: Int, _ factors: Int, _ stream: inout RandomStream
  ) -> [[Double]] {
    var place = (0..<factors).map { _ in stream.whole(below: levels) }
    var places = [place]
    for factor in stream.permutation(factors) {
      place[factor] += place[factor] < levels / 2 ? levels / 2 : -levels / 2
      places.append(place)
    }
    return places.map { place in place.map { Double($0) / Double(levels - 1) } }
  }
}

extension RandomStream {
  /// A whole number from 0, all equally likely but for 2^-53 of their number.
  fileprivate mutating func whole(below limit: Int) -> Int {
    Int(uniform() * Double(limit))
  }

  /// The numbers from 0 in random order (Fisher and Yates, by Durstenfeld 1964).
  fileprivate mutating func permutation(_ count: Int) -> [Int] {
    var numbers = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      numbers.swapAt(last, whole(below: last + 1))
    }
    return numbers
  }
}
