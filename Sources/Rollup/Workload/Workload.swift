import EventKernel
import Ledger
import Randomness
import Statistics

/// The transactions that users send.
///
/// Arrivals come in pieces of time: first how many, then their instants and classes, then what all of a
/// class use. Arrivals, classes, gas, bytes, prover work and writes have a stream each, so changing one leaves the
/// draws of the others as they were.
///
/// Where transactions are counted in cohorts, a piece stays a number until somebody needs it to be
/// transactions, or a `Cohort`.
public struct Workload: ~Copyable {
  /// Transactions of the window of measurement that were submitted so far.
  public private(set) var offered = 0
  /// Their layer 2 gas.
  public private(set) var offeredGas: UInt64 = 0

  /// How long machines of users worked on measured transactions before they were submitted.
  public private(set) var clientTimes = LatencyHistogram()

  let policy: Policy
  private let used: [(profile: ClassProfile, weight: Double)]
  private let hasWindows: Bool
  let needsProverWork: Bool
  private let needsWrites: Bool
  private let hasIncompressible: Bool
  private let needsClientTime: Bool
  let hasFeeCaps: Bool
  private let attackKind: Int?
  /// The numbers of the classes that are sent, by their places among those; empty where nobody asks.
  private let classes: [UInt8]
  private let measured: Range<SimTime>
  private let kinds: WeightedChoice
  private var arrivals: Arrivals
  private var streams: WorkloadStreams

  /// Drawn transactions.
  private(set) var buffer = TransactionBuffer()
  /// Whether stretches of many transactions are drawn as one.
  let isInCohorts: Bool
  /// How that is done.
  var cohorts: CohortSource
  /// The piece behind the drawn transactions that is still a number, where there are cohorts.
  var ahead: ArrivalPiece?
  /// Up to when transactions were taken.
  private var taken = SimTime.start

  /// A workload before its first transaction.
  ///
  /// - Parameters:
  ///   - measured: the submission instants of the transactions that count in measures.
  ///   - needsProverWork: whether anybody proves these transactions.
  ///   - needsWrites: whether anybody publishes what they write.
  ///   - needsClasses: whether anybody asks for the class of a transaction.
  ///   - startsAt: what the settlement chain's clock shows at the start of the run [Unix seconds].
  ///   - inCohorts: whether stretches of many transactions are drawn as one.
  public init(
    _ policy: Policy, measured: Range<SimTime>, needsProverWork: Bool,
    needsWrites: Bool = false, needsClasses: Bool = false, startsAt: Int64 = 0,
    inCohorts isInCohorts: Bool = false, _ source: StreamSource
  ) {
    self.policy = policy
    self.measured = measured
    self.needsProverWork = needsProverWork
    self.needsWrites = needsWrites
    hasIncompressible = policy.hasIncompressible
    needsClientTime = policy.needsClientTime
    hasFeeCaps = policy.hasFeeCaps
    attackKind = policy.attackKind
    classes = needsClasses ? policy.usedClasses : []
    used = policy.used
    hasWindows = used.contains { !$0.profile.isAlwaysSent }
    kinds = WeightedChoice(weights: used.map(\.weight))
    arrivals = Arrivals(
      policy.arrivals, cuts: policy.cuts(measured),
      grid: isInCohorts ? CohortSource.grid(for: policy.arrivals) : nil, startsAt: startsAt, source)
    streams = WorkloadStreams(source)
    self.isInCohorts = isInCohorts
    cohorts = CohortSource(policy, needsProverWork: needsProverWork, source)
    refill()
  }

  /// When the next transaction is submitted; where it is still a number, when it is at the earliest.
  public var nextArrival: SimTime {
    if !buffer.isEmpty { return buffer.firstInstant }
    return cohorts.first?.from ?? ahead?.from ?? arrivals.through
  }

  /// Whether none comes before an instant that was not taken, nor a regular one at it.
  ///
  /// Mutating, since the compiler would copy a workload for a call that only reads it.
  public mutating func hasNone(before instant: SimTime) -> Bool {
    let next = nextArrival
    return next == instant ? !cohorts.hasArrival(at: instant) : next > instant
  }

  /// Whether no transaction is drawn that was not taken.
  var isDrawnEmpty: Bool { buffer.isEmpty }

  func isMeasured(_ piece: ArrivalPiece) -> Bool { measured.contains(piece.from) }

  mutating func offer(_ count: Int, gas: UInt64) {
    offered += count
    offeredGas += gas
  }

  // MARK: Drawing

  /// Draws until there is a transaction that was not taken, or a piece that is a number, or no more to
  /// come.
  mutating func refill() {
    while buffer.isEmpty, ahead == nil, arrivals.through < .distantFuture {
      let piece = arrivals.next()
      if isInCohorts, piece.count > 0 { ahead = piece } else { fill(piece) }
    }
  }

