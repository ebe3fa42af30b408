import Declarations
import EventKernel
import Statistics

/// What a run remembers of machines that fail: of the measured window.
public struct MachineRecord: Sendable {
  private let window: Range<SimTime>
  private var sequencing: ShareOverWindow
  private var posting: ShareOverWindow
  private var up: ShareOverWindow
  private var supermajorityBug = ShareOverWindow()
  private var isSequencing = true
  /// When the gap ended after which something still waits.
  private var resumedAt: SimTime?
  private var gapSince = SimTime.start
  private var gaps = Tally()
  private var clearTimes = Tally()
  private var peak = 0
  private var unposted = Tally()
  /// Measured transactions that were confirmed and then lost: from submission to the loss.
  public private(set) var lost = LatencyHistogram()
  /// All transactions that were.
  public private(set) var lostInAll = 0
  private var confirmed = 0
  /// Confirmations of invalid blocks, in all and not found yet, and the sum of their instants [ns].
  private var (invalid, unfound, unfoundSum) = (0, 0, Int128(0))
  /// How long those stood that were found, in all [ns].
  private var (found, stood) = (0, Int128(0))
  /// Measured transactions that wait for ever.
  public internal(set) var stranded = 0

  init(window: Range<SimTime>) {
    self.window = window
    sequencing = ShareOverWindow(1)
    posting = ShareOverWindow(1)
    up = ShareOverWindow(1)
  }

  mutating func note(
    up count: Int, of all: Int, isSequencing: Bool, isPosting: Bool, hasSupermajorityBug: Bool,
    at now: SimTime
  ) {
    up.change(to: Double(count) / Double(all), at: now, window)
    sequencing.change(to: isSequencing ? 1 : 0, at: now, window)
    posting.change(to: isPosting ? 1 : 0, at: now, window)
    supermajorityBug.change(to: hasSupermajorityBug ? 1 : 0, at: now, window)
    guard isSequencing != self.isSequencing else { return }
    self.isSequencing = isSequencing
    if isSequencing {
      if window.contains(gapSince) { gaps.record((now - gapSince).seconds) }
      if resumedAt == nil { resumedAt = now }
    } else {
      gapSince = now
    }
  }

  mutating func fail(unposted count: Int, at now: SimTime) {
    if window.contains(now) { unposted.record(Double(count)) }
  }

  /// What a block leaves waiting counts from the end of a gap to the first one that leaves nothing.
  mutating func backlog(_ count: Int, at now: SimTime) {
    guard let since = resumedAt else { return }
    if window.contains(now) { peak = max(peak, count) }
    guard count == 0 else { return }
    resumedAt = nil
    if window.contains(since) { clearTimes.record((now - since).seconds) }
  }

  mutating func lose(_ count: Int, _ measured: SubmissionProfile, at now: SimTime) {
    lostInAll += count
    measured.forEachSpan { lost.record($0, at: now) }
  }

  mutating func confirm(_ count: Int, isInvalid: Bool, at now: SimTime) {
    guard window.contains(now) else { return }
    confirmed += count
    guard isInvalid else { return }
    invalid += count
    unfound += count
    unfoundSum += Int128(count) * Int128(now.nanoseconds)
  }

  /// A bug is found in which more than two thirds agreed: what they confirmed is given up.
  mutating func findInvalid(at now: SimTime) {
    found += unfound
    stood += Int128(unfound) * Int128(now.nanoseconds) - unfoundSum
    (unfound, unfoundSum) = (0, 0)
  }

  /// The measures of machines that fail.
  public static let measures: [PartMeasure<Machines.Policy, MachineRecord>] =
    sequencers.applies { $0.sequencersFail || $0.stopsAt > .zero }
    + [
      .init(
        .availability, "poster_share", title: "Share of time in which batches are handed over",
        unit: "1", rests: rests,
        "Share of the measured window in which the machine is up that hands batches over."
      ) { $1.posting.mean($1.window) }
    ].applies(when: \.posterFails)
    + [
      .init(
        .availability, "unposted_count_mean",
        title: "Transactions confirmed and not posted at a failure", unit: "1", rests: rests,
        "Transactions that are confirmed and not handed over when sequencing or posting fails, mean over failures."
      ) { $1.unposted.meanIfAny }
    ].applies(when: \.fail)
    + losses.applies(when: \.loses)
    + invalidBlocks.applies(when: \.canDisagree)
    + [
      .init(
        .availability, "stranded_count", title: "Transactions stranded", unit: "1", rests: rests,
        "Measured transactions that wait for an operator who has stopped for good."
      ) { Double($1.stranded) }
    ].applies { $0.stopsAt > .zero }

