import EventKernel
import Ledger
import Rollup
import Settlement

// A rollup as the host of others, and as the guest of another.

/// Transactions of rollups that settle on a rollup, numbered in the order of its blocks.
package struct Guests {
  package struct Entry {
    package let transaction: SettlementTransaction
    package let submittedAt: SimTime
    /// Its data and what is beside it.
    let bytes: UInt64
    let paysAtCost: Bool
    package internal(set) var receipt: SettlementReceipt?
    /// What it has of what the host paid, where it pays at cost.
    var costs = SharedCosts()
    var isDone = false
  }

  /// Blocks of the host.
  private(set) var height = 0
  /// What contracts on the host were told last as the number of a block.
  private(set) var number = 0
  /// From which number and when on its blocks follow from the settlement chain; nil while somebody makes them.
  private var derivedSince: (number: Int, at: SimTime)?
  /// What they are to be told.
  var news: [GuestNews] = []
  package internal(set) var entries = FIFOQueue<Entry>()
  /// Whether any pays at cost.
  private(set) var payAtCost = false
  /// Transactions before this one are in blocks.
  private(set) var firstNotSealed = 0
  /// Those before this one are in batches.
  private var firstNotBatched = 0
  /// What the operator left out, or was to seal when it stopped: it comes through the settlement chain.
  var held = FIFOQueue<HeldGuest>()

  /// Notes what contracts are told as the number of a settlement block, while nobody makes blocks.
  mutating func pass(number: Int) { self.number = max(self.number, number) }

  /// Notes the number that blocks have by now which follow from the settlement chain, since nobody makes any.
  mutating func passBlocks(every interval: SimDuration, at now: SimTime) {
    let since = derivedSince ?? (number, now)
    derivedSince = since
    pass(number: since.number + Int((now - since.at).nanoseconds / interval.nanoseconds))
  }

  /// Notes that the host makes a block.
  ///
  /// - Parameter number: what contracts are told as its number; nil for its own. It never falls (Nitro,
  ///   `arbos/internal_tx.go`).
  mutating func beginBlock(_ number: Int?) {
    height += 1
    self.number = max(self.number, number ?? height)
  }

  /// Takes a transaction of a guest that settles here by `hosting`.
  ///
  /// - Returns: its bytes.
  mutating func accept(
    _ transaction: SettlementTransaction, by hosting: Hosting, at now: SimTime
  ) -> UInt64 {
    let bytes = transaction.calldata + hosting.envelopeBytes
    if hosting.paysAtCost { payAtCost = true }
    entries.append(
      Entry(
        transaction: transaction, submittedAt: now, bytes: bytes, paysAtCost: hosting.paysAtCost))
    return bytes
  }

  /// Notes that the next transaction is in a block that is made now.
  ///
  /// - Parameters:
  ///   - gasPrice: of the host, for a transaction that pays by gas.
  ///   - dataFees: what such a one pays for its data; nil for nothing.
  /// - Returns: what it pays.
  mutating func seal(gasPrice: UInt64, dataFees: DataFeeRate?, at now: SimTime) -> GuestFees {
    let entry = entries[firstNotSealed]
    let price = entry.paysAtCost ? 0 : gasPrice
    let rate = entry.paysAtCost ? nil : dataFees
    let fees = GuestFees(
      gas: Wei(gas: entry.transaction.gas, price: price),
      data: rate?.fee(bytes: entry.bytes) ?? .zero)
    let receipt = SettlementReceipt(
      transaction: entry.transaction, slot: height, submittedAt: entry.submittedAt,
      includedAt: now, tip: fees.gas + fees.data, effectiveGasPrice: price, dataFee: fees.data)
    entries[firstNotSealed].receipt = receipt
    firstNotSealed += 1
    news.append(.included(receipt, BlockPlace(time: now, height: number)))
    return fees
  }

  /// The numbers of the next `count` transactions, which a batch takes.
  mutating func take(_ count: Int) -> Range<Int> {
    defer { firstNotBatched += count }
    return firstNotBatched..<firstNotBatched + count
  }

  func receipt(_ number: Int) -> SettlementReceipt {
    guard let receipt = entries[number].receipt else {
      preconditionFailure("a guest's transaction is in no block")
    }
    return receipt
  }

  mutating func forget(_ number: Int) {
    entries[number].isDone = true
    while let head = entries.head, head.isDone { entries.removeFirst() }
  }
}

/// What guests pay for transactions in a block.
struct GuestFees {
  /// For their gas.
  var gas = Wei.zero
  /// For their data, beside gas.
  var data = Wei.zero

  static func + (one: GuestFees, other: GuestFees) -> GuestFees {
    GuestFees(gas: one.gas + other.gas, data: one.data + other.data)
  }
}

/// What a host tells a guest about one of its transactions.
enum GuestNews {
  /// It is in a block of the host.
  case included(SettlementReceipt, BlockPlace)
  /// The host has made a claim about that block.
  case claimed(SettlementReceipt)
  /// The data of that block is on the settlement chain for good.
  case settled(SettlementReceipt, SettledTimes)
  /// What the host claims about that block can be neither disputed nor re-organised away.
  case final(SettlementReceipt, provenAt: SimTime)
  /// A withdrawal in that block can be paid on the settlement chain.
  case withdrawable(SettlementReceipt, at: SimTime)
  /// What it has of what the host paid, where it pays at cost.
  case billed(SettlementReceipt, SharedCosts)

