import EventKernel
import Ledger
import Rollup
import Settlement

// The rollup as a business: fees for data, what is paid all the time, what is given away, and an end of the money.

extension Journey {
  // MARK: Fees for data

  /// Tells the sequencer what transactions pay for their data from now on.
  mutating func showDataFees(at now: SimTime) {
    guard present.hasDataFees else { return }
    let rate = rare.dataFees.rate
    sequencer.charge(by: rate, &workload, at: now)
  }

  /// Has fees rest on another carrier of the data from now on.
  mutating func chargeData(in carrier: DataCarrier, at now: SimTime) {
    rare.dataFees.carrier = carrier
    showDataFees(at: now)
  }

  /// Collects for blocks of a stretch that is not sealed yet, where prices follow what is collected.
  private mutating func collectAhead(at now: SimTime) {
    let charge = sequencer.charged(&workload, before: now)
    rare.dataFees.collect(ahead: charge, isMeasuring: record.isMeasuring)
  }

  /// Takes note of what the settlement chain charges.
  mutating func observeDataFees(_ fees: ObservedFees, at now: SimTime) {
    if rare.dataFees.isDue(at: now) { collectAhead(at: now) }
    rare.dataFees.observe(fees, at: now)
    showDataFees(at: now)
  }

  /// Enters what users and guests pay for the data of a block, and the premiums of users.
  ///
  /// - Parameter guestFee: what guests pay for theirs.
  /// - Returns: all of it.
  mutating func collectDataFees(of block: SealedBlock, beside guestFee: Wei) -> Wei {
    let fee = block.dataFees
    let count = block.count - block.guests
    let premium = rare.dataFees.premium(count: count, gas: block.gas - block.guestGas)
    let taker: Account = policy.dataFees.rule == .arbos ? .dataFeePool : .rollupOperator
    ledger.debit(.users, fee + premium, for: .dataFees)
    ledger.debit(.guests, guestFee, for: .dataFees)
    ledger.credit(taker, fee + guestFee, for: .dataFees)
    ledger.credit(.rollupOperator, premium, for: .dataFees)
    rare.dataFees.collect(
      fee + guestFee, bytes: block.rawBytes, isMeasuring: record.isMeasuring)
    if record.isMeasuring { rare.dataFees.charge(count, fee + premium) }
    return fee + guestFee + premium
  }

  /// Pays the poster of data from what users have paid, and has the price follow.
  mutating func payFromPool(_ receipt: SettlementReceipt, _ times: SettledTimes) {
    switch receipt.transaction.kind {
    case .data, .dataPart, .provenData: break
    default: return
    }
    var cost = receipt.charged
    if receipt.transaction.kind == .provenData {
      let gas = terms(ofClaim: receipt.transaction.reference).scenario.prover.verificationGas
      cost -= min(cost, Wei(gas: gas, price: receipt.effectiveGasPrice))
    }
    if policy.dataFees.rule == .arbos {
      // The contract takes note of base fees, and of no tip.
      cost -= min(cost, receipt.tip)
      collectAhead(at: times.settled)
    }
    // What a re-org wastes no guest pays a part of.
    if receipt.transaction.kind != .provenData || !isWasted(receipt) {
      cost -= partAtCost(cost, of: receipt.transaction)
    }
    let amount = rare.dataFees.pay(
      cost, posted: times.included, at: times.settled, isMeasuring: record.isMeasuring)
    guard let amount else { return }
    ledger.debit(.dataFeePool, amount, for: .dataFees)
    ledger.credit(.rollupOperator, amount, for: .dataFees)
    showDataFees(at: times.settled)
  }

  /// What guests have of a cost of data that pay at cost, and no fee for data.
  private func partAtCost(_ cost: Wei, of transaction: SettlementTransaction) -> Wei {
    let number = transaction.reference
    return transaction.kind.isClaim
      ? guests.partAtCost(cost, among: claims[number].guests, ofBytes: claims[number].rawBytes)
      : guests.partAtCost(
        cost, among: batches[number].guests, ofBytes: batches[number].batch.rawBytes)
  }

