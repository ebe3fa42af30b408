import EventKernel
import Ledger
import Randomness

// Blocks in stretches: where no block can be full, what lies between two instants at which something can
// happen is drawn as one.

extension Sequencer {
  /// Fewer transactions than this in a piece are drawn one by one.
  private static let fewest = 32

  /// Draws the stretch that is sealed next.
  ///
  /// It ends with the last block before a bound, or before the block that the open batch has no room for;
  /// a batch begins with the first block that has transactions, which is a stretch of its own.
  ///
  /// - Returns: when it is sealed; nil where single transactions have to be drawn.
  mutating func planStretch(_ workload: inout Workload, _ bounds: StretchBounds) -> SimTime? {
    let rate = min(quietRate, bounds.steadyRate)
    guard waiting == 0, workload.isDrawnEmpty, let next = nextCohort(&workload, upTo: rate)
    else { return nil }
    let grid = BlockGrid(after: lastSeal, every: policy.blockInterval, from: next.from)
    let end = lastBlock(through: workload.cohorts.lastInstant(of: next), grid, bounds)
    guard end > 0 else {
      // Its first block has transactions of the next piece as well.
      planned = [next]
      if let rest = workload.takeCohort(before: grid[1], upTo: rate), rest.totals.count > 0 {
        planned.append(rest)
      }
      return grid[1]
    }
    workload.cohorts.push(next)
    guard let closesAt = bounds.closesAt, closesAt >= grid[1] else {
      return plan(grid, through: end, &workload) {
        $0.count + $1.count == 0
      } guess: {
        1 / Double($1.count + 1)
      }
    }
    let room = bounds.room
    return plan(grid, through: end, &workload) {
      $0.bytes + $1.bytes <= room
    } guess: {
      Double(room - $0.bytes) / Double($1.bytes)
    }
  }

  /// The next cohort, drawn unless it is; nil where there are too few transactions, or more than `rate`
  /// per second.
  private func nextCohort(_ workload: inout Workload, upTo rate: Double) -> Cohort? {
    if let cohort = workload.cohorts.pop() { return cohort }
    workload.refill()
    guard let piece = workload.ahead else { return nil }
    guard piece.count >= Self.fewest else {
      workload.drawAhead()
      return nil
    }
    guard piece.rate <= rate else { return nil }
    return workload.takeCohort()
  }

  /// The number of the last block that the stretch can have; 0 if the cohort ends before the first.
  private func lastBlock(through end: SimTime, _ grid: BlockGrid, _ bounds: StretchBounds) -> Int {
    var last = grid.count(through: end)
    if let closesAt = bounds.closesAt, closesAt >= grid[1] {
      last = min(last, grid.count(through: closesAt))
    }
    let change = SimTime(nanoseconds: max(bounds.before.nanoseconds, 1) - 1)
    return min(last, max(grid.count(through: change), 1))
  }

  /// Plans the longest stretch from the first block on that satisfies a condition, or where the first block
  /// with transactions does not, that block alone.
  ///
  /// What does not satisfy it is cut where the condition is expected to end, then again in the part that has
  /// its end, until that part is one block.
  ///
  /// - Parameters:
  ///   - holds: the condition, of what is planned and what comes next.
  ///   - guess: the share of what comes next that satisfies it.
  private mutating func plan(
    _ grid: BlockGrid, through end: Int, _ workload: inout Workload,
    while holds: (TransactionTotals, TransactionTotals) -> Bool,
    guess: (TransactionTotals, TransactionTotals) -> Double
  ) -> SimTime {
    var totals = TransactionTotals()
    var sealed = 0
    while sealed < end, var part = workload.cohorts.pop() {
      let lastInstant = workload.cohorts.lastInstant(of: part)
      var last = min(end, grid.count(through: lastInstant))
      guard last > sealed else {
        // What ends between two blocks belongs to the one behind it, with others.
        workload.cohorts.push(part)
        break
      }
      if grid[last] < lastInstant { part = workload.cutAhead(part, at: grid[last]) }
      while !holds(totals, part.totals) {
        let blocks = last - sealed
        guard blocks > 1 else {
          guard planned.isEmpty else {
            workload.cohorts.push(part)
            return grid[sealed]
          }
          planned = [part]
          return grid[last]
        }
        let share = (guess(totals, part.totals) * Double(blocks)).rounded()
        last = sealed + Int(min(max(share, 1), Double(blocks - 1)))
        part = workload.cutAhead(part, at: grid[last])
      }
      totals.add(part.totals)
      if part.totals.count > 0 { planned.append(part) }
      sealed = last
    }
    return grid[max(sealed, 1)]
  }

  /// Seals the stretch that was planned.
  mutating func sealStretch(_ workload: inout Workload, into block: inout SealedBlock) {
    for cohort in planned { add(cohort, to: &block, &workload) }
    block.dataFees += endStretchFees(&workload)
    planned.removeAll(keepingCapacity: true)
    block.stretch?.tail = workload.tail()
    accept(block.count)
  }

  /// Adds the transactions of a cohort to a block that ends their stretch.
  private func add(
    _ cohort: Cohort, to block: inout SealedBlock, _ workload: inout Workload
  ) {
    guard cohort.totals.count > 0 else { return }
    let times = workload.times(
      of: cohort, every: policy.blockInterval, endingAt: block.sealedAt)
    block.transactions.add(cohort.totals)
    block.stretch = SealedStretch(
      adding: times.sealInstants, isMeasured: cohort.isMeasured, times.waits, to: block.stretch,
      since: cohort.from)
    guard cohort.isMeasured else { return }
    block.submissions.add(times.submissions)
    workload.offer(cohort.totals.count, gas: cohort.totals.gas)
  }
}

/// The instants of blocks at an interval, counted from 1.
struct BlockGrid {
  private let first: Int64
  private let interval: Int64

  /// The blocks after `last`, from the first on that can have an arrival at `from` or later.
  init(after last: SimTime, every interval: SimDuration, from arrival: SimTime) {
    self.interval = interval.nanoseconds
    let next = last.nanoseconds + self.interval
    let idle = max(arrival.nanoseconds - next, 0)
    first = next + (idle + self.interval - 1) / self.interval * self.interval
  }

  /// How many of them are not after an instant.
  func count(through instant: SimTime) -> Int {
    let passed = instant.nanoseconds - first
    return passed < 0 ? 0 : Int(passed / interval) + 1
  }

  subscript(number: Int) -> SimTime {
    SimTime(nanoseconds: first + interval * Int64(number - 1))
  }
}

extension SealedStretch {
  /// What a stretch is with other transactions.
  init(
    adding sealInstants: UInt128, isMeasured: Bool, _ waits: ClosedRange<SimDuration>,
    to other: SealedStretch?, since begin: SimTime
  ) {
    self =
      other
      ?? SealedStretch(begin: begin, sealInstants: 0, measuredSealInstants: 0, waits: waits)
    self.sealInstants += sealInstants
    guard isMeasured else { return }
    let isFirst = measuredSealInstants == 0
    measuredSealInstants += sealInstants
    self.waits =
      isFirst
      ? waits
      : min(waits.lowerBound, self.waits.lowerBound)...max(waits.upperBound, self.waits.upperBound)
  }
}
