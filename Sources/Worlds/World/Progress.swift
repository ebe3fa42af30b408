import EventKernel
import Ledger
import Rollup
import Settlement

/// How far a batch has come.
struct BatchProgress {
  let batch: Batch
  /// When its data came into the settlement block that holds it; nil while none does.
  var includedAt: SimTime?
  var isSettled = false
  var isClaimed = false

  init(_ batch: Batch) { self.batch = batch }
}

/// What a claim about the state covers, and how far it has come.
struct ClaimProgress {
  let batches: Range<Int>
  /// Whether it covers as much as claims do while transactions come: else it tells nothing of rates.
  let isWhole: Bool
  private(set) var profile = SubmissionProfile()
  private(set) var gas: UInt64 = 0
  private(set) var transactionCount = 0
  /// When it came into the settlement block that holds it; nil while none does.
  var includedAt: SimTime?
  /// When it took effect; nil before.
  var maturedAt: SimTime?
  var isSettled = false
  var isFinal = false
  /// How many settlement transactions with it wait for inclusion: several after re-orgs.
  var waiting = 0
  /// How many are not in a final block, waiting ones included.
  var open = 0

  init(batches: Range<Int>, isWhole: Bool) {
    self.batches = batches
    self.isWhole = isWhole
  }

  mutating func add(_ batch: Batch) {
    profile.append(batch.profile)
    gas += batch.gas
    transactionCount += batch.count
  }
}

extension Scenario {
  /// Settlement gas of a data transaction that carries `calldataBytes` beside its blobs.
  func dataGas(calldataBytes: UInt64) -> UInt64 {
    let zeroBytes = UInt64((zeroByteShare * Double(calldataBytes)).rounded())
    return settlement.calldata.gas(
      zeroBytes: zeroBytes, nonZeroBytes: calldataBytes - zeroBytes, execution: batchGas)
  }

  /// Rent of one prover for `machineTime`, rounded to the wei.
  func proverRent(_ machineTime: SimDuration) -> Wei {
    Wei(Int128(wei(usd: machineTime.seconds / 3600 * prover.usdPerHour).rounded()))
  }
}