  /// Makes sure that what is submitted through an instant is drawn.
  ///
  /// - Returns: whether anything is.
  @inline(__always)
  mutating func draw(through instant: SimTime) -> Bool {
    if buffer.isEmpty { drawMore(through: instant) }
    return !buffer.isEmpty && buffer.firstInstant <= instant
  }

  private mutating func drawMore(through instant: SimTime) {
    refill()
    while buffer.isEmpty, let piece = ahead, piece.from <= instant {
      let end = SimTime(nanoseconds: instant.nanoseconds + 1)
      fill(end < piece.to ? splitAhead(at: end) : takeAhead())
      refill()
    }
  }

  /// Draws the whole piece that is still a number.
  mutating func drawAhead() { fill(takeAhead()) }

  private mutating func takeAhead() -> ArrivalPiece {
    guard let piece = ahead else { preconditionFailure("no piece is ahead") }
    ahead = nil
    return piece
  }

  /// Draws the piece that is still a number as a cohort.
  mutating func takeCohort() -> Cohort { cohort(takeAhead()) }

  /// Draws what comes before an instant in the next piece as a cohort; nil where it does not lie in it, or
  /// more than `rate` come per second.
  mutating func takeCohort(before instant: SimTime, upTo rate: Double) -> Cohort? {
    refill()
    guard let piece = ahead, piece.from < instant, cohorts.end(through: instant) < piece.to,
      piece.rate <= rate
    else { return nil }
    return cohort(splitAhead(at: cohorts.end(through: instant)))
  }

  private mutating func cohort(_ piece: ArrivalPiece) -> Cohort {
    cohorts.draw(piece, isMeasured: isMeasured(piece), &streams)
  }

  /// Cuts a cohort at the instant of a block; what is behind waits.
  ///
  /// - Returns: what the block can have.
  mutating func cutAhead(_ cohort: Cohort, at instant: SimTime) -> Cohort {
    let (left, right) = cohorts.cut(cohort, at: cohorts.end(through: instant))
    cohorts.push(right)
    return left
  }

  /// When the transactions of a cohort are submitted and sealed.
  mutating func times(
    of cohort: Cohort, every interval: SimDuration, endingAt end: SimTime
  ) -> CohortTimes {
    cohorts.times(of: cohort, every: interval, endingAt: end)
  }

  /// An exponential variable with mean 1.
  mutating func tail() -> Double { cohorts.tail() }

  /// Takes the part of the piece ahead before an instant in it.
  mutating func splitAhead(at instant: SimTime) -> ArrivalPiece {
    guard let piece = ahead else { preconditionFailure("no piece is ahead") }
    let (left, right) = cohorts.split(piece, at: instant)
    ahead = right.count > 0 ? right : nil
    return left
  }

  /// Draws the transactions of a piece.
  private mutating func fill(_ piece: ArrivalPiece) {
    buffer.clear(for: piece.count, areMeasured: isMeasured(piece))
    if lists(piece) {
      for index in 0..<piece.count {
        append(arrivals.instants[index], kinds.sample(&streams.kinds), of: piece)
      }
    } else {
      streams.kinds.fill(UnsafeMutableBufferPointer(rebasing: buffer.words[..<piece.count]))
      buffer.words.sort(first: piece.count, into: buffer.sorted)
      for index in 0..<piece.count {
        let (instant, rest) = piece.instant(of: buffer.sorted[index])
        append(instant, kinds.choose(rest), of: piece)
      }
    }
    if let attackKind { buffer.noteAttacks(ofKind: attackKind) }
    if !classes.isEmpty { buffer.noteClasses(classes) }
    drawUses()
  }

  /// Whether the instants of a piece are listed, as those of a number of arrivals are now that depend on each
  /// other.
  private mutating func lists(_ piece: ArrivalPiece) -> Bool {
    if piece.isListed { return true }
    guard isInCohorts else { return false }
    return cohorts.list(piece, into: &arrivals.instants)
  }

  /// Adds a transaction of a piece, unless its class is not sent then.
  @inline(__always)
  private mutating func append(_ instant: Int64, _ kind: Int, of piece: ArrivalPiece) {
    if hasWindows, !used[kind].profile.isSent(at: piece.from) { return }
    buffer.append(instant, ofKind: kind)
  }

