import EventKernel
import Ledger
import Rollup
import Settlement

// Batches that are closed and held back until a fee is low enough, or their deadline has come, and the transactions that carry
// their data.

extension Journey {
  /// Holds a closed batch back, unless it is handed over at once.
  mutating func hold(_ batch: Batch, _ number: Int, _ scheduler: inout Events) {
    poster.hold(batch, number: number, at: scheduler.now)
    record.hold(batch, among: poster.heldCount, at: scheduler.now)
    releaseHeld(at: scheduler.now)
    // In order of closing, so that of several which are held this one is the last to be let go.
    if !batches[number].isHandedOver { poster.awaitDeadline(of: batch, number: number, &scheduler) }
  }

  /// A transaction that carries data of a batch, and takes `gas` beside it.
  ///
  /// - Parameter reference: what it is about: the batch, or the claim that its last part comes with.
  mutating func data(
    _ part: BatchPart, ofBatch batch: Int, as kind: SettlementTransaction.Kind,
    of reference: Int, gas: UInt64 = 0
  ) -> SettlementTransaction {
    let terms = terms(ofBatch: batch)
    return SettlementTransaction(
      kind: kind, of: rollup, reference: reference,
      gas: gas + terms.scenario.dataGas(calldataBytes: part.calldata, surroundings.calldata),
      blobs: part.blobs, calldata: part.calldata, dataSince: batches[batch].batch.openedAt,
      bid: terms.scenario.bid)
  }

  /// Whether it is shown the fees of the settlement chain.
  var observesFees: Bool {
    @inline(__always) mutating get { present.watchesFees }
  }

  /// Takes note of what the next block of the settlement chain charges, and proves and posts what waits for such
  /// fees.
  mutating func observe(_ fees: ObservedFees, _ scheduler: inout Events) {
    if policy.sequence.isProved, policy.prover.aggregation != .full {
      observeProving(fees, &scheduler)
    }
    if present.hasFastExits { fastExits.observe(baseFee: fees.baseFee) }
    if present.hasDataFees { observeDataFees(fees, at: scheduler.now) }
    guard policy.poster.observesFees else { return }
    poster.observe(fees)
    if poster.closesEarly(at: scheduler.now) {
      post(poster.close(at: scheduler.now), &scheduler)
      releaseAllHeld(at: scheduler.now)
    } else if poster.heldCount > 0 {
      releaseHeld(at: scheduler.now)
    }
  }

  /// Hands over the batches that fees let go, or whose deadline has come.
  mutating func releaseHeld(at now: SimTime) {
    let due = poster.due(at: now)
    for place in 0..<due.byFee + due.byDeadline {
      releaseFirst(byDeadline: place >= due.byFee, at: now)
    }
  }

  /// Hands over all batches that are held back: before other terms hold, and where fees let go the youngest.
  mutating func releaseAllHeld(at now: SimTime) {
    while poster.heldCount > 0 { releaseFirst(byDeadline: false, at: now) }
  }

  private mutating func releaseFirst(byDeadline: Bool, at now: SimTime) {
    let first = poster.takeHeld()
    record.handOver(
      batches[first.number].batch, heldSince: first.heldSince, byDeadline: byDeadline,
      leaving: poster.heldCount, at: now)
    handOver(first.number, at: now)
  }

  /// What carries the data of a batch that is handed over now, where that is chosen by fees.
  mutating func cheaperCarrier(
    of number: Int, _ data: DataPolicy.Publication
  ) -> DataCarrier {
    let terms = terms(ofBatch: number)
    guard let fees = poster.observed else { return terms.scenario.poster.carrier }
    let choice = poster.choose(
      CarrierCosts(
        calldata: cost(of: data, in: .calldata, at: fees, terms.scenario),
        blobs: cost(of: data, in: .blobs, at: fees, terms.scenario)))
    if isMeasured(number) {
      record.posting.carry(in: choice.carrier, isAnother: choice.isAnother)
    }
    return choice.carrier
  }

  /// What the data of a batch would be charged in the next block.
  private mutating func cost(
    of data: DataPolicy.Publication, in carrier: DataCarrier, at fees: ObservedFees,
    _ terms: RollupScenario
  ) -> Wei {
    data.parts(by: terms.poster, in: carrier).reduce(.zero) { sum, part in
      sum
        + Wei(
          gas: terms.dataGas(calldataBytes: part.calldata, surroundings.calldata),
          price: fees.baseFee + terms.bid.tip)
        + Wei(gas: part.blobs * BlobFeeRule.gasPerBlob, price: fees.blobBaseFee)
    }
  }

  /// What the operator knows of costs, under the terms that hold.
  var postingBasis: PostingBasis? { policy.postingBasis(in: surroundings) }
}

extension RollupScenario {
  /// What the operator knows of costs; nil where its policy does not ask.
  func postingBasis(in surroundings: Surroundings) -> PostingBasis? {
    guard poster.posting.watchesFees else { return nil }
    let usdPerSecond = poster.posting.delayCost / 3600
    return PostingBasis(
      slot: surroundings.slot, rate: workload.arrivals.rate, bytes: workload.mean(of: \.bytes),
      weiPerSecond: usdPerSecond / surroundings.usdPerEther * 1e18,
      baseFee: surroundings.fees.baseFee,
      tip: bid.tip
    ) { [self, rule = surroundings.calldata] in
      dataGas(calldataBytes: $0, rule)
    }
  }
}
