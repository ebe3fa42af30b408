import EventKernel
import Ledger
import Rollup
import Settlement
import Statistics

/// Everything that a run remembers for its measures, in a size that its length does not change.
struct RunRecord {
  private var stages = [StageRecord](repeating: StageRecord(), count: Stage.allCases.count)
  /// Measured transactions between their block and finality.
  var inFlight = TimeIntegral()
  /// All transactions that became final.
  var finalTransactions = 0
  /// What was paid for measured batches and claims, by purpose.
  var spent = [Wei](repeating: .zero, count: Purpose.allCases.count)

  /// Whether the clock is between warm-up and horizon.
  private var isMeasuring = false
  private var window: (begin: SimTime, end: SimTime) = (.start, .start)

  private(set) var batchSize = Tally()
  private(set) var batchBytes = Tally()
  private(set) var batchBlobs = Tally()
  private(set) var batchInterval = Tally()
  private(set) var batchWaitSum = Tally()
  private var lastClosedAt: SimTime?

  /// How the measured settlement transactions were included.
  var inclusions = InclusionRecord()
  /// The same for those of the neighbours.
  var neighbours = InclusionRecord()
  /// From the sending of a deposit to its credit for good.
  var deposits = LatencyHistogram()
  /// Settlement transactions that a re-org dropped.
  var reorganised = 0
  /// What was paid for measured claims that reverted.
  var wasted = Wei.zero
  private(set) var market = MarketRecord()

  /// Latencies to each stage over time, where a run was asked for them.
  var latencySeries: [LatencySeries]?

  /// Fees on a grid, where a run was asked for them.
  var feePath: FeePath?

  /// What is executed in the measured window.
  private(set) var executed = Executed()

  private(set) var proverQueue = Tally()
  /// How long the proofs of measured batches take.
  private var proofTimes = Tally()
  /// Whether measured batches had to wait for a prover.
  private var measuredBatchesWaited = false
  private var busyProvers = TimeIntegral()
  private var busyAtBegin: Int128 = 0
  private var busyAtEnd: Int128 = 0
  private(set) var verifiedBatches = PassageRate()

  /// Sums over batches with measured transactions.
  private(set) var posted = PostedTotals()
  /// All transactions in claims with measured transactions.
  private(set) var claimedTransactions = 0
  /// When the last batch with measured transactions was posted.
  private(set) var lastMeasuredPostedAt = SimTime.start
  /// Batches posted since.
  private(set) var batchesAfterMeasured = 0

  subscript(stage: Stage) -> StageRecord { stages[stage.index] }

  mutating func pass(_ stage: Stage, _ block: SealedBlock, at now: SimTime) {
    let all = Passage(count: block.count, gas: block.gas)
    if isMeasuring { executed.add(all) }
    stages[stage.index].pass(all, block.submissions, at: now)
    if block.submissions.count > 0 {
      latencySeries?[stage.index].record(block.submissions, at: now)
    }
  }

  mutating func pass(_ stage: Stage, _ batch: Batch, at now: SimTime) {
    stages[stage.index].pass(Passage(count: batch.count, gas: batch.gas), batch.profile, at: now)
    recordSeries(stage, batch.profile, at: now)
  }

  mutating func pass(_ stage: Stage, _ claim: ClaimProgress, at now: SimTime) {
    let all = Passage(count: claim.transactionCount, gas: claim.gas)
    stages[stage.index].pass(
      all, claim.profile, isWhole: claim.isWhole, cycle: proofCycle, at: now)
    recordSeries(stage, claim.profile, at: now)
  }

  private mutating func recordSeries(
    _ stage: Stage, _ profile: SubmissionProfile, at now: SimTime
  ) {
    guard latencySeries != nil else { return }
    profile.forEachSpan { latencySeries?[stage.index].record($0, at: now) }
  }

