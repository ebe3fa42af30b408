import EventKernel
import Randomness

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Transactions of a stretch of time as one: how many, and what they use together.
struct Cohort {
  /// The stretch, and what arrives in it; where arrivals depend on each other also what is not sent of it.
  var piece: ArrivalPiece
  /// Whether they count in measures.
  let isMeasured: Bool
  var totals = TransactionTotals()

  /// Where the stretch begins.
  var from: SimTime { piece.from }
  /// Where it ends.
  var to: SimTime { piece.to }
  /// The length of the stretch [ns].
  var length: Int64 { piece.length }
}

/// Draws cohorts, and cuts them.
///
/// How many of a cohort lie in a part of its stretch has its exact law: binomial of independent arrivals, that of
/// groups and their sizes, or the number of regular instants (`ArrivalLaw`). What they use together is a beta
/// share, by the law of sums of the mix (`SumLaw`).
struct CohortSource: ~Copyable {
  /// The classes that users send: a share of all, and the laws of what they use.
  private let classes: [Laws]
  /// The same of a transaction of any class.
  private let mixed: Laws
  private let profiles: [Workload.ClassProfile]
  private let needsProverWork: Bool
  /// Where arrivals lie of which the number is known.
  let law: ArrivalLaw
  /// What is drawn and not sealed, the next one last.
  private var waiting: [Cohort] = []
  /// How much data they count for, where users pay for that.
  var sizes: CohortSizes
  var shareStream: RandomStream
  private var edgeStream: RandomStream

  private struct Laws {
    let weight: Double
    let gas: SumLaw
    let bytes: SumLaw
    let work: SumLaw
  }

  init(_ policy: Workload.Policy, needsProverWork: Bool, _ streams: StreamSource) {
    self.needsProverWork = needsProverWork
    law = ArrivalLaw(policy.arrivals)
    let used = policy.used
    profiles = used.map(\.profile)
    let classes = used.map { profile, weight in
      Laws(
        weight: weight, gas: SumLaw(profile.gas, isWhole: true),
        bytes: SumLaw(profile.bytes, isWhole: true),
        work: SumLaw(profile.proverWork, isWhole: false))
    }
    self.classes = classes
    func mixed(_ law: (Laws) -> SumLaw) -> SumLaw {
      SumLaw(mixing: classes.map { (law($0), $0.weight) })
    }
    self.mixed = Laws(
      weight: used.reduce(0) { $0 + $1.weight }, gas: mixed(\.gas), bytes: mixed(\.bytes),
      work: mixed(\.work))
    sizes = CohortSizes(policy, streams)
    shareStream = streams.stream("workload.shares")
    edgeStream = streams.stream("workload.edges")
  }

  /// The length of pieces [ns]: some 275 s, less where so many arrive that GSL could not count them.
  static func grid(for process: ArrivalProcess) -> Int64 {
    let longest = 5e8 / max(process.highestRate, 1e-9) * 1e9
    return 1 << min(Int64(longest.exponent), 38)
  }

  /// The gas of a transaction of any class.
  var gas: SumLaw { mixed.gas }

  /// The next cohort that is drawn and not sealed.
  var first: Cohort? { waiting.last }

  // MARK: Drawing

  /// Draws what the transactions of a piece are and use.
  func draw(
    _ piece: ArrivalPiece, isMeasured: Bool, _ streams: inout WorkloadStreams
  ) -> Cohort {
    var cohort = Cohort(piece: piece, isMeasured: isMeasured)
    var (left, weight) = (piece.count, mixed.weight)
    for (laws, profile) in zip(classes, profiles) where left > 0 {
      let share = min(laws.weight / weight, 1)
      let count = share < 1 ? streams.kinds.binomial(left, share) : left
      (left, weight) = (left - count, weight - laws.weight)
      guard count > 0, profile.isSent(at: piece.from) else { continue }
      cohort.totals.add(
        count: count, gas: UInt64(laws.gas.sum(of: count, &streams.gas) + 0.5),
        bytes: UInt64(laws.bytes.sum(of: count, &streams.bytes) + 0.5),
        proverWork: needsProverWork ? laws.work.sum(of: count, &streams.work) : 0)
    }
    if law.isUniform { cohort.piece.count = cohort.totals.count }
    return cohort
  }

  /// Cuts a cohort at an instant in its stretch.
  mutating func cut(_ cohort: Cohort, at instant: SimTime) -> (left: Cohort, right: Cohort) {
    var (left, right) = (cohort, cohort)
    (left.piece, right.piece) = split(cohort.piece, at: instant)
    let all = cohort.totals
    let count = ArrivalLaw.sent(
      all.count, of: cohort.piece.count, in: left.piece.count, &shareStream)
    let others = all.count - count
    let gas = mixed.gas.share(of: count, beside: others, &shareStream)
    let bytes = mixed.bytes.share(of: count, beside: others, &shareStream)
    let work =
      needsProverWork ? mixed.work.share(of: count, beside: others, &shareStream) : 0
    left.totals = TransactionTotals()
    left.totals.add(
      count: count, gas: UInt64((gas * Double(all.gas)).rounded()),
      bytes: UInt64((bytes * Double(all.bytes)).rounded()), proverWork: work * all.proverWork)
    right.totals = TransactionTotals()
    right.totals.add(
      count: others, gas: all.gas - left.totals.gas, bytes: all.bytes - left.totals.bytes,
      proverWork: all.proverWork - left.totals.proverWork)
    return (left, right)
  }

  // MARK: Waiting

  mutating func push(_ cohort: Cohort) { if cohort.totals.count > 0 { waiting.append(cohort) } }

  mutating func pop() -> Cohort? { waiting.popLast() }

  // MARK: Edges

  /// How far the first and the last of `count` independent uniform instants lie from the edges of a stretch,
  /// as shares of it.
  ///
  /// Each by its own law, 1 − U^(1/n); how the two depend on each other is left out.
  mutating func edges(of count: Int) -> (first: Double, last: Double) {
    if count == 1 {
      let place = edgeStream.uniform()
      return (place, 1 - place)
    }
    return (edge(count), edge(count))
  }

  /// An exponential variable with mean 1.
  mutating func tail() -> Double { edgeStream.exponential(mean: 1) }

  private mutating func edge(_ count: Int) -> Double {
    -expm1(-edgeStream.exponential(mean: 1) / Double(count))
  }
}

extension CohortSource: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> CohortSource { CohortSource(copying: self, draws) }

  private init(copying other: borrowing CohortSource, _ draws: Draws) {
    classes = other.classes
    mixed = other.mixed
    profiles = other.profiles
    needsProverWork = other.needsProverWork
    law = other.law
    waiting = other.waiting
    sizes = other.sizes.copy(drawing: draws)
    shareStream = other.shareStream.copy(drawing: draws)
    edgeStream = other.edgeStream.copy(drawing: draws)
  }
}
