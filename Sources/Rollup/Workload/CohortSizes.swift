import EventKernel
import Randomness

/// Transactions of a stretch of time, by how much data they count for together.
struct SizedCohort {
  /// The stretch, and what arrives in it.
  var piece: ArrivalPiece
  /// How many of those are sent.
  var count: Int
  /// The least size of one.
  let least: UInt64
  /// By how much all together exceed that.
  var excess: UInt128
  /// The law of what one exceeds it by.
  let law: SumLaw

  /// Where the stretch begins.
  var from: SimTime { piece.from }
  /// Where it ends.
  var to: SimTime { piece.to }
  /// Their size together.
  var size: UInt128 { UInt128(count) * UInt128(least) + excess }
}

/// Draws how much data cohorts count for, and cuts them where the price of data changes.
///
/// Like gas and bytes of a part, its size does not depend on those beyond how many there are: only those of the whole
/// cohort go with its bytes (`DataSizeLaw`). What it draws is of no account for anything else.
struct CohortSizes: ~Copyable {
  private let used: [(profile: Workload.ClassProfile, weight: Double)]
  private let arrivals: ArrivalLaw
  /// The laws of the classes under a rule.
  private var laws: [DataSizeLaw] = []
  private var rule: DataSizeRule?
  /// The law of a transaction of any class that is sent, and which are.
  private var mixed: (law: DataSizeLaw, sent: UInt64)?
  private var stream: RandomStream

  init(_ policy: Workload.Policy, _ streams: StreamSource) {
    used = policy.used
    arrivals = ArrivalLaw(policy.arrivals)
    stream = streams.stream("workload.sizes")
  }

  /// How much data a cohort counts for.
  mutating func size(_ cohort: Cohort, by rule: DataSizeRule) -> SizedCohort {
    let law = law(at: cohort.from, rule)
    let (count, bytes) = (cohort.totals.count, cohort.totals.bytes)
    let excess = count > 0 ? law.draw(count, bytes: bytes, &stream) : 0
    return SizedCohort(
      piece: cohort.piece, count: count, least: rule.least, excess: UInt128(excess.rounded()),
      law: law.sum)
  }

  /// The law of a transaction of any class that is sent at an instant.
  private mutating func law(at instant: SimTime, _ rule: DataSizeRule) -> DataSizeLaw {
    if rule != self.rule {
      laws = used.map { DataSizeLaw($0.profile.bytes, rule) }
      (self.rule, mixed) = (rule, nil)
    }
    var sent: UInt64 = 0
    for place in used.indices where used[place].profile.isSent(at: instant) { sent |= 1 << place }
    if let mixed, mixed.sent == sent { return mixed.law }
    let parts = used.indices.filter { sent >> $0 & 1 == 1 }.map { (laws[$0], used[$0].weight) }
    let law = DataSizeLaw(mixing: parts)
    mixed = (law, sent)
    return law
  }

  /// Cuts a cohort at an instant in its stretch: the number of each part has its law, its share of what all exceed the
  /// least by is a beta variable.
  mutating func cut(
    _ cohort: SizedCohort, at instant: SimTime
  ) -> (left: SizedCohort, right: SizedCohort) {
    var (left, right) = (cohort, cohort)
    (left.piece, right.piece) = arrivals.split(cohort.piece, at: instant, &stream)
    left.count = ArrivalLaw.sent(
      cohort.count, of: cohort.piece.count, in: left.piece.count, &stream)
    right.count -= left.count
    guard cohort.excess > 0 else { return (left, right) }
    let ofLeft = cohort.law.share(of: left.count, beside: right.count, &stream)
    left.excess = min(UInt128((ofLeft * Double(cohort.excess)).rounded()), cohort.excess)
    right.excess -= left.excess
    return (left, right)
  }
}

extension CohortSizes: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> CohortSizes { CohortSizes(copying: self, draws) }

  private init(copying other: borrowing CohortSizes, _ draws: Draws) {
    used = other.used
    arrivals = other.arrivals
    laws = other.laws
    rule = other.rule
    mixed = other.mixed
    stream = other.stream.copy(drawing: draws)
  }
}
