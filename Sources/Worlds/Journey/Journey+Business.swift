import EventKernel
import Ledger
import Rollup
import Settlement

// The rollup as a business: fees for data, what is paid all the time, what is given away, and an end of the money.

extension Journey {
  // MARK: Fees for data

  /// Tells the sequencer what transactions pay for their data from now on.
  mutating func showDataFees() {
    if present.hasDataFees { sequencer.dataFees = rare.dataFees.rate }
  }

  /// Has fees rest on another carrier of the data from now on.
  mutating func chargeData(in carrier: DataCarrier) {
    rare.dataFees.carrier = carrier
    showDataFees()
  }

  /// Takes note of what the settlement chain charges.
  mutating func observeDataFees(_ fees: ObservedFees, at now: SimTime) {
    rare.dataFees.observe(fees, at: now)
    showDataFees()
  }

  /// Enters what users pay for the data of a block, and premiums.
  ///
  /// - Returns: all of it.
  mutating func collectDataFees(of block: SealedBlock) -> Wei {
    let fee = block.dataFees
    let premium = rare.dataFees.premium(count: block.count, gas: block.gas)
    let taker: Account = policy.dataFees.rule == .arbos ? .dataFeePool : .rollupOperator
    ledger.debit(.users, fee + premium, for: .dataFees)
    ledger.credit(taker, fee, for: .dataFees)
    ledger.credit(.rollupOperator, premium, for: .dataFees)
    rare.dataFees.collect(
      fee, bytes: block.rawBytes, isMeasuring: record.isMeasuring)
    return fee + premium
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
    // The contract takes note of base fees, and of no tip.
    if policy.dataFees.rule == .arbos { cost -= min(cost, receipt.tip) }
    let amount = rare.dataFees.pay(
      cost, posted: times.included, at: times.settled, isMeasuring: record.isMeasuring)
    guard let amount else { return }
    ledger.debit(.dataFeePool, amount, for: .dataFees)
    ledger.credit(.rollupOperator, amount, for: .dataFees)
    showDataFees()
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

  /// Takes the steps of the token that are due; what fees buy or bring stakers is paid by the operator.
  mutating func advanceToken(through now: SimTime) {
    for _ in 0..<rare.token.stepsDue(by: now) {
      var usd = 0.0
      if policy.token.usesFees {
        // What was given back for lost blocks is no income.
        let flows = ledger.operatorFlows
        let fees = flows.income[.layer2Fees] - flows.costs[.layer2Fees]
        let fresh = max(.zero, fees - rare.feesBeforeToken)
        let used = min(fresh, fresh.scaled(by: policy.token.useShare))
        ledger.debit(.rollupOperator, used, for: .shares)
        ledger.credit(.sharers, used, for: .shares)
        rare.feesBeforeToken = fees
        usd = used.asDouble / 1e18 * surroundings.usdPerEther
      }
      rare.token.step(with: usd, isMeasuring: record.isMeasuring)
    }
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
