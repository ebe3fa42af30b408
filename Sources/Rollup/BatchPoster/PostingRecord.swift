import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of batches that are held back.
public struct PostingRecord: Sendable {
  private var heldTime = Tally()
  private var byDeadline = 0
  /// Batches with measured transactions, those in blobs, and how often the carrier was another than before.
  private var carried = (batches: 0, inBlobs: 0, changes: 0)
  /// What sharing blobs saves.
  private var sharing = SharedSaving()
  /// Closed batches that are not handed over.
  private var queue = CountOverWindow()

  /// A record of no batch.
  public init() {}

  /// Notes how many batches are held from `now` on.
  public mutating func held(_ count: Int, at now: SimTime) {
    queue.change(to: count, at: now)
  }

  /// Notes that the measured window begins or ends.
  public mutating func window(begins: Bool, at now: SimTime) {
    queue.window(begins: begins, at: now)
  }

  /// Notes what was paid for a part of a measured batch in shared blobs.
  ///
  /// - Parameter alone: what it would have cost in blobs of its own, at the same fees.
  public mutating func payShared(_ paid: Wei, alone: Wei) {
    sharing.add(paid: paid, alone: alone)
  }

  /// Notes that a batch with measured transactions is handed over.
  ///
  /// - Parameter start: when it could have been handed over.
  public mutating func handOver(
    heldSince start: SimTime, byDeadline: Bool, at now: SimTime
  ) {
    heldTime.record((now - start).seconds)
    if byDeadline { self.byDeadline += 1 }
  }

  /// Notes what carries a batch with measured transactions.
  public mutating func carry(in carrier: DataCarrier, isAnother: Bool) {
    carried.batches += 1
    if carrier == .blobs { carried.inBlobs += 1 }
    if isAnother { carried.changes += 1 }
  }

  /// The measures of batches that are held back, carried by what is cheaper, or in shared blobs.
  public static let measures = ofHeld + ofCarriers + ofShared

  private static let ofHeld: [PartMeasure<BatchPoster.Policy, PostingRecord>] = [
    .init(
      .posting, "held_s_mean", unit: "s", rests: .journey(through: "neighbours"),
      "Time for which a closed batch is held back that could be handed over, mean over batches with measured "
        + "transactions."
    ) { $1.heldTime.meanIfAny },
    .init(
      .posting, "held_batches_mean", title: "Batches held back", unit: "1",
      rests: .journey(through: "neighbours"),
      "Closed batches that are not handed over, mean over the measured window."
    ) { $1.queue.share(of: 1) },
    .init(
      .posting, "deadline_share", title: "Share of batches posted at their deadline", unit: "1",
      rests: .journey(through: "neighbours"),
      "Share of batches with measured transactions that are handed over because their deadline has come."
    ) { share(Double($1.byDeadline), of: Double($1.heldTime.count)) },
  ].applies(when: \.posting.watchesFees)

  private static let ofCarriers: [PartMeasure<BatchPoster.Policy, PostingRecord>] = [
    .init(
      .posting, "blob_share", title: "Share of batches in blobs", unit: "1",
      rests: .journey(through: "neighbours"),
      "Share of batches with measured transactions that blobs carry."
    ) { share(Double($1.carried.inBlobs), of: Double($1.carried.batches)) },
    .init(
      .posting, "carrier_changes_share", title: "Share of batches in another carrier", unit: "1",
      rests: .journey(through: "neighbours"),
      "Share of batches with measured transactions that another carrier takes than the batch before."
    ) { share(Double($1.carried.changes), of: Double($1.carried.batches)) },
  ].applies { $0.carrierChoice == .cheaper }

  private static let ofShared: [PartMeasure<BatchPoster.Policy, PostingRecord>] = [
    .init(
      .shared, "saving_share", unit: "1", rests: .journey(through: "neighbours"),
      SharedSaving.meaning
    ) { $1.sharing.share }
  ].applies(when: \.sharesBlobs)
}
