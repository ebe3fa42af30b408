import EventKernel
import Ledger
import Rollup
import Settlement

// Who pays whom, beside the journey: each payment is entered twice.

extension Journey {
  /// Enters what is paid for a block, at the price that holds for it: by users and by guests.
  ///
  /// - Returns: all of it.
  mutating func collectFees(of block: SealedBlock) -> Wei {
    let charge = pricing.charge(block)
    let price = charge.price
    if record.isMeasuring { record.fees.charge(block, charge) }
    if sequencer.attackGas > 0 {
      record.fees.chargeAttacks(sequencer.attackGas, price: price)
    }
    let guestFees = block.guests > 0 ? confirmGuests(of: block, gasPrice: price) : GuestFees()
    let others = present.hasOrdering ? settleOrder(of: block, price: price) : (gas: 0, fees: .zero)
    let userFees = Wei(gas: block.gas - block.guestGas - others.gas, price: price)
    ledger.debit(.users, userFees, for: .layer2Fees)
    ledger.credit(.rollupOperator, userFees, for: .layer2Fees)
    if guestFees.gas > .zero {
      ledger.debit(.guests, guestFees.gas, for: .layer2Fees)
      ledger.credit(.rollupOperator, guestFees.gas, for: .layer2Fees)
    }
    if present.givesAway { share(userFees) }
    let dataFees =
      present.hasDataFees ? collectDataFees(of: block, beside: guestFees.data) : .zero
    return userFees + guestFees.gas + others.fees + dataFees
  }

  /// Enters what a transaction cost whose block is final.
  mutating func pay(_ receipt: SettlementReceipt) {
    let reference = receipt.transaction.reference
    switch receipt.transaction.kind {
    case .dataPart, .data:
      enter(receipt, for: .data)
      if present.racesToPost { payRivals(receipt, ofBatch: reference) }
      let own = shareCost(receipt.charged, for: .data, ofBatch: reference)
      if isMeasured(reference) { count(receipt, [(.data, parts(of: receipt).scaled(to: own))]) }
    case .stateClaim: payClaim(receipt, for: .state, [(.state, parts(of: receipt))])
    case .proof, .execution:
      let purpose: Purpose =
        policy.sequence.isProved || receipt.transaction.kind == .proof ? .proof : .state
      payClaim(receipt, for: purpose, [(purpose, parts(of: receipt))])
    case .provenData:
      let proof = parts(of: receipt, gas: terms(ofClaim: reference).scenario.prover.verificationGas)
      payClaim(receipt, for: .data, [(.data, parts(of: receipt) - proof), (.proof, proof)])
    case .withdrawalProof, .withdrawal, .deposit, .exitRequest, .freeze, .exit, .message, .forcing,
      .call:
      enter(receipt, for: .deposit, by: .users)
    case .upgrade: enter(receipt, for: .upgrade, by: payerOfUpgrade(reference))
    case .veto: enter(receipt, for: .upgrade, by: .users)
    case .defence: enter(receipt, for: .dispute, by: .challengers)
    case .attack: enter(receipt, for: .dispute, by: .attackers)
    case .payout: enter(receipt, for: .fastExit, by: .liquidityProviders)
    case .neighbourData, .sharedData, .sharedProof:
      preconditionFailure("others pay for what is theirs")
    }
  }

  /// What a transaction paid, by kind of fee.
  private mutating func parts(of receipt: SettlementReceipt) -> FeeParts {
    guard policy.sendsToSettlement(receipt.transaction.kind) else {
      return FeeParts(toHost: receipt.charged)
    }
    let calldata = receipt.transaction.calldata
    let terms = terms(of: receipt.transaction)
    let calldataGas =
      terms.scenario.dataGas(calldataBytes: calldata, surroundings.calldata)
      - terms.scenario.dataGas(calldataBytes: 0, surroundings.calldata)
    return FeeParts(of: receipt, calldataGas: calldataGas)
  }

  /// What some of its gas paid.
  private mutating func parts(of receipt: SettlementReceipt, gas: UInt64) -> FeeParts {
    policy.hosting.isOnSettlement
      ? FeeParts(gas: gas, of: receipt)
      : FeeParts(toHost: Wei(gas: gas, price: receipt.effectiveGasPrice))
  }

