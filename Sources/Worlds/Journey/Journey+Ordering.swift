import EventKernel
import Ledger
import Rollup

// Blocks whose order is another than that in which users submit, and what is paid for that.

extension Journey {
  /// Seals what has come, in its order, and as far as it is executed in its time.
  @inline(__always)
  mutating func seal(into block: inout SealedBlock) {
    let now = block.sealedAt
    if present.hasFeeCaps { sequencer.adopt(price: pricing.price(at: now), at: now) }
    if present.hasOrdering { putInOrder(at: now) }
    if present.hasMarket { rare.market.seal(at: now) }
    if present.executes {
      sequencer.seal(&workload, executedBy: &rare.execution, into: &block)
    } else {
      sequencer.seal(&workload, into: &block)
    }
  }

  /// Lets wait, in its order, what has come for the block that is sealed now.
  @inline(never)
  mutating func putInOrder(at now: SimTime) {
    let gasPrice = pricing.price(at: now)
    sequencer.admit(&workload, by: &rare.ordering, gasPrice: gasPrice, at: now)
    let sales = ordering.takeSales()
    ledger.debit(.searchers, sales.price + sales.resale, for: .ordering)
    ledger.credit(.rollupOperator, sales.price, for: .ordering)
    ledger.credit(.searchers, sales.resale, for: .ordering)
  }

  /// Enters what searchers, users and those who only fill blocks pay for a block, or take in it.
  ///
  /// - Parameter price: of its gas [wei per gas].
  /// - Returns: its gas that users do not pay for, and what others pay for it.
  @inline(never)
  mutating func settleOrder(of block: SealedBlock, price: UInt64) -> (gas: UInt64, fees: Wei) {
    let bill = ordering.settle(sequencer.ordered, of: block, gasPrice: price)
    let searcherFees = Wei(gas: bill.searcherGas, price: price)
    let spamFees = Wei(gas: bill.spamGas, price: price)
    ledger.debit(.searchers, searcherFees, for: .layer2Fees)
    ledger.debit(.attackers, spamFees, for: .layer2Fees)
    ledger.credit(.rollupOperator, searcherFees + spamFees, for: .layer2Fees)
    ledger.debit(.users, bill.userTips, for: .ordering)
    ledger.debit(.searchers, bill.searcherTips, for: .ordering)
    ledger.debit(.attackers, bill.spamTips, for: .ordering)
    ledger.credit(
      .rollupOperator, bill.userTips + bill.searcherTips + bill.spamTips, for: .ordering)
    ledger.debit(.users, bill.captured, for: .opportunity)
    ledger.credit(.searchers, bill.captured, for: .opportunity)
    return (bill.searcherGas + bill.spamGas, searcherFees + spamFees)
  }

  /// Pays for the speed of searchers in the measured window.
  mutating func payForSpeed() {
    let cost = ordering.speedCosts(usdPerEther: surroundings.usdPerEther)
    ordering.payForSpeed(cost)
    ledger.debit(.searchers, cost, for: .speed)
    ledger.credit(.machineOwners, cost, for: .speed)
  }
}