  // MARK: What is paid all the time

  /// Pays rents and interest that have come due.
  ///
  /// None is due after the measured window, when users come no more.
  mutating func payRent(through now: SimTime) {
    let due = rare.business.rent(through: min(now, surroundings.measured.upperBound))
    ledger.debit(.rollupOperator, due.nodes, for: .nodes)
    ledger.credit(.machineOwners, due.nodes, for: .nodes)
    ledger.debit(.rollupOperator, due.capital, for: .capital)
    ledger.credit(.lenders, due.capital, for: .capital)
  }

  /// Gives others their part of fees for layer 2 gas.
  mutating func share(_ fees: Wei) {
    // In floating point a share can round beyond the whole.
    let burned = min(fees, fees.scaled(by: policy.operator.burned))
    let shared = min(fees.scaled(by: policy.operator.shared), fees - burned)
    ledger.debit(.rollupOperator, burned + shared, for: .shares)
    ledger.credit(.burnedFees, burned, for: .shares)
    ledger.credit(.sharers, shared, for: .shares)
  }

  // MARK: An end of the money

  /// Ceases for good once the operator has paid more than he had and has earned.
  mutating func failIfBroke(_ scheduler: inout Events) {
    guard scheduler.now < surroundings.measured.upperBound else { return }
    if present.hasRent { payRent(through: scheduler.now) }
    let balance = ledger.balance(of: .rollupOperator)
    guard rare.business.look(at: balance, scheduler.now) else { return }
    noteUnposted(after: machines.cease(&scheduler), at: scheduler.now)
    holdWaitingGuests(&scheduler)
  }

  // MARK: The token

  /// Takes the steps of the token that are due.
  mutating func advanceToken(through now: SimTime) {
    for _ in 0..<rare.token.stepsDue(by: now) {
      let used = policy.token.usesFees ? takeFeesForToken() : .zero
      let usd = used.asDouble / 1e18 * surroundings.usdPerEther
      let gain = rare.token.step(with: usd, isMeasuring: record.isMeasuring)
      exchange(Wei(coins: gain / surroundings.usdPerEther))
    }
  }

  /// Takes the token's share of fees since its last step.
  ///
  /// What buys tokens for others or goes to stakers is paid by the operator. Gas that is paid for in the token stays
  /// entered with what users paid in ether, until he sells what he was given.
  private mutating func takeFeesForToken() -> Wei {
    // What was given back for lost blocks is no income.
    let flows = ledger.operatorFlows
    let fees = flows.income[.layer2Fees] - flows.costs[.layer2Fees]
    let fresh = max(.zero, fees - rare.feesBeforeToken)
    rare.feesBeforeToken = fees
    let used = min(fresh, fresh.scaled(by: policy.token.useShare))
    guard !policy.token.paysForGas else { return used }
    ledger.debit(.rollupOperator, used, for: .shares)
    ledger.credit(.sharers, used, for: .shares)
    return used
  }

  /// Enters what tokens for gas were sold for beyond what users paid, or below it.
  private mutating func exchange(_ gain: Wei) {
    let (payer, payee): (Account, Account) =
      gain > .zero ? (.tokenMarket, .rollupOperator) : (.rollupOperator, .tokenMarket)
    let amount = max(gain, Wei.zero - gain)
    ledger.debit(payer, amount, for: .exchange)
    ledger.credit(payee, amount, for: .exchange)
  }

  /// What the operator earned and paid.
  var profitRecord: ProfitRecord {
    let window = surroundings.measured
    return ProfitRecord(
      of: rare.book, stranded: machines.record.stranded,
      days: (window.upperBound - window.lowerBound).seconds / 86_400,
      usdPerEther: surroundings.usdPerEther, failedAt: rare.business.failedAt)
  }
}