  private static let sequencers: [PartMeasure<Machines.Policy, MachineRecord>] = [
    .init(
      .availability, "sequencer_share", title: "Share of time in which blocks are made",
      unit: "1", rests: rests,
      "Share of the measured window in which a machine sequences."
    ) { $1.sequencing.mean($1.window) },
    .init(
      .availability, "nodes_share", title: "Share of machines that are up", unit: "1",
      rests: rests, "Share of the machines that can sequence that are up, mean over time."
    ) { $1.up.mean($1.window) },
    .init(
      .availability, "supermajority_bug_share",
      title: "Share of time with a bug in more than two thirds of machines", unit: "1",
      rests: rests,
      "Share of the measured window in which more than two thirds of the machines have a bug at once, which a committee "
        + "of theirs would agree on."
    ) { $0.bugInterval > .zero ? $1.supermajorityBug.mean($1.window) : nil },
    .init(
      .availability, "gap_count", title: "Gaps in sequencing", unit: "1", rests: rests,
      "Times in which nobody sequences that begin in the measured window and end."
    ) { Double($1.gaps.count) },
    .init(
      .availability, "gap_s_mean", title: "Length of a gap in sequencing, mean", unit: "s",
      rests: rests, "Length of such a time, mean."
    ) { $1.gaps.meanIfAny },
    .init(
      .availability, "gap_s_max", title: "Length of a gap in sequencing, largest", unit: "s",
      rests: rests, "The same, largest."
    ) { $1.gaps.count > 0 ? $1.gaps.maximum : nil },
    .init(
      .availability, "backlog_count_max", title: "Transactions that wait after a gap, most",
      unit: "1", rests: rests,
      "Transactions that wait in the mempool when sequencing resumes, most over gaps."
    ) { Double($1.peak) },
    .init(
      .availability, "clear_s_mean", title: "Time until nothing waits after a gap, mean",
      unit: "s", rests: rests,
      "Time from the end of a gap to the first block that leaves nothing waiting, mean over gaps."
    ) { $1.clearTimes.meanIfAny },
  ]

  private static let invalidBlocks: [PartMeasure<Machines.Policy, MachineRecord>] = [
    .init(
      .invalid, "count", title: "Confirmations of invalid blocks", unit: "1", rests: rests,
      "Confirmations of the measured window in blocks on which more than two thirds agreed because of a bug, and which "
        + "are given up once that is found."
    ) { Double($1.invalid) },
    .init(
      .invalid, "share", title: "Share of confirmations of invalid blocks", unit: "1",
      rests: rests, "The same, over all confirmations of the measured window."
    ) { $1.confirmed > 0 ? Double($1.invalid) / Double($1.confirmed) : nil },
    .init(
      .invalid, "s_mean", title: "Time that invalid confirmations stand, mean", unit: "s",
      rests: rests, "Time from such a confirmation until it is given up, mean."
    ) { $1.found > 0 ? Double($1.stood) / Double($1.found) * 1e-9 : nil },
    .init(
      .invalid, "usd", title: "Value of confirmations of invalid blocks", unit: "USD",
      rests: rests, "What rested on them, at nodes.value each."
    ) { Double($1.invalid) * $0.valueUSD },
  ]

  private static let losses: [PartMeasure<Machines.Policy, MachineRecord>] = [
    .init(
      .availability, "lost_count", title: "Confirmations lost", unit: "1", rests: rests,
      "Measured transactions that were confirmed and then lost, since nobody had handed them over."
    ) { Double($1.lost.count) },
    .init(
      .availability, "lost_usd", title: "Value of confirmations lost", unit: "USD", rests: rests,
      "What rested on them, at nodes.value each."
    ) { Double($1.lost.count) * $0.valueUSD },
  ]

  private static let rests = PartMeasure<Machines.Policy, MachineRecord>.Rests.journey(
    through: "poster", also: ["nodes"])
}
