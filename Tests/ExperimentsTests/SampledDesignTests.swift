import Reporting
import Results
import Testing

/// Designs that choose values in ranges.
///
/// Mixes from 0 to 1 show the shares themselves.
@Suite struct SampledDesignTests {
  private static let mixes = """
    factors:
      - workload.mix.swap: {linear: [0, 1]}
      - workload.mix.mint: {linear: [0, 1]}
      - workload.mix.token_transfer: {linear: [0, 1]}
    """

  private func rows(_ design: String, _ rest: String = "", factors: String = mixes) throws
    -> [[Double]]
  {
    try Tiny.experiment("design: \(design)\n\(factors)\n\(rest)").design.map { row in
      try row.map { try #require(Double($0)) }
    }
  }

  private func transposed(_ rows: [[Double]]) -> [[Double]] {
    (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
  }

  /// Detects a stratum that is missing or taken twice, and an order that two factors share.
  @Test(arguments: [1, 7, 64, 100])
  func aLatinHypercubeHasOnePointInEachStratum(points: Int) throws {
    let columns = transposed(try rows("{latin-hypercube: {points: \(points)}}"))
    for column in columns {
      for (stratum, value) in column.sorted().enumerated() {
        #expect(value >= Double(stratum) / Double(points))
        #expect(value < Double(stratum + 1) / Double(points))
      }
    }
    if points > 1 { #expect(Set(columns.map { $0.map { Int($0 * Double(points)) } }).count == 3) }
  }

  /// Places within strata are uniform.
  ///
  /// H0: a point lies anywhere in its stratum. The mean of 3000 uniform offsets has a standard
  /// deviation of 0.0053, so |error| < 0.03 has a false alarm of 1e-8. Detects points at a fixed
  /// place, unless that is the middle, which the spread would show.
  @Test func placesInStrataAreRandom() throws {
    let offsets = try rows("{latin-hypercube: {points: 1000}}").flatMap { row in
      row.map { ($0 * 1000).truncatingRemainder(dividingBy: 1) }
    }
    #expect(abs(offsets.reduce(0, +) / 3000 - 0.5) < 0.03)
    #expect(Set(offsets).count > 2900)
  }

  @Test(arguments: ["{latin-hypercube: {points: 5}}", "{morris: {trajectories: 3, levels: 4}}"])
  func aRandomDesignDependsOnTheSeedAlone(design: String) throws {
    let one = try rows(design)
    #expect(try rows(design) == one)
    #expect(try rows(design, "random: {seed: 1, common: false}") == one)
    #expect(try rows(design, "random: {seed: 2}") != one)
  }

  /// In any number: those before the first power of two that is not below it are left out.
  @Test func sobolPointsBeginAtAPowerOfTwo() throws {
    #expect(try rows("{sobol: {points: 1}}") == [[0.5, 0.5, 0.5]])
    #expect(try rows("{sobol: {points: 2}}") == [[0.75, 0.25, 0.75], [0.25, 0.75, 0.25]])
    let eight = try rows("{sobol: {points: 8}}")
    #expect(try rows("{sobol: {points: 7}}") == Array(eight.dropLast()))
    for column in transposed(eight) {
      #expect(column.sorted() == (0..<8).map { (Double($0) + 0.5) / 8 })
    }
  }

  @Test func haltonPointsBeginAtTheFirst() throws {
    let points = try rows("{halton: {points: 3}}")
    let published: [Double] = [1 / 2, 1 / 3, 1 / 5, 1 / 4, 2 / 3, 2 / 5]
    for (value, known) in zip(points.joined(), published) {
      #expect(abs(value - known) < 1e-15)
    }
    #expect(points.count == 3)
  }

  /// Each trajectory changes one factor with each row, by the step, and each factor once.
  @Test(arguments: [(2, 1.0), (4, 2.0 / 3), (6, 0.6)])
  func aTrajectoryMovesEachFactorOnce(levels: Int, step: Double) throws {
    let rows = try rows("{morris: {trajectories: 10, levels: \(levels)}}")
    #expect(rows.count == 40)
    var orders: Set<[Int]> = []
    for start in stride(from: 0, to: 40, by: 4) {
      var order: [Int] = []
      for row in start..<start + 3 {
        let changes = zip(rows[row], rows[row + 1]).map { $1 - $0 }
        let moved = changes.indices.filter { changes[$0] != 0 }
        #expect(moved.count == 1)
        for factor in moved { #expect(abs(abs(changes[factor]) - step) < 1e-15) }
        order += moved
      }
      #expect(order.sorted() == [0, 1, 2])
      orders.insert(order)
    }
    #expect(orders.count > 1, "the order is random")
    for value in rows.joined() {
      let place = value * Double(levels - 1)
      #expect(abs(place - place.rounded()) < 1e-12 && (0...1).contains(value))
    }
    #expect(Set(rows.joined()).count == levels, "every level is a start or an end")
  }

  /// Blocks A, B and one for each factor: A but for its column, which is from B.
  @Test(arguments: [1, 8, 12])
  func saltelliMixesTwoSamples(points: Int) throws {
    let rows = try rows("{saltelli: {points: \(points)}}")
    #expect(rows.count == points * 5)
    let blocks = (0..<5).map { Array(rows[$0 * points..<($0 + 1) * points]) }
    for factor in 0..<3 {
      for (row, (a, b)) in zip(blocks[2 + factor], zip(blocks[0], blocks[1])) {
        for column in 0..<3 { #expect(row[column] == (column == factor ? b : a)[column]) }
      }
    }
    if points == 8 {
      #expect(blocks[0] != blocks[1])
      for column in transposed(blocks[0]) + transposed(blocks[1]) {
        #expect(column.sorted() == (0..<8).map { (Double($0) + 0.5) / 8 })
      }
    }
  }

  /// Half of a logarithmic range is its geometric mean; the ends of a Morris grid are those of a
  /// range.
  @Test func rangesHaveScales() throws {
    let middle = try rows(
      "{sobol: {points: 1}}",
      factors:
        "factors: {poster.max_age: {log: [1 s, 100 s]}, prices.eth: {linear: [1 USD, 4 USD]}}")
    #expect(middle.count == 1 && abs(middle[0][0] - 10) < 1e-12 && middle[0][1] == 2.5)
    let ends = try rows(
      "{morris: {trajectories: 20, levels: 2}}",
      factors:
        "factors: {poster.max_age: {log: [7 s, 29 s]}, prices.eth: {linear: [0.3 USD, 0.9 USD]}}")
    #expect(Set(ends.map { $0[0] }) == [7, 29])
    #expect(Set(ends.map { $0[1] }) == [0.3, 0.9])
  }

  /// Twelve strata: each of four whole numbers has three of them, each of three words four.
  @Test func wholeNumbersAndListsAreEquallyLikely() throws {
    let design = try Tiny.experiment(
      """
      design: {latin-hypercube: {points: 12}}
      factors:
        - prover.provers: {linear: [2, 5]}
        - system: [starknet, zksync-era, arbitrum-nitro]
      """
    ).design
    #expect(
      Dictionary(grouping: design) { $0[0] }.mapValues(\.count) == ["2": 3, "3": 3, "4": 3, "5": 3])
    #expect(
      Dictionary(grouping: design) { $0[1] }.mapValues(\.count)
        == ["starknet": 4, "zksync-era": 4, "arbitrum-nitro": 4])
  }

  /// On a logarithmic scale 1 has the half of [1, 4) below 2, and 2 and 3 share the rest.
  @Test func wholeNumbersOnALogarithmicScale() throws {
    let values = try rows(
      "{latin-hypercube: {points: 64}}", factors: "factors: {prover.provers: {log: [1, 3]}}")
    #expect(values.count { $0 == [1] } == 32)
    #expect(Set(values.joined()) == [1, 2, 3])
  }

  /// What the tables promise, whatever the design.
  @Test(arguments: [
    "design: grid\nfactors: {poster.max_age: [1 min, 2 min], poster.carrier: [blobs, calldata]}",
    "design: zip\nfactors: {poster.max_age: [1 min, 2 min], poster.carrier: [blobs, calldata]}",
    "design: one-at-a-time\nfactors: {poster.max_age: [1 min, 2 min]}",
    "factors: {poster.max_age: [1 min, 2 min], poster.gas: {expression: 1000 * poster.max_age}}",
    "design: {latin-hypercube: {points: 3}}\n\(mixes)", "design: {sobol: {points: 3}}\n\(mixes)",
    "design: {halton: {points: 3}}\n\(mixes)",
    "design: {morris: {trajectories: 2, levels: 2}}\nfactors: {poster.carrier: [blobs, calldata]}",
    "design: {saltelli: {points: 1}}\n\(mixes)",
    "factors: {poster.max_age: [1 min, 2 min, 3 min]}\nconstraints: [poster.max_age != 120]",
  ])
  func factorsAreColumnsAndRunsHaveKeys(text: String) throws {
    let (experiment, report) = try Tiny.report(text)
    #expect(!experiment.spec.factors.isEmpty)
    for (index, factor) in experiment.spec.factors.enumerated() {
      let cells = experiment.points.map { $0.levels[index].cell }
      #expect(report.runs.column(factor.column.name) == cells.flatMap { [$0, $0] })
      #expect(Set(report.points.column(factor.column.name)) == Set(cells))
    }
    let keys = zip(report.runs.column("point"), report.runs.column("replication")).map { [$0, $1] }
    let expected = experiment.points.indices.flatMap { point in
      (0..<2).map { [Table.Cell.integer(point), .integer($0)] }
    }
    #expect(keys == expected)
  }
}