  /// Whether a transaction about a claim does nothing, since it reverts or another was there before it.
  mutating func isWasted(_ receipt: SettlementReceipt) -> Bool {
    let number = receipt.transaction.reference
    let isFirst =
      switch receipt.transaction.kind {
      case .execution: !claims[number].isExecuted
      case .proof where claims[number].earlyIn != nil: !claims[number].isEarlySettled
      default: !claims[number].isSettled
      }
    return !(hasEffect(receipt) && isFirst)
  }

  private mutating func payClaim(
    _ receipt: SettlementReceipt, for purpose: Purpose, _ shares: [(Purpose, FeeParts)]
  ) {
    enter(
      receipt, for: purpose,
      by: receipt.transaction.kind == .proof ? proofPayer : .rollupOperator)
    let number = receipt.transaction.reference
    let claim = claims[number]
    let isWasted = isWasted(receipt)
    // What a re-org wastes is the rollup's own loss.
    let own =
      isWasted
      ? shares
      : shares.map {
        ($0.0, $0.1.scaled(to: shareCost($0.1.total, for: $0.0, ofClaim: number)))
      }
    guard claim.profile.count > 0 else { return }
    if isWasted { record.wasted += receipt.charged }
    count(receipt, own)
  }

  /// Enters a payment on both sides.
  private mutating func enter(
    _ receipt: SettlementReceipt, for purpose: Purpose, by payer: Account = .rollupOperator
  ) {
    let proposer: Account =
      policy.sendsToSettlement(receipt.transaction.kind) ? .slotProposers : .host
    ledger.enter(receipt, by: payer, to: proposer, for: purpose)
  }

  /// Counts a measured transaction, and what each purpose has of its cost.
  private mutating func count(_ receipt: SettlementReceipt, _ shares: [(Purpose, FeeParts)]) {
    for (purpose, parts) in shares { record.spend(parts, for: purpose) }
    record.inclusions.settle(receipt)
  }

  /// Pays for what a prover has done for a batch, which those who lose a race do even when it is forgotten.
  mutating func pay(_ spent: SpentProverTime) {
    let isKnown = batches.indices.contains(spent.batch)
    let rent = rent(for: spent.time, under: isKnown ? terms(ofBatch: spent.batch).scenario : policy)
    enterRent(rent)
    let own = isKnown ? shareCost(rent, for: .prover, ofBatch: spent.batch) : rent
    guard spent.isMeasured else { return }
    record.spent[Purpose.prover.rawValue] += own
    record.prover.spent(spent.time, isAggregation: spent.isAggregation)
  }

  /// Pays for provers that were idle in the measured window, where they are paid for all the time.
  mutating func payIdleProvers() {
    guard policy.proves, policy.proving.isOwn, policy.prover.rented == .always else {
      return
    }
    let rent = rent(
      for: record.prover.idleTime(of: policy.prover.provers * policy.prover.racers), under: policy)
    enterRent(rent)
    record.spent[Purpose.prover.rawValue] += rent
  }

  /// Who pays for proofs and machines.
  var proofPayer: Account {
    policy.batchFee.isPaid ? .aggregators : .rollupOperator
  }

  private mutating func enterRent(_ rent: Wei) {
    ledger.debit(proofPayer, rent, for: .prover)
    ledger.credit(.machineOwners, rent, for: .prover)
  }

  /// Rent of the machines that share a proof which takes `machineTime`, rounded to the wei.
  func rent(for machineTime: SimDuration, under terms: RollupScenario) -> Wei {
    let prover = terms.prover
    return Wei(
      coins: machineTime.seconds * Double(prover.machines) / 3600
        * (surroundings.usdPerProverHour ?? prover.usdPerHour) / surroundings.usdPerEther)
  }
}

extension Ledger {
  /// Enters what a transaction cost, on both sides.
  ///
  /// - Parameter proposer: who has the tip: a host that is a rollup takes all of it, and burns nothing.
  mutating func enter(
    _ receipt: SettlementReceipt, by payer: Account, to proposer: Account = .slotProposers,
    for purpose: Purpose
  ) {
    debit(payer, receipt.charged, for: purpose)
    credit(.burnedBaseFees, receipt.burned, for: purpose)
    credit(.burnedBlobFees, receipt.blobBurned, for: purpose)
    credit(proposer, receipt.tip, for: purpose)
  }
}