  /// The receipt of the transaction.
  var receipt: SettlementReceipt {
    switch self {
    case .included(let receipt, _), .claimed(let receipt), .settled(let receipt, _),
      .final(let receipt, _), .withdrawable(let receipt, _), .billed(let receipt, _):
      receipt
    }
  }
}

extension Journey {
  /// Whether it hands out anything: to its host, to services, to guests, or to the rollup that it calls.
  var hasMail: Bool {
    @inline(__always) mutating get {
      !outbox.isEmpty || !guests.news.isEmpty || !proofRequests.isEmpty || !claimsToShare.isEmpty
        || !dataToShare.isEmpty || present.hasCalls
    }
  }

  // MARK: As a host

  /// Takes a transaction of a guest into the mempool, unless the operator leaves it out.
  mutating func accept(
    _ transaction: SettlementTransaction, by hosting: Hosting, _ scheduler: inout Events
  ) {
    if present.forcesGuests, leavesOut(transaction, at: scheduler.now) {
      return hold(transaction, by: hosting, &scheduler)
    }
    take(transaction, by: hosting, at: scheduler.now)
  }

  /// Takes a transaction of a guest into the mempool.
  mutating func take(
    _ transaction: SettlementTransaction, by hosting: Hosting, at now: SimTime
  ) {
    let bytes = guests.accept(transaction, by: hosting, at: now)
    sequencer.admit(guestGas: transaction.gas, bytes: bytes, &workload, at: now)
  }

  /// Tells guests that their transactions are in a block.
  ///
  /// - Parameter gasPrice: that holds for it [wei per gas].
  /// - Returns: what they pay.
  mutating func confirmGuests(of block: SealedBlock, gasPrice: UInt64) -> GuestFees {
    // Nobody posts the data of a block that follows from the settlement chain.
    let dataFees = present.hasDataFees && !block.isDerived ? sequencer.dataFees : nil
    return (0..<block.guests).reduce(GuestFees()) { paid, _ in
      paid + guests.seal(gasPrice: gasPrice, dataFees: dataFees, at: block.sealedAt)
    }
  }

  mutating func settleGuests(of batch: Int, _ times: SettledTimes) {
    for number in batches[batch].guests {
      guests.news.append(.settled(guests.receipt(number), times))
    }
  }

  mutating func claimGuests(of claim: ClaimProgress) {
    for number in claim.guests { guests.news.append(.claimed(guests.receipt(number))) }
  }

  mutating func finaliseGuests(of claim: ClaimProgress) {
    guard let provenAt = claim.provenAt else { return }
    for number in claim.guests {
      guests.news.append(.final(guests.receipt(number), provenAt: provenAt))
    }
  }

  mutating func payGuests(of claim: ClaimProgress, at instant: SimTime) {
    for number in claim.guests {
      bill(number)
      guests.news.append(.withdrawable(guests.receipt(number), at: instant))
      guests.forget(number)
    }
  }

  // MARK: As a guest

  /// Takes note of what the host says.
  mutating func hear(_ news: GuestNews, at now: SimTime, _ scheduler: inout Events) {
    switch news {
    case .included(let receipt, let block): include(receipt, in: block, &scheduler)
    case .claimed(let receipt): noteClaimedByHost(receipt)
    case .settled(let receipt, let times): settle(receipt, times)
    case .final(let receipt, let provenAt):
      guard !policy.hosting.countsSettled, receipt.transaction.kind.isClaim else { return }
      settleClaim(receipt, provenAt: provenAt, at: now)
    case .withdrawable(let receipt, let instant): withdraw(receipt, at: instant)
    case .billed(let receipt, let costs): pay(costs, for: receipt.transaction)
    }
  }

  private mutating func noteClaimedByHost(_ receipt: SettlementReceipt) {
    guard receipt.transaction.kind.isClaim, receipt.transaction.kind != .execution,
      hasEffect(receipt), !claims[receipt.transaction.reference].isClaimedByHost
    else { return }
    claims[receipt.transaction.reference].isClaimedByHost = true
    record.claimedByHost += UInt64(claims[receipt.transaction.reference].profile.count)
  }

  /// A withdrawal has come through all hosts: with the claim that takes effect in its own block, with
  /// the execution of a claim, or with a transaction of its own.
  private mutating func withdraw(_ receipt: SettlementReceipt, at instant: SimTime) {
    let number = receipt.transaction.reference
    guard claims.indices.contains(number), claims[number].withdrawableAt == nil,
      receipt.transaction.kind == .withdrawal || takesEffectAtOnce(receipt)
    else { return }
    claims[number].withdrawableAt = instant
    passWithdrawable(number, at: instant)
    forgetFinishedClaims()
  }

  private func takesEffectAtOnce(_ receipt: SettlementReceipt) -> Bool {
    let kind = receipt.transaction.kind
    return kind.isClaim
      && !terms(ofClaim: receipt.transaction.reference).scenario.bridge.delaysPayment
      && claims[receipt.transaction.reference].maturedAt == receipt.includedAt
  }
}

extension SettlementTransaction.Kind {
  /// Whether it is about the state that batches lead to.
  var isClaim: Bool {
    switch self {
    case .stateClaim, .proof, .provenData, .execution: true
    case .dataPart, .data, .neighbourData, .deposit, .withdrawalProof, .withdrawal,
      .sharedData, .sharedProof, .exitRequest, .freeze, .exit, .defence, .attack, .payout, .message,
      .forcing, .upgrade, .veto, .call:
      false
    }
  }
}
