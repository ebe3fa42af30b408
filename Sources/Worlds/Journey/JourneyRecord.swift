import EventKernel
import Ledger
import Rollup
import Settlement
import Statistics

/// Everything that a run remembers of a rollup for its measures, in a size that its length does not
/// change.
struct JourneyRecord {
  private(set) var stages: [StageRecord]
  /// Measured transactions between their block and finality.
  var inFlight = TimeIntegral()
  /// All transactions that became final.
  var finalTransactions = 0
  /// Measured transactions whose claims the host has made claims about, where it is a rollup.
  var claimedByHost: UInt64 = 0
  /// What was paid for measured batches and claims, by purpose.
  var spent = [Wei](repeating: .zero, count: Purpose.allCases.count)
  /// The same by kind of fee, rent of machines left out.
  private(set) var spentParts = [FeeParts](repeating: .zero, count: Purpose.allCases.count)
  /// Transactions with measured batches or claims that the host has still to bill.
  var unbilled = 0
  /// What was paid for measured claims that reverted.
  var wasted = Wei.zero

  /// Measured transactions that were confirmed and then lost, that the operator leaves out, or that wait for one who
  /// has stopped.
  private(set) var unservedMeasured = 0

  /// Whether the clock is between warm-up and horizon.
  private(set) var isMeasuring = false

  /// The price of its gas.
  var fees = FeeRecord()
  /// Its batches and their data.
  var batches = BatchRecord()
  /// Its batches that are held back.
  var posting = PostingRecord()
  /// Its proofs.
  var prover = ProverRecord()
  /// How its measured settlement transactions were included.
  var inclusions = InclusionRecord()
  /// Its deposits.
  var deposits = DepositRecord()

  /// Latencies to each stage over time, where a run was asked for them.
  var latencySeries: [LatencySeries]?

  /// What is executed in the measured window.
  private(set) var executed = Executed()

  /// Measured transactions in claims.
  private(set) var claimedMeasured: UInt64 = 0
  /// All transactions in claims with measured transactions.
  private(set) var claimedTransactions = 0
  /// Those in closed batches that are held back.
  private(set) var heldMeasured: UInt64 = 0
  /// When the last batch with measured transactions was posted.
  private(set) var lastMeasuredPostedAt = SimTime.start
  /// Measured transactions in closed batches.
  private(set) var closedMeasured: UInt64 = 0
  /// Batches closed since.
  private(set) var batchesAfterMeasured = 0

  /// Counts what a measured transaction cost for a purpose.
  mutating func spend(_ parts: FeeParts, for purpose: Purpose) {
    spent[purpose.rawValue] += parts.total
    spentParts[purpose.rawValue] = spentParts[purpose.rawValue] + parts
  }

  /// Nothing yet.
  ///
  /// - Parameter groupSize: how many transactions come at one instant, on average.
  init(groupSize: Double) {
    stages = [StageRecord](
      repeating: StageRecord(groupSize: groupSize), count: Stage.allCases.count)
  }

  subscript(stage: Stage) -> StageRecord { stages[stage.index] }

  mutating func pass(_ stage: Stage, _ block: SealedBlock, at now: SimTime) {
    let all = Passage(count: block.count, gas: block.gas)
    if isMeasuring { executed.add(all) }
    stages[stage.index].pass(all, block, at: now)
    if block.submissions.count > 0 {
      latencySeries?[stage.index].record(
        block.submissions, passingAt: block.measuredSealInstants)
    }
  }

  mutating func pass(_ stage: Stage, _ batch: Batch, at now: SimTime) {
    stages[stage.index].pass(Passage(count: batch.count, gas: batch.gas), batch.profile, at: now)
    recordSeries(stage, batch.profile, at: now)
  }

  mutating func pass(_ stage: Stage, _ claim: ClaimProgress, at now: SimTime) {
    let all = Passage(count: claim.transactionCount, gas: claim.gas)
    stages[stage.index].pass(
      all, claim.profile, isWhole: claim.isWhole, cycle: prover.cycle, at: now)
    recordSeries(stage, claim.profile, at: now)
  }

  private mutating func recordSeries(
    _ stage: Stage, _ profile: SubmissionProfile, at now: SimTime
  ) {
    guard latencySeries != nil else { return }
    profile.forEachSpan { latencySeries?[stage.index].record($0, at: now) }
  }

  mutating func measurement(_ event: MeasurementEvent, at now: SimTime) {
    isMeasuring = event == .begins
    prover.window(begins: isMeasuring, at: now)
    posting.window(begins: isMeasuring, at: now)
  }

  /// Notes that the confirmations of transactions are lost.
  mutating func lose(_ measured: SubmissionProfile, at now: SimTime) {
    unservedMeasured += measured.count
    inFlight.add(-measured.count, at: now.nanoseconds)
  }

  /// Notes a measured transaction that the operator leaves out.
  mutating func leaveOut() { unservedMeasured += 1 }

  /// Notes measured transactions that wait for an operator who has stopped.
  mutating func strand(_ count: Int) { unservedMeasured += count }

  /// Notes a batch that is closed.
  ///
  /// - Parameter bytes: what it publishes on the host.
  mutating func close(_ batch: Batch, bytes: UInt64) {
    batchesAfterMeasured += 1
    if batch.profile.count > 0 {
      (lastMeasuredPostedAt, batchesAfterMeasured) = (batch.closedAt, 0)
      closedMeasured += UInt64(batch.profile.count)
    }
    batches.close(batch, bytes: bytes, isMeasuring: isMeasuring)
  }

  /// Notes the transactions that carry a batch.
  mutating func carry(_ batch: Batch, bytes: UInt64, blobs: UInt64) {
    batches.carry(batch, bytes: bytes, blobs: blobs, isMeasuring: isMeasuring)
  }

  /// Notes that a batch is held back, now that so many are.
  mutating func hold(_ batch: Batch, among count: Int, at now: SimTime) {
    heldMeasured += UInt64(batch.profile.count)
    posting.held(count, at: now)
  }

  /// Notes that a batch that was held is handed over, and so many are left.
  ///
  /// - Parameter start: when it could have been handed over.
  mutating func handOver(
    _ batch: Batch, heldSince start: SimTime, byDeadline: Bool, leaving count: Int, at now: SimTime
  ) {
    posting.held(count, at: now)
    guard batch.profile.count > 0 else { return }
    heldMeasured -= UInt64(batch.profile.count)
    if now > start { lastMeasuredPostedAt = now }
    posting.handOver(heldSince: start, byDeadline: byDeadline, at: now)
  }

  mutating func claimed(_ claim: ClaimProgress) {
    guard claim.profile.count > 0 else { return }
    claimedTransactions += claim.transactionCount
    claimedMeasured += UInt64(claim.profile.count)
  }

  /// Whether the rate of what is proven lacks passages up to the end of whole cycles.
  var lacksWholeCycle: Bool {
    prover.cycle > .zero && !self[.proven].transactions.isWhole
  }
}

/// What is executed in the blocks that are sealed in the measured window.
struct Executed {
  private(set) var transactions = 0
  private(set) var gas: UInt64 = 0

  mutating func add(_ block: Passage) {
    transactions += block.count
    gas += block.gas
  }
}
