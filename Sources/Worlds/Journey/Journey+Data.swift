import EventKernel
import Ledger
import Rollup

// Who keeps the data of batches beside the host.

extension Journey {
  /// Applies an event of the data layer: batches that have waited for it may go on.
  mutating func keepData(_ event: DataLayerEvent, _ scheduler: inout Events) {
    dataLayer.handle(event, unclosed: poster.waiting, &scheduler)
    for payment in dataLayer.payments { payDataLayer(payment) }
    postKept(&scheduler)
    claimProvedBatches(at: scheduler.now)
  }

  // Mutating, as what else is asked for each batch: the compiler would copy a journey for what only reads it.

  /// What a batch puts on the host.
  mutating func publication(of number: Int) -> DataPolicy.Publication {
    let progress = batches[number]
    return publication(
      of: progress.batch, others: progress.others, under: terms[progress.terms].scenario.poster)
  }

  /// What a batch puts on the host of which the data of some transactions stays elsewhere.
  mutating func publication(
    of batch: Batch, others: Int, under poster: BatchPoster.Policy
  ) -> DataPolicy.Publication {
    policy.data.publication(
      rawBytes: poster.dataBytes(of: batch), fixedBytes: poster.fixedBytes(of: batch),
      count: batch.count, others: others, poster)
  }

  /// Posts batches whose data is with all that are to keep it, in order: it is handed over at once, held back
  /// while fees are high, or waits for its proof.
  mutating func postKept(_ scheduler: inout Events) {
    while firstNotKept < dataLayer.firstNotReady {
      let number = firstNotKept
      firstNotKept += 1
      let place = batches[number].terms
      if terms[place].scenario.holdsData {
        holdUntilProved(number)
      } else if place == current, policy.poster.posting.watchesFees {
        hold(batches[number].batch, number, &scheduler)
      } else if present.racesToPost {
        raceToPost(number, &scheduler)
      } else {
        // Under earlier terms, all that was held back is handed over by now.
        handOver(number, at: scheduler.now)
      }
    }
  }

  /// The data of a batch goes to the host with its proof.
  private mutating func holdUntilProved(_ number: Int) {
    batches[number].isHandedOver = true
    let data = publication(of: number)
    let poster = terms(ofBatch: number).scenario.poster
    record.carry(
      batches[number].batch, bytes: data.hostBytes, blobs: data.blobs(by: poster))
  }

  /// Pays a chain that keeps data for that of a batch, rounded to the wei.
  private mutating func payDataLayer(_ payment: DataLayer.Payment) {
    let usd = payment.coins * policy.data.external.usdPerCoin
    let fee = Wei(coins: usd / surroundings.usdPerEther)
    ledger.debit(.rollupOperator, fee, for: .data)
    ledger.credit(.dataLayer, fee, for: .data)
    let own = shareCost(fee, for: .data, ofBatch: payment.batch)
    if isMeasured(payment.batch) { record.spend(FeeParts(toDataLayer: own), for: .data) }
  }

  /// The place of the data of a batch is final: whose balances can be proved follows from it.
  mutating func settleValue(of number: Int, _ times: SettledTimes) {
    dataLayer.settle(
      number, in: times.included, inBlobs: batches[number].carrier == .blobs,
      at: times.settled)
  }

  /// Transactions in batches whose place is not final.
  var transactionsInFlight: Int {
    batches.indices.reduce(0) { $0 + (batches[$1].isSettled ? 0 : batches[$1].batch.count) }
  }

  /// Notes that measuring begins or ends.
  mutating func measure(_ event: MeasurementEvent, at now: SimTime) {
    record.measurement(event, at: now)
    dataLayer.window(begins: event == .begins, at: now)
    if event == .ends { payIdleProvers() }
    if event == .ends, present.hasOrdering { payForSpeed() }
    if present.hasRent { payRent(through: now) }
    rare.book.close(
      ledger.operatorFlows, lowest: ledger.operatorLowest, begins: event == .begins)
  }
}