  mutating func measurement(_ event: MeasurementEvent, at now: SimTime) {
    let busy = busyProvers.integral(through: now.nanoseconds)
    switch event {
    case .begins: (isMeasuring, window.begin, busyAtBegin) = (true, now, busy)
    case .ends: (isMeasuring, window.end, busyAtEnd) = (false, now, busy)
    }
  }

  mutating func posted(_ batch: Batch, bytes: UInt64, blobs: UInt64, feePaid: Wei) {
    batchesAfterMeasured += 1
    if batch.profile.count > 0 {
      (lastMeasuredPostedAt, batchesAfterMeasured) = (batch.closedAt, 0)
      posted.add(batch.transactions.all, publishedBytes: bytes, blobs: blobs, feePaid: feePaid)
    }
    defer { lastClosedAt = batch.closedAt }
    guard isMeasuring else { return }
    batchSize.record(Double(batch.count))
    batchBytes.record(Double(bytes))
    batchBlobs.record(Double(blobs))
    batchWaitSum.record(batch.totalWait)
    if let lastClosedAt { batchInterval.record((batch.closedAt - lastClosedAt).seconds) }
  }

  mutating func claimed(_ claim: ClaimProgress) {
    guard claim.profile.count > 0 else { return }
    claimedTransactions += claim.transactionCount
  }

  mutating func inclusion(
    of kind: SettlementTransaction.Kind, claim: ClaimProgress, at now: SimTime
  ) {
    guard kind == .proof else { return }
    verifiedBatches.pass(
      UInt64(claim.batches.count), isMeasured: claim.profile.count > 0, cycle: proofCycle, at: now)
  }

  mutating func slot(hasBlock: Bool, _ chain: borrowing SettlementChain) {
    if isMeasuring { market.slot(hasBlock: hasBlock, chain) }
  }

  mutating func provers(busy: Int, at now: SimTime) {
    busyProvers.add(busy - busyProvers.value, at: now.nanoseconds)
  }

  mutating func proofBegan(after queueTime: SimDuration, isMeasured: Bool) {
    if isMeasuring { proverQueue.record(queueTime.seconds) }
    if isMeasured, queueTime > .zero { measuredBatchesWaited = true }
  }

  mutating func proofMade(in machineTime: SimDuration) { proofTimes.record(machineTime.seconds) }

  /// The time after which a saturated pool of provers repeats what it does.
  ///
  /// Each takes the next batch when it has finished one, so that is the time of a proof. Zero if no
  /// measured batch waited for a prover.
  private var proofCycle: SimDuration {
    guard measuredBatchesWaited, let mean = proofTimes.meanIfAny else { return .zero }
    return SimDuration(seconds: mean) ?? .zero
  }

  /// Whether the rate of what is proven lacks passages up to the end of whole cycles.
  var lacksWholeCycle: Bool { proofCycle > .zero && !self[.proven].transactions.isWhole }

  /// Mean share of `provers` that worked during the measured window.
  func proverUtilisation(of provers: Int) -> Double {
    let available = Double(window.end.nanoseconds - window.begin.nanoseconds) * Double(provers)
    return Double(busyAtEnd - busyAtBegin) / available
  }
}

/// Sums over posted batches.
struct PostedTotals {
  private(set) var transactions = 0
  private(set) var rawBytes: UInt64 = 0
  private(set) var publishedBytes: UInt64 = 0
  private(set) var blobs: UInt64 = 0
  private(set) var feePaid = Wei.zero

  mutating func add(
    _ totals: ClassTotals, publishedBytes bytes: UInt64, blobs: UInt64, feePaid: Wei
  ) {
    transactions += totals.count
    rawBytes += totals.bytes
    publishedBytes += bytes
    self.blobs += blobs
    self.feePaid += feePaid
  }
}

extension Stage {
  /// The place of the stage in `allCases`.
  var index: Int {
    switch self {
    case .soft: 0
    case .posted: 1
    case .included: 2
    case .settled: 3
    case .proven: 4
    case .final: 5
    case .withdrawable: 6
    }
  }
}
