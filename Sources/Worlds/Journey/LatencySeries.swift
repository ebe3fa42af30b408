import EventKernel
import Rollup

/// How long transactions took to a stage, by when they were submitted.
public struct LatencySeries: Sendable {
  private let cellWidth: Int64
  private var counts: [Int]
  private var sums: [Double]

  /// An empty series of so many cells between the start of the run and `end`.
  init(cells: Int, through end: SimTime) {
    cellWidth = (end.nanoseconds + Int64(cells) - 1) / Int64(cells)
    counts = [Int](repeating: 0, count: cells)
    sums = [Double](repeating: 0, count: cells)
  }

  /// Records transactions that passed at `instant`, all of them in the cell of their mean submission.
  mutating func record(_ span: Submissions, at instant: SimTime) {
    record(span, passingAt: UInt128(span.count) * UInt128(instant.nanoseconds))
  }

  /// The same of transactions whose instants of passage have a sum [ns].
  mutating func record(_ span: Submissions, passingAt sum: UInt128) {
    let count = UInt128(span.count)
    let submission = Int64(span.sum / count)
    let cell = min(Int(submission / cellWidth), counts.count - 1)
    counts[cell] += span.count
    sums[cell] += Double(sum - span.sum) / 1e9
  }

  /// Adds the transactions of another replication, with the same cells.
  public mutating func add(_ other: LatencySeries) {
    for cell in counts.indices {
      counts[cell] += other.counts[cell]
      sums[cell] += other.sums[cell]
    }
  }

  /// The mean latency [s] of each cell with transactions, and when the cell ends.
  public var means: [(end: SimTime, seconds: Double)] {
    counts.indices.filter { counts[$0] > 0 }.map { cell in
      let end = SimTime(nanoseconds: cellWidth * Int64(cell + 1))
      return (end, sums[cell] / Double(counts[cell]))
    }
  }
}
