import EventKernel
import Ledger
import Rollup
import Settlement

/// How far a batch has come.
package struct BatchProgress {
  package let batch: Batch
  /// The terms under which it was begun, by their place.
  let terms: Int
  /// The transactions of guests that it has, by their numbers.
  package let guests: Range<Int>
  /// How many of its transactions keep their data off the host.
  let others: Int
  /// What carries its data to the host.
  var carrier: DataCarrier
  /// Whether its data was handed over, or waits for its proof.
  package internal(set) var isHandedOver = false
  /// The block of the host that holds its data; nil while none does.
  var includedIn: BlockPlace?
  /// When the block was as certain as a proof waits for, if that is more than being made.
  var securedAt: SimTime?
  package internal(set) var isSettled = false
  /// How many of its transactions the host has still to bill, where it is paid at cost.
  var unbilled = 0
  /// How many others have posted it for nothing.
  var rivalPosts = 0
  /// What is paid for its proof [10⁻¹⁸ coins]; zero where nothing is.
  var proofFee: UInt128 = 0
  /// The claim that covers it; nil before.
  var claim: Int?
  var isClaimed: Bool { claim != nil }
}

/// What a claim about the state covers, and how far it has come.
package struct ClaimProgress {
  package let batches: Range<Int>
  /// The terms under which it is made, by their place.
  let terms: Int
  /// Whether it covers as much as claims do while transactions come: else it tells nothing of rates.
  let isWhole: Bool
  package private(set) var profile = SubmissionProfile()
  private(set) var gas: UInt64 = 0
  package private(set) var transactionCount = 0
  /// Bytes of its transactions before compression.
  private(set) var rawBytes: UInt64 = 0
  /// The transactions of guests that it covers, by their numbers.
  private(set) var guests = 0..<0
  /// When its batches were sequenced, where a fee depends on that.
  var sequenced: [SimTime] = []
  /// The block of the host that holds the last data that it is about, once that is final.
  var committedIn: BlockPlace?
  /// The block of the host that holds it; nil while none does.
  package internal(set) var includedIn: BlockPlace?
  /// From where its delay counts; nil before it does.
  var countsFrom: BlockPlace?
  /// When it took effect; nil before.
  package internal(set) var maturedAt: SimTime?
  /// When it was in a settlement block, itself or what its host says about it; nil before that is
  /// certain.
  var provenAt: SimTime?
  /// When a withdrawal that it covers can be paid; nil before.
  package internal(set) var withdrawableAt: SimTime?
  /// Whether its block is final.
  var isSettled: Bool { provenAt != nil }
  /// Whether its host has claimed the state of the block that holds it.
  var isClaimedByHost = false
  /// When a user had proved a withdrawal that it covers; nil while none has.
  var userProvedAt: SimTime?
  /// How many transactions that execute it wait for inclusion, or prove or take a withdrawal.
  var executionsWaiting = 0
  var userProofsWaiting = 0
  var exitsWaiting = 0
  /// Whether the block with the user's transaction that took the withdrawal is final.
  var isExitSettled = false
  /// Whether all that it covers has passed the stage.
  package internal(set) var isWithdrawn = false
  /// How many transactions with a proof that is to end its window wait for inclusion.
  var earlyProofsWaiting = 0
  /// When the block was made whose proof has ended its window; nil where none has.
  var earlyIn: SimTime?
  /// Whether that block is final.
  var isEarlySettled = false
  /// Whether the block that executed it is final.
  var isExecuted = false
  package internal(set) var isFinal = false
  /// How many transactions with it wait for inclusion: several after re-orgs.
  var waiting = 0
  /// How many are not in a final block, waiting ones included.
  var open = 0
  /// How many of them the host has still to bill, where it is paid at cost.
  var unbilled = 0

  init(batches: Range<Int>, terms: Int, isWhole: Bool) {
    self.batches = batches
    self.terms = terms
    self.isWhole = isWhole
  }

  mutating func add(_ progress: BatchProgress) {
    let batch = progress.batch
    profile.append(batch.profile)
    gas += batch.gas
    transactionCount += batch.count
    rawBytes += batch.rawBytes
    guests =
      guests.isEmpty
      ? progress.guests
      : guests.lowerBound..<max(guests.upperBound, progress.guests.upperBound)
  }

  /// Takes back that a block holds it.
  mutating func drop() {
    includedIn = nil
    countsFrom = nil
    undoEffect()
  }

  /// Takes back all that it was: who is right makes it anew.
  mutating func reject() {
    drop()
    provenAt = nil
    userProvedAt = nil
  }

  /// Another claim takes its place, which stands in a block that is final.
  mutating func replace(by rival: BlockPlace) {
    reject()
    includedIn = rival
    countsFrom = rival
    provenAt = rival.time
  }

  /// Takes back that it took effect.
  mutating func undoEffect() {
    maturedAt = nil
    withdrawableAt = nil
  }

  /// Whether nothing more can happen to it.
  var isDone: Bool { isFinal && isWithdrawn && open == 0 && unbilled == 0 }
}
