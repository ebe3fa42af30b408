import Declarations
import EventKernel

/// A closed batch that is held back.
public struct HeldBatch: Sendable {
  /// Its number.
  public let number: Int
  /// When its first block was sealed.
  let openedAt: SimTime
  /// When it could have been handed over: when it was closed and all had its data who keep it beside the host.
  public let heldSince: SimTime
}

/// Closed batches that are not handed over, in the order of closing, and what decides when they are.
struct HeldBatches {
  private let posting: PostingPolicy
  private let carrier: DataCarrier
  private var batches = FIFOQueue<HeldBatch>()
  /// The fees that the next block charges; nil before any is known.
  private(set) var observed: ObservedFees?
  private var baseFees: FeeWindow?
  private var blobFees: FeeWindow?
  private let plan: PostingPlan?

  /// No batch.
  ///
  /// - Parameter basis: what the operator knows; nil where no policy asks.
  init(_ policy: BatchPoster.Policy, _ basis: PostingBasis?) {
    posting = policy.posting
    carrier = policy.carrier
    var (baseFees, blobFees): (FeeWindow?, FeeWindow?) = (nil, nil)
    if let basis, posting.rule == .percentile {
      let slot = max(basis.slot, .shortestCycle)
      let blocks = Int(posting.window.nanoseconds / slot.nanoseconds)
      baseFees = FeeWindow(blocks: blocks, share: posting.percentile)
      if carrier == .blobs { blobFees = FeeWindow(blocks: blocks, share: posting.percentile) }
    }
    plan = posting.rule == .costOfDelay ? basis.map { policy.postingPlan($0) } : nil
    (self.baseFees, self.blobFees) = (baseFees, blobFees)
  }

  /// How many there are.
  var count: Int { batches.count }

  /// Adds a batch.
  mutating func hold(_ batch: Batch, _ number: Int, at now: SimTime) {
    batches.append(HeldBatch(number: number, openedAt: batch.openedAt, heldSince: now))
  }

  /// Takes the first one, which is handed over.
  mutating func takeFirst() -> HeldBatch {
    guard let first = batches.removeFirst() else { preconditionFailure("no batch is held back") }
    return first
  }

  /// Takes note of the fees to which a block has led.
  mutating func observe(_ fees: ObservedFees) {
    observed = fees
    baseFees?.add(fees.baseFee)
    blobFees?.add(fees.blobBaseFee)
  }

  /// What the first batches are: how many of them fees let go, and how many more their deadline.
  func due(at now: SimTime) -> (byFee: Int, byDeadline: Int) {
    guard posting.watchesFees else { return (batches.count, 0) }
    var due = (byFee: 0, byDeadline: 0)
    for number in batches.indices {
      let opened = batches[number].openedAt
      if due.byDeadline == 0, isFavourable(since: opened, at: now) {
        due.byFee += 1
      } else if now - opened >= posting.deadline {
        due.byDeadline += 1
      } else {
        break
      }
    }
    return due
  }

  /// Whether fees let go a closed batch with data since an instant.
  private func isFavourable(since opened: SimTime, at now: SimTime) -> Bool {
    guard let observed else { return false }
    let fee = observed.fee(of: carrier)
    switch posting.rule {
    case .immediate, .interval: return true
    case .priceThreshold: return fee <= posting.feeLimit
    case .percentile: return isLow(observed, since: opened, at: now)
    case .costOfDelay:
      guard let plan else { return false }
      // What is posted at any fee is so at the deadline and not within a step of it.
      let latest = Double(max(plan.held.fees.count - 1, 1))
      let age = (now - opened).seconds / plan.step.seconds
      return Double(fee) <= plan.held.fee(after: min(max(age, 1), latest))
    }
  }

  /// Whether fees let go the open batch, and what is held before it.
  ///
  /// - Parameter transactions: that it has.
  func isFavourable(toOpen transactions: Int, since opened: SimTime, at now: SimTime) -> Bool {
    // What was closed last is the youngest, for which a fee has to be lowest.
    if count > 0, !isFavourable(since: batches[batches.indices.upperBound - 1].openedAt, at: now) {
      return false
    }
    guard posting.rule == .costOfDelay, let plan, let observed else {
      return isFavourable(since: opened, at: now)
    }
    return Double(observed.fee(of: carrier))
      <= plan.open.fee(after: Double(transactions) / plan.arrivals)
  }

  /// Whether fees are low for data since an instant, by the percentile of what they were.
  ///
  /// Linea's coordinator caps what it bids at p · (1 + c · (t/T)²), with p the percentile of the fee over the
  /// window, t the age of the first block that an aggregation covers and T the delay that it promises, and sends
  /// a blob transaction only while both caps are above what a block charges (Consensys/linea-monorepo,
  /// `docs/l1-dynamic-gas-pricing.md`, `GasPriceCapCalculatorImpl.kt`). Its multiplier by the hour of the week,
  /// its margin of 0.9 and its caps of tips are left out, and it counts on what it has seen so far where that
  /// does not fill the window.
  private func isLow(_ observed: ObservedFees, since opened: SimTime, at now: SimTime) -> Bool {
    let share = (now - opened).seconds / posting.deadline.seconds
    let factor = 1 + posting.urgency * share * share
    func isLow(_ fee: UInt64, _ past: FeeWindow?, atLeast floor: UInt64 = 0) -> Bool {
      guard let quantile = past?.quantile else { return true }
      return Double(fee) <= Double(max(quantile, floor)) * factor
    }
    return isLow(observed.baseFee, baseFees)
      && isLow(observed.blobBaseFee, blobFees, atLeast: posting.blobFeeFloor)
  }
}