  /// Draws what transactions use, class by class.
  private mutating func drawUses() {
    // By index: a copy of a profile costs as much as drawing of it.
    for kind in used.indices {
      let places = buffer.places(ofKind: kind)
      guard !places.isEmpty else { continue }
      let values = UnsafeMutableBufferPointer(rebasing: buffer.values[..<places.count])
      used[kind].profile.gas.fill(buffer.gas, at: places, using: values, &streams.gas)
      used[kind].profile.bytes.fill(buffer.bytes, at: places, using: values, &streams.bytes)
      if hasIncompressible {
        let share = used[kind].profile.incompressible
        for place in places {
          buffer.fixedBytes[Int(place)] = UInt32(
            rounding: share * Double(buffer.bytes[Int(place)]))
        }
      }
      if needsClientTime, buffer.isMeasured, kind != attackKind,
        used[kind].profile.clientTime.mean > 0
      {
        used[kind].profile.clientTime.fill(values, &streams.client)
        for value in values { clientTimes.record(SimDuration(drawn: value).nanoseconds) }
      }
      if hasFeeCaps {
        used[kind].profile.maxFee.fill(values, &streams.maxFees)
        for (place, value) in zip(places, values) {
          buffer.maxFees[Int(place)] = Self.wholeFee(value)
        }
      }
      if needsProverWork {
        used[kind].profile.proverWork.fill(values, &streams.work)
        for (place, value) in zip(places, values) { buffer.proverWork[Int(place)] = value }
      }
      if needsWrites {
        used[kind].profile.writes.fill(buffer.writes, at: places, using: values, &streams.writes)
      }
    }
  }

  /// Rounds half up to whole wei; one who offers less than half a wei offers one, since zero is no limit.
  private static func wholeFee(_ value: Double) -> UInt64 {
    value <= 0 ? 0 : max(1, UInt64(min(value + 0.5, 1e18)))
  }

  // MARK: Taking

  /// Whether transactions have to be taken one by one, since some are of no user.
  var hasAttack: Bool {
    @inline(__always) mutating get { attackKind != nil }
  }

  /// Takes the next transaction, which must be drawn.
  mutating func next() -> Transaction {
    let transaction = buffer.removeFirst()
    taken = transaction.submittedAt
    if transaction.isMeasured { offer(1, gas: UInt64(transaction.gas)) }
    refill()
    return transaction
  }

  /// Takes drawn transactions that are submitted through an instant, as far as a block has room.
  ///
  /// - Parameter rate: what they pay for their data; nil for nothing.
  /// - Returns: whether all that are drawn had room.
  @inline(__always)
  mutating func take(
    through instant: SimTime, _ room: inout TransactionBuffer.Room, into block: inout SealedBlock,
    at rate: DataFeeRate?
  ) -> Bool {
    let before = (block.submissions.count, block.transactions.gas)
    let (first, work) = (buffer.head, block.transactions.proverWork)
    let hadRoom = buffer.take(
      through: instant, &room, &block.transactions, &block.submissions,
      countsWork: needsProverWork, countsWrites: needsWrites, countsFixed: hasIncompressible)
    if block.submissions.count > before.0 {
      offer(block.submissions.count - before.0, gas: block.transactions.gas - before.1)
    }
    if let rate { charge(from: first, beside: work, by: rate, in: &block) }
    taken = instant
    if buffer.isEmpty { refill() }
    return hadRoom
  }

  /// Charges those that a block has just taken for their data, each for itself.
  ///
  /// Prover work is added one by one to what there was, so that sums are rounded as where transactions are taken one by
  /// one.
  @inline(never)
  private func charge(
    from first: Int, beside work: Double, by rate: DataFeeRate, in block: inout SealedBlock
  ) {
    var work = work
    for place in first..<buffer.head {
      block.dataFees += rate.fee(
        bytes: UInt64(buffer.bytes[place]), writes: UInt64(buffer.writes[place]))
      work += buffer.proverWork[place]
    }
    if needsProverWork { block.transactions.proverWork = work }
  }
}

extension Workload: Splittable {
  /// A copy in the same state; one that draws anew draws what is not submitted anew where it can.
  public func copy(drawing draws: Draws) -> Workload { Workload(copying: self, draws) }

  private init(copying other: borrowing Workload, _ draws: Draws) {
    offered = other.offered
    offeredGas = other.offeredGas
    policy = other.policy
    used = other.used
    hasWindows = other.hasWindows
    needsProverWork = other.needsProverWork
    needsWrites = other.needsWrites
    hasIncompressible = other.hasIncompressible
    needsClientTime = other.needsClientTime
    hasFeeCaps = other.hasFeeCaps
    attackKind = other.attackKind
    classes = other.classes
    clientTimes = other.clientTimes
    measured = other.measured
    kinds = WeightedChoice(weights: other.used.map(\.weight))
    arrivals = other.arrivals.copy(drawing: draws)
    streams = other.streams.copy(drawing: draws)
    isInCohorts = other.isInCohorts
    cohorts = other.cohorts.copy(drawing: draws)
    ahead = other.ahead
    taken = other.taken
    buffer = other.buffer.copy()
    guard draws != .same, !isInCohorts, arrivals.rewind(to: taken) else { return }
    buffer.clear(for: 0, areMeasured: false)
    refill()
  }
}
