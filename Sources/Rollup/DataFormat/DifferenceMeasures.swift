import Declarations

extension BatchRecord {
  /// The measures of state differences.
  public static let differenceMeasures: [PartMeasure<BatchPoster.Policy, BatchRecord>] = [
    .init(.state, "writes_mean", unit: "1", "Writes to storage slots in a batch.") {
      $1.writes.meanIfAny
    },
    .init(.state, "slots_mean", unit: "1", "Different storage slots that a batch writes.") {
      $1.slots.meanIfAny
    },
    .init(
      .state, "collapsed_share", unit: "1",
      "Share of writes that go to a slot which their batch has written before."
    ) { share(Double($1.posted.writes) - Double($1.posted.slots), of: Double($1.posted.writes)) },
    .init(.state, "bytes_per_write", unit: "B", "Bytes published per write to a storage slot.") {
      share(Double($1.posted.publishedBytes), of: Double($1.posted.writes))
    },
  ].applies { $0.format == .stateDifferences }
}
