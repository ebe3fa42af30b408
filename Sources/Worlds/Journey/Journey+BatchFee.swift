import EventKernel
import Ledger
import Rollup

// A rollup whose sequencer pays a fee for the proof of each batch, and whose aggregators look at what they earn.

extension Journey {
  /// The sequencer pays for a batch what holds when a block has it; whoever proves it knows.
  mutating func noteFee(ofBatch number: Int) {
    batches[number].proofFee = batchFee.fee
    prover.note(fee: wei(batchFee.fee), ofBatch: number)
  }

  /// Enters what is paid for a batch whose block is final.
  mutating func payFee(ofBatch number: Int) {
    let fee = Wei(Int128(wei(batches[number].proofFee).rounded()))
    ledger.debit(.rollupOperator, fee, for: .proof)
    ledger.credit(.aggregators, fee, for: .proof)
    if isMeasured(number) { batchFee.pay(batches[number].proofFee) }
  }

  /// A block has a proof: the fee moves, once for each.
  mutating func moveFee(by claim: Int, at now: SimTime) {
    guard !claims[claim].sequenced.isEmpty else { return }
    // Data that a re-org has moved since the claim was made is still known.
    let sequenced = zip(claims[claim].batches, claims[claim].sequenced).map { number, time in
      batches.indices.contains(number) ? batches[number].includedIn?.time ?? time : time
    }
    batchFee.verify(sequenced, at: now)
    claims[claim].sequenced = []
  }

  private func wei(_ fee: UInt128) -> Double {
    batchFee.usd(fee) / surroundings.usdPerEther * 1e18
  }

  /// Takes note of what verifying a proof in the next block costs.
  mutating func observeProving(_ fees: ObservedFees, _ scheduler: inout Events) {
    prover.observe(
      AggregationPrices(
        baseFee: fees.baseFee, tip: policy.bid.tip,
        weiPerSecond: rent(for: .seconds(1), under: policy).asDouble), &scheduler)
    noteProvers(at: scheduler.now)
  }
}
