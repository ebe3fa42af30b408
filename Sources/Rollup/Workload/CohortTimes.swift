import EventKernel

/// When the transactions of a cohort are submitted and sealed.
///
/// Of independent instants sums are what is expected of them, so their chance is left out, and extremes are
/// drawn. That holds of groups too, by the number of groups: means are right, and what they lack of their
/// spread over runs is more than of single arrivals, by the root of the mean square of a size over its mean. Where a
/// class is not sent, groups without members count as others. Of regular arrivals all is as it is; where a class is
/// not sent, sums are its share and extremes are those of all.
struct CohortTimes {
  let submissions: Submissions
  /// The sum of the instants at which they are sealed [ns].
  let sealInstants: UInt128
  /// The shortest and the longest time from a submission to its block.
  let waits: ClosedRange<SimDuration>
}

extension CohortSource {
  /// When the transactions of a cohort are submitted and sealed.
  ///
  /// - Parameter end: the last block, of those at an interval before it.
  mutating func times(
    of cohort: Cohort, every interval: SimDuration, endingAt end: SimTime
  ) -> CohortTimes {
    if case .regular(let regular) = law {
      return CohortTimes(of: cohort, regular, every: interval, endingAt: end)
    }
    let count = cohort.totals.count
    let instants = law.isUniform ? count : max(min(cohort.piece.groups, count), 1)
    let wait = cohort.wait(every: interval, endingAt: end)
    let edges = edges(of: instants)
    let first = SimTime(nanoseconds: cohort.from.nanoseconds + cohort.share(edges.first))
    let last = SimTime(nanoseconds: cohort.to.nanoseconds - cohort.share(edges.last))
    let ends = UInt128(cohort.from.nanoseconds) + UInt128(cohort.to.nanoseconds)
    var span = Submissions()
    span.add(
      count,
      sum: instants == 1
        ? UInt128(count) * UInt128(first.nanoseconds) : UInt128(count) * ends / 2,
      first: first, last: max(first, last))
    let sealInstants = span.sum + UInt128((wait.mean * Double(count)).rounded())
    if let block = wait.block {
      return CohortTimes(
        submissions: span, sealInstants: sealInstants,
        waits: block - span.last...block - span.first)
    }
    return CohortTimes(
      submissions: span, sealInstants: sealInstants, waits: waits(of: instants, in: interval))
  }

  /// The shortest and the longest of so many waits that are uniform in an interval.
  private mutating func waits(
    of count: Int, in interval: SimDuration
  ) -> ClosedRange<SimDuration> {
    let edges = edges(of: count)
    let length = Double(interval.nanoseconds)
    let (low, high) = (edges.first * length, length - edges.last * length)
    return SimDuration(
      nanoseconds: Int64(min(low, high)))...SimDuration(
        nanoseconds: Int64(max(low, high)))
  }
}

extension CohortTimes {
  /// Of regular arrivals: block by block, and the shortest and the longest wait of the first few.
  fileprivate init(
    of cohort: Cohort, _ regular: RegularInstants, every interval: SimDuration,
    endingAt end: SimTime
  ) {
    let numbers = regular.numbers(from: cohort.from, to: cohort.to)
    let (count, all) = (UInt128(cohort.totals.count), UInt128(max(numbers.count, 1)))
    let sum = regular.sum(numbers)
    let sealed = Self.sealInstants(numbers, regular, every: interval, endingAt: end)
    var (shortest, longest) = (interval.nanoseconds, Int64(0))
    for number in numbers.prefix(RegularInstants.few) {
      let wait = (end - regular.instant(of: number)).nanoseconds % interval.nanoseconds
      (shortest, longest) = (min(shortest, wait), max(longest, wait))
    }
    var span = Submissions()
    span.add(
      cohort.totals.count, sum: sum * count / all,
      first: regular.instant(of: numbers.lowerBound),
      last: regular.instant(of: max(numbers.lowerBound, numbers.upperBound - 1)))
    submissions = span
    sealInstants = span.sum + (sealed - min(sum, sealed)) * count / all
    let low = SimDuration(nanoseconds: min(shortest, longest))
    waits = low...SimDuration(nanoseconds: longest)
  }

  /// The sum of the instants of the blocks that take them: those of a block come after the one before it.
  private static func sealInstants(
    _ numbers: Range<Int>, _ regular: RegularInstants, every interval: SimDuration,
    endingAt end: SimTime
  ) -> UInt128 {
    guard !numbers.isEmpty else { return 0 }
    let first = (end - regular.instant(of: numbers.lowerBound)).nanoseconds
    var block = SimTime(
      nanoseconds: end.nanoseconds - first / interval.nanoseconds * interval.nanoseconds)
    var (sum, next): (UInt128, Int) = (0, numbers.lowerBound)
    while next < numbers.upperBound {
      let behind = regular.count(before: SimTime(nanoseconds: block.nanoseconds + 1)) + 1
      let taken = min(behind, numbers.upperBound) - next
      sum += UInt128(taken) * UInt128(block.nanoseconds)
      next += taken
      block = block + interval
    }
    return sum
  }
}

extension Cohort {
  /// A share of its length [ns].
  fileprivate func share(_ share: Double) -> Int64 { Int64((share * Double(length)).rounded()) }

  /// How long transactions wait for their block on average [ns], and which block that is.
  ///
  /// A transaction that comes x before the last block waits the rest of x after whole intervals; its mean
  /// over the stretch is the difference of q · interval² / 2 + rest² / 2 at both ends, with q the number of
  /// whole intervals.
  ///
  /// - Returns: the mean, and the instant of the block; nil of several.
  fileprivate func wait(
    every interval: SimDuration, endingAt end: SimTime
  ) -> (mean: Double, block: SimTime?) {
    func integral(_ time: Int64) -> (value: Double, blocks: Int64) {
      let (whole, rest) = time.quotientAndRemainder(dividingBy: interval.nanoseconds)
      let square = Double(interval.nanoseconds) * Double(interval.nanoseconds)
      return ((Double(whole) * square + Double(rest) * Double(rest)) / 2, whole)
    }
    let (near, far) = (integral((end - to).nanoseconds), integral((end - from).nanoseconds - 1))
    let block = SimTime(nanoseconds: end.nanoseconds - near.blocks * interval.nanoseconds)
    return ((far.value - near.value) / Double(length), near.blocks == far.blocks ? block : nil)
  }
}
