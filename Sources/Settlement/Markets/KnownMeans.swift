// Expectations of measures that follow from the policy alone; nil where runs do not vary.

extension SettlementPolicy {
  /// The mean share of slots without a block: slots are missed independently, given how many there
  /// are; an outage takes no further ones, and a history with times has its own.
  var meanMissedSlots: Double? {
    let hasOutages = outages.interval > .zero && outages.duration > .zero
    return missedSlots > 0 && missedSlots < 1 && !hasOutages && !history.isTimed ? missedSlots : nil
  }

  /// The mean deviation of others' demand for blobs, on a chain that sells them.
  var meanBlobDeviation: Double? { hasBlobs ? blobDemand.meanDeviation : nil }
}

extension OthersDemand.Policy {
  /// The mean of the Ornstein–Uhlenbeck deviation, which is stationary from the start of a run.
  var meanDeviation: Double? { volatility > 0 ? 0 : nil }
}
