import EventKernel
import Ledger
import Rollup
import Settlement

// Blocks that are made in turn: by whom, and when they are decided.

extension Journey {
  /// Makes the block that is due if somebody can; else it is asked again when somebody may.
  @inline(never)
  mutating func sealInTurn(number: Int, _ scheduler: inout Events) {
    let now = scheduler.now
    if present.hasMachines { sequencerSet.setDown(membersDown) }
    let turn = sequencerSet.turn(at: now)
    defer { payForTurns() }
    switch turn {
    case .nobody: return
    case .from(let instant):
      scheduler.schedule(.sequencer(.seal, of: rollup), at: instant)
      return
    case .now(let maker):
      var block = SealedBlock(sealedAt: now)
      seal(into: &block)
      if present.hasCensorship { leaveOut(&scheduler) }
      guests.beginBlock(policy.sequencer.blockNumber == .host ? number : nil)
      sequencerSet.note(maker, transactions: block.count, at: now)
      decide(block, at: maker.confirmedAt, &scheduler)
      if present.hasMachines { machines.noteBacklog(sequencer.waiting, at: now) }
      scheduleBlock(&scheduler)
    }
  }

  /// Members whose machine is down, by a bit each.
  private var membersDown: UInt128 {
    mutating get {
      guard policy.machines.sequencersFail else { return 0 }
      var mask: UInt128 = 0
      for member in 0..<min(policy.machines.sequencers, 128) where !machines.isUp(member) {
        mask |= UInt128(1) << member
      }
      return mask
    }
  }

  /// Confirms a block once it is decided.
  private mutating func decide(
    _ block: SealedBlock, at instant: SimTime, _ scheduler: inout Events
  ) {
    guard instant > scheduler.now else {
      if !block.isEmpty { confirm(block, &scheduler) }
      if present.hasWithdrawals { sealWithdrawals(at: scheduler.now) }
      return
    }
    guard !block.isEmpty else { return }
    rare.undecided.append(block)
    scheduler.schedule(.sequencerSet(.confirmed, of: rollup), at: instant)
  }

  mutating func handle(_ event: SequencerSetEvent, _ scheduler: inout Events) {
    switch event {
    case .confirmed:
      guard var block = rare.undecided.removeFirst() else { return }
      block.sealedAt = scheduler.now
      confirm(block, &scheduler)
    case .races(let batch): race(Int(batch), &scheduler)
    case .posts(let batch):
      sequencerSet.endRace()
      handOver(Int(batch), at: scheduler.now)
    }
  }

  /// The host has made a block, with which somebody may have a right.
  mutating func advanceSequencers(toHostBlock height: Int, _ scheduler: inout Events) {
    if sequencerSet.advance(toHostBlock: height, at: scheduler.now) {
      scheduler.schedule(.sequencer(.seal, of: rollup), at: scheduler.now)
    }
    payForTurns()
  }

  /// Enters what members have paid, or were paid.
  private mutating func payForTurns() {
    guard sequencerSet.hasPayments else { return }
    for payment in sequencerSet.takePayments() {
      ledger.debit(payment.payer, payment.amount, for: payment.purpose)
      ledger.credit(payment.payee, payment.amount, for: payment.purpose)
    }
  }
}

// MARK: Races

extension Journey {
  /// All members post a batch that is closed.
  mutating func raceToPost(_ number: Int, _ scheduler: inout Events) {
    sequencerSet.beginRace()
    race(number, &scheduler)
  }

  /// Those who are up post a batch; where nobody is it waits.
  private mutating func race(_ number: Int, _ scheduler: inout Events) {
    if present.hasMachines { sequencerSet.setDown(membersDown) }
    guard let post = sequencerSet.raceToPost(at: scheduler.now) else {
      scheduler.schedule(
        .sequencerSet(.races(UInt32(number)), of: rollup), after: .seconds(12))
      return
    }
    batches[number].rivalPosts = post.wasted
    scheduler.schedule(.sequencerSet(.posts(UInt32(number)), of: rollup), at: post.at)
  }

  /// Those who posted a batch for nothing paid as much for it as who was first.
  mutating func payRivals(_ receipt: SettlementReceipt, ofBatch number: Int) {
    for _ in 0..<batches[number].rivalPosts {
      ledger.enter(receipt, by: .sequencers, for: .data)
      if isMeasured(number) { sequencerSet.waste(receipt.charged) }
    }
  }
}
