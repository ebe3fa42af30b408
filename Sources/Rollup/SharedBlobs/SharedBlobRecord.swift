import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of blobs that rollups share.
public struct SharedBlobRecord: Sendable {
  /// Whether the clock is between warm-up and horizon.
  var isMeasuring = false
  private var rollups = Tally()
  private var waits = Tally()
  private var bytes: UInt64 = 0
  private var room: UInt64 = 0
  private var posted = 0
  private var saving = SharedSaving()

  /// Notes a transaction.
  mutating func post(
    _ pieces: [SharedPiece], blobs: UInt64, _ policy: SharedBlobs.Policy, at now: SimTime
  ) {
    guard isMeasuring else { return }
    posted += 1
    rollups.record(Double(Set(pieces.map(\.data.rollup)).count))
    for piece in pieces where piece.isLast { waits.record((now - piece.data.since).seconds) }
    bytes += pieces.reduce(0) { $0 + $1.bytes }
    room += blobs * policy.bytesPerBlob
  }

  /// Notes what a transaction cost whose block is final, and what its data would have cost apart.
  mutating func settle(_ cost: Wei, alone: Wei) {
    saving.add(paid: cost, alone: alone)
  }

  /// The measures of a service that posts data of several rollups together.
  public static let measures: [PartMeasure<SharedBlobs.Policy, SharedBlobRecord>] = [
    .init(
      .shared, "rollups_mean", unit: "1", "Rollups whose data a shared transaction has."
    ) { $1.rollups.meanIfAny },
    .init(
      .shared, "fill", unit: "1", "Share of the shared blobs that data fills."
    ) { share(Double($1.bytes), of: Double($1.room)) },
    .init(
      .shared, "wait_s_mean", unit: "s",
      "Time from the handing over of a batch to the transaction with the last of it."
    ) { $1.waits.meanIfAny },
    .init(
      .shared, "count", unit: "1", "Transactions with shared blobs in the measured window."
    ) { Double($1.posted) },
    .init(
      .shared, "saving_share", unit: "1", rests: .journey(through: "neighbours"),
      SharedSaving.meaning
    ) { $1.saving.share },
  ]
}
