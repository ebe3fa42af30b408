import Ledger
import Rollup
import Settlement

// Guests that pay at cost: what a host pays for a batch or a claim is shared by bytes, and each guest
// has the bill of a transaction once the host has nothing more to pay for it.

extension Guests {
  /// Shares what was paid for transactions with so many bytes among the guests in them that pay at cost.
  ///
  /// Each has the part that its bytes are of all. Parts are rounded down so that they add up.
  ///
  /// - Returns: what they have together.
  mutating func share(
    _ amount: Wei, for purpose: Purpose, among numbers: Range<Int>, ofBytes total: UInt64
  ) -> Wei {
    guard payAtCost, total > 0 else { return .zero }
    var bytes: UInt64 = 0
    var shared = Wei.zero
    for number in numbers where entries[number].paysAtCost {
      bytes += entries[number].bytes
      let through = Wei(amount.amount * Int128(bytes) / Int128(total))
      entries[number].costs[purpose] += through - shared
      shared = through
    }
    return shared
  }

  /// What those have together of an amount that pay at cost.
  func partAtCost(_ amount: Wei, among numbers: Range<Int>, ofBytes total: UInt64) -> Wei {
    guard payAtCost, total > 0 else { return .zero }
    let bytes = numbers.reduce(UInt64(0)) {
      $0 + (entries[$1].paysAtCost ? entries[$1].bytes : 0)
    }
    return Wei(amount.amount * Int128(bytes) / Int128(total))
  }
}

extension Journey {
  // MARK: As a host

  /// Shares what was paid for a batch with the guests in it.
  ///
  /// - Returns: what is left for the rollup.
  mutating func shareCost(_ amount: Wei, for purpose: Purpose, ofBatch number: Int) -> Wei {
    let batch = batches[number]
    return amount
      - guests.share(amount, for: purpose, among: batch.guests, ofBytes: batch.batch.rawBytes)
  }

  /// Shares what was paid for a claim with the guests that it covers.
  ///
  /// - Returns: what is left for the rollup.
  mutating func shareCost(_ amount: Wei, for purpose: Purpose, ofClaim number: Int) -> Wei {
    let claim = claims[number]
    return amount
      - guests.share(amount, for: purpose, among: claim.guests, ofBytes: claim.rawBytes)
  }

  /// Sends the bill of a guest's transaction, for which nothing more is to be paid.
  mutating func bill(_ number: Int) {
    guard guests.entries[number].paysAtCost else { return }
    let costs = guests.entries[number].costs
    for purpose in SharedCosts.purposes {
      ledger.debit(.guests, costs[purpose], for: purpose)
      ledger.credit(.rollupOperator, costs[purpose], for: purpose)
    }
    guests.news.append(.billed(guests.receipt(number), costs))
  }

  // MARK: As a guest

  /// Takes note that a transaction is on its way whose bill is to come.
  mutating func awaitBill(of transaction: SettlementTransaction) {
    guard policy.hosting.paysAtCost, !policy.sendsToSettlement(transaction.kind) else { return }
    let number = transaction.reference
    switch transaction.kind {
    case .data, .dataPart: batches[number].unbilled += 1
    case .stateClaim, .proof, .provenData, .execution: claims[number].unbilled += 1
    case .withdrawalProof, .withdrawal, .deposit, .neighbourData, .sharedData,
      .sharedProof,
      .exitRequest, .freeze, .exit, .defence, .attack, .payout, .message, .forcing, .upgrade,
      .veto, .call:
      return
    }
    if isMeasured(transaction) { record.unbilled += 1 }
  }

  /// Pays the bill of a transaction, and shares it with guests of its own.
  mutating func pay(_ costs: SharedCosts, for transaction: SettlementTransaction) {
    let number = transaction.reference
    let payer: Account =
      switch transaction.kind {
      case .withdrawalProof, .withdrawal, .deposit, .call: .users
      default: .rollupOperator
      }
    for purpose in SharedCosts.purposes {
      ledger.debit(payer, costs[purpose], for: purpose)
      ledger.credit(.host, costs[purpose], for: purpose)
    }
    switch transaction.kind {
    case .data, .dataPart:
      count(costs, of: transaction) { $0.shareCost($1, for: $2, ofBatch: number) }
      batches[number].unbilled -= 1
      forgetFinishedBatches()
    case .stateClaim, .proof, .provenData, .execution:
      count(costs, of: transaction) { $0.shareCost($1, for: $2, ofClaim: number) }
      claims[number].unbilled -= 1
      forgetFinishedClaims()
    case .withdrawalProof, .withdrawal, .deposit, .neighbourData, .sharedData,
      .sharedProof,
      .exitRequest, .freeze, .exit, .defence, .attack, .payout, .message, .forcing, .upgrade,
      .veto, .call:
      break
    }
  }

  private mutating func count(
    _ costs: SharedCosts, of transaction: SettlementTransaction,
    sharing share: (inout Journey, Wei, Purpose) -> Wei
  ) {
    let counts = isMeasured(transaction)
    for purpose in SharedCosts.purposes {
      let own = share(&self, costs[purpose], purpose)
      if counts { record.spend(FeeParts(toHost: own), for: purpose) }
    }
    if counts { record.unbilled -= 1 }
  }

  private func isMeasured(_ transaction: SettlementTransaction) -> Bool {
    transaction.kind.isClaim
      ? claims[transaction.reference].profile.count > 0 : isMeasured(transaction.reference)
  }
}
