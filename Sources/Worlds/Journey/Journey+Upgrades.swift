import EventKernel
import Ledger
import Rollup
import Settlement

// Upgrades of its contracts, and what they mean for those who have something on it.

extension Journey {
  /// Applies an event of upgrades.
  mutating func handle(_ event: UpgradeEvent, height: Int, _ scheduler: inout Events) {
    apply(upgrades.handle(event, height: height, &scheduler), &scheduler)
  }

  /// Takes note that a block of the host has a transaction about an upgrade.
  mutating func includeUpgrade(
    _ transaction: SettlementTransaction, in block: BlockPlace, _ scheduler: inout Events
  ) {
    apply(upgrades.include(step(of: transaction), in: block, &scheduler), &scheduler)
  }

  /// A re-org has dropped that block.
  mutating func dropUpgrade(_ transaction: SettlementTransaction) {
    note(upgrades.drop(step(of: transaction)), at: .start)
  }

  /// That block is final.
  mutating func settleUpgrade(_ receipt: SettlementReceipt) {
    note(
      upgrades.settle(step(of: receipt.transaction), in: receipt.includedAt),
      at: receipt.includedAt)
  }

  /// The host has made a block: what has waited long enough is executed.
  @inline(never)
  mutating func endBlockOfUpgrades(at now: SimTime, height: Int) {
    note(upgrades.endBlock(at: now, height: height), at: now)
  }

  private func step(of transaction: SettlementTransaction) -> Upgrades.Step {
    transaction.kind == .veto
      ? .cancel(transaction.reference) : Upgrades.Step(reference: transaction.reference)
  }

  /// Who pays for an upgrade.
  mutating func payerOfUpgrade(_ reference: Int) -> Account {
    upgrades.isMalicious(Upgrades.Step(reference: reference).number) ? .attackers : .rollupOperator
  }

  private mutating func apply(
    _ consequences: [Upgrades.Consequence], _ scheduler: inout Events
  ) {
    for case .halts(let time) in consequences {
      noteUnposted(after: machines.stop(for: time, &scheduler), at: scheduler.now)
    }
    note(consequences, at: scheduler.now)
  }

  /// A transaction about an upgrade.
  ///
  /// Who fights for all that is there bids all that users bid at most, and who leaves does not keep it out.
  private mutating func transaction(of step: Upgrades.Step) -> SettlementTransaction {
    var transaction = ofUser(step.kind, step.reference, gas: policy.upgrades.gas)
    if upgrades.isMalicious(step.number) {
      let cap = policy.deposits.feeCap
      transaction.bid = Bid(feeCap: cap, tip: cap, blobFeeCap: 0)
    }
    return transaction
  }

  /// Hands on what follows from upgrades, but for what needs a clock.
  private mutating func note(_ consequences: [Upgrades.Consequence], at now: SimTime) {
    for consequence in consequences {
      switch consequence {
      case .sends(let step): outbox.append(transaction(of: step))
      case .warns: send(exits.follow(at: now))
      case .strikes: exits.strike()
      case .takesBack: exits.takeBackStrike()
      case .hasStruck(let instant): exits.endByStrike(at: instant)
      case .isOff: exits.callOff()
      case .halts: break
      }
    }
  }
}

extension Upgrades.Step {
  fileprivate var kind: SettlementTransaction.Kind {
    if case .cancel = self { .veto } else { .upgrade }
  }
}
