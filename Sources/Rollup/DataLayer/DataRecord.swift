import Declarations
import EventKernel
import Statistics

/// What a run remembers of where the data of a rollup went.
public struct DataRecord: Sendable {
  private var certificates = LatencyHistogram()
  /// Balances that could not be proved.
  var frozen = FrozenRecord()
  /// Whether enough members are up: one or none.
  private var availability = CountOverWindow()
  private var otherBytes: UInt64 = 0
  private var transactions = 0
  /// Whether the clock is between warm-up and horizon.
  private(set) var isMeasuring = false

  /// A record of no batch.
  public init() {}

  /// Notes whether enough members are up to sign, from `now` on.
  mutating func committee(isAvailable: Bool, at now: SimTime) {
    availability.change(to: isAvailable ? 1 : 0, at: now)
  }

  /// Notes that the data of a batch is kept which was closed in the measured window.
  mutating func certified(after time: SimDuration) { certificates.record(time.nanoseconds) }

  /// Notes what a batch with measured transactions keeps off the host.
  mutating func publish(_ transactions: Int, otherBytes: UInt64) {
    self.transactions += transactions
    self.otherBytes += otherBytes
  }

  mutating func window(begins: Bool, at now: SimTime) {
    isMeasuring = begins
    availability.window(begins: begins, at: now)
  }

  /// The measures of where the data went.
  public static let measures: [PartMeasure<DataPolicy, DataRecord>] =
    availability.applies(when: \.hasCommittee) + waits.applies { !$0.isOnChain } + amounts
    + freezing.applies(when: \.withholding.happens)

  private static let availability: [PartMeasure<DataPolicy, DataRecord>] = [
    .init(
      .data, "availability", title: "Availability of the committee", unit: "1",
      rests: .parts(["data"]),
      "Share of the measured window in which enough members of the committee are up to sign."
    ) { $1.availability.share(of: 1) }
  ]

  private static let amounts: [PartMeasure<DataPolicy, DataRecord>] = [
    .init(
      .data, "off_host_bytes_per_tx", title: "Bytes kept off the host per transaction", unit: "B",
      rests: .journey(through: "poster"),
      "Bytes after compression per transaction that are kept off the host."
    ) { share(Double($1.otherBytes), of: Double($1.transactions)) }
  ]

  private static let waits: [PartMeasure<DataPolicy, DataRecord>] = [
    .init(
      .data, "kept_s_mean", title: "Time until data is known to be kept, mean", unit: "s",
      rests: .journey(through: "poster"),
      "Time from the closing of a batch until enough members have signed or a block of the data layer has "
        + "it, mean over batches of the window."
    ) { $1.certificates.meanSeconds },
    .init(
      .data, "kept_s_p95", title: "Time until data is known to be kept, 95th percentile", unit: "s",
      rests: .journey(through: "poster"), "The same, 95th percentile."
    ) { $1.certificates.quantileSeconds(0.95) },
    .init(
      .data, "kept_s_max", title: "Time until data is known to be kept, largest", unit: "s",
      rests: .journey(through: "poster"), "The same, largest."
    ) { $1.certificates.maximumSeconds },
  ]

  private static let freezing: [PartMeasure<DataPolicy, DataRecord>] = [
    .init(
      .data, "frozen_share_mean", title: "Share of value frozen, mean", unit: "1",
      rests: .journey(through: "neighbours"),
      "Share of settled value that nobody can prove, mean over time from the beginning of withholding to its "
        + "end or the horizon."
    ) { $1.frozen.meanShare },
    .init(
      .data, "frozen_share_end", title: "Share of value frozen at the end", unit: "1",
      rests: .journey(through: "neighbours"),
      "The same at the end of withholding or at the horizon, whichever is first."
    ) { $1.frozen.shareAtEnd },
    .init(
      .data, "rebuilt_s_mean", title: "Time until value is rebuilt, mean", unit: "s",
      rests: .journey(through: "neighbours"),
      "Time from the beginning of withholding until value that was settled then can be proved again, mean "
        + "over what can be by the horizon."
    ) { $1.frozen.meanRebuilt },
    .init(
      .data, "rebuilt_s_max", title: "Time until value is rebuilt, largest", unit: "s",
      rests: .journey(through: "neighbours"), "The same, largest."
    ) { $1.frozen.maxRebuilt },
    .init(
      .data, "in_flight_share", title: "Share of value in flight", unit: "1",
      rests: .journey(through: "neighbours"),
      "Share of value, when withholding begins, of transactions in blocks of the rollup whose data has no "
        + "final place."
    ) { $1.frozen.inFlightShare },
  ]
}
