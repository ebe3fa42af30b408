import EventKernel
import Ledger
import Settlement

// Who pays whom, beside the journey: each payment is entered twice.

extension RollupWorld {
  mutating func pay(_ receipt: SettlementReceipt) {
    let purpose: Purpose
    var payer = Account.rollupOperator
    let isMeasured: Bool
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart, .data:
      purpose = .data
      isMeasured = self.isMeasured(reference)
    case .stateClaim, .proof:
      purpose = receipt.transaction.kind == .proof ? .proof : .state
      isMeasured = claims[reference].profile.count > 0
      let isFirst = hasEffect(receipt) && !claims[reference].isSettled
      if isMeasured, !isFirst { record.wasted += receipt.charged }
    case .neighbourData:
      (purpose, payer, isMeasured) = (.neighbourData, .neighbours, false)
    case .deposit:
      (purpose, payer, isMeasured) = (.deposit, .users, false)
    }
    ledger.debit(payer, receipt.charged, for: purpose)
    ledger.credit(.burnedBaseFees, receipt.burned, for: purpose)
    ledger.credit(.burnedBlobFees, receipt.blobBurned, for: purpose)
    ledger.credit(.slotProposers, receipt.tip, for: purpose)
    guard isMeasured else { return }
    record.spent[purpose.rawValue] += receipt.charged
    record.inclusions.settle(receipt)
  }

  mutating func payProver(_ machineTime: SimDuration, isMeasured: Bool) {
    let rent = scenario.proverRent(machineTime)
    ledger.debit(.rollupOperator, rent, for: .prover)
    ledger.credit(.machineOwners, rent, for: .prover)
    if isMeasured { record.spent[Purpose.prover.rawValue] += rent }
  }
}
