import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of transactions that the operator left out: of the measured ones.
public struct ForcedInclusionRecord: Sendable {
  private var leftOut = 0
  private var waiting = LatencyHistogram()
  private var stranded = 0
  private var delays = LatencyHistogram()
  private var inclusions = LatencyHistogram()
  private var forcedTimes = LatencyHistogram()
  private var costs = Wei.zero
  private var forcings = 0
  private var undone = 0
  private var leastBuffer: UInt64?

  /// A record of nobody.
  public init() {}

  /// How many were left out.
  public var count: Int { leftOut }

  mutating func leaveOut() { leftOut += 1 }

  mutating func wait(from submission: SimTime, until end: SimTime?) {
    guard let end else {
      stranded += 1
      return
    }
    waiting.record(max(0, (end - submission).nanoseconds))
  }

  mutating func include(sentAt: SimTime, in block: SimTime, cost: Wei) {
    inclusions.record((block - sentAt).nanoseconds)
    costs += cost
  }

  mutating func force(cost: Wei) {
    forcings += 1
    costs += cost
  }

  mutating func execute(from submission: SimTime, sentAt: SimTime, at instant: SimTime) {
    delays.record((instant - submission).nanoseconds)
    forcedTimes.record((instant - sentAt).nanoseconds)
  }

  mutating func undo() { undone += 1 }

  mutating func note(buffer: DelayBuffer) {
    guard buffer.isUsed else { return }
    leastBuffer = min(leastBuffer ?? .max, buffer.blocks)
  }

  /// Whether each that was left out is accounted for.
  var isConserved: Bool {
    leftOut == stranded + Int(waiting.count) + Int(delays.count)
  }

  /// The measures of those whom the operator leaves out.
  public static let measures: [PartMeasure<ForcedInclusion.Policy, ForcedInclusionRecord>] =
    left + forced.applies { $0.rule != .none && $0.share > 0 }

  private static let left: [PartMeasure<ForcedInclusion.Policy, ForcedInclusionRecord>] = [
    .init(
      .censorship, "count", title: "Transactions left out", unit: "1", rests: rests,
      "Measured transactions that the operator leaves out."
    ) { Double($1.leftOut) },
    .init(
      .censorship, "stranded_share", title: "Share of them that are never executed", unit: "1",
      rests: rests,
      "Share of them whose users wait for an operator who never changes its mind."
    ) { share(Double($1.stranded), of: Double($1.leftOut)) },
    .init(
      .censorship, "waiting_s_mean", title: "Time until those who wait are executed, mean",
      unit: "s", rests: rests,
      "Time from submission until the operator takes those who wait, mean."
    ) { $1.waiting.meanSeconds },
  ]

  private static let forced: [PartMeasure<ForcedInclusion.Policy, ForcedInclusionRecord>] = [
    .init(
      .censorship, "delay_s_mean", title: "Time until a message is executed, mean", unit: "s",
      rests: rests,
      "Time from the first submission to the execution of those who send a message to the host, mean."
    ) { $1.delays.meanSeconds },
    .init(
      .censorship, "delay_s_p95", title: "Time until a message is executed, 95th percentile",
      unit: "s", rests: rests, "The same, 95th percentile."
    ) { $1.delays.quantileSeconds(0.95) },
    .init(
      .censorship, "delay_s_max", title: "Time until a message is executed, largest", unit: "s",
      rests: rests, "The same, largest."
    ) { $1.delays.maximumSeconds },
    .init(
      .censorship, "message_s_mean", title: "Time from a message to its execution, mean",
      unit: "s", rests: rests, "Time from the sending of the message to its execution, mean."
    ) { $1.forcedTimes.meanSeconds },
    .init(
      .censorship, "inclusion_s_mean", title: "Time until the host has a message, mean",
      unit: "s", rests: rests,
      "Time from the sending of a message to the block of the host that has it, mean."
    ) { $1.inclusions.meanSeconds },
    .init(
      .censorship, "wei_per_tx_mean", title: "Cost of forced inclusion per transaction",
      unit: "wei", rests: rests,
      "What users pay on the host for messages and for forcing them, per message."
    ) { share($1.costs.asDouble, of: Double($1.inclusions.count)) },
    .init(
      .censorship, "forcing_count", title: "Transactions that force", unit: "1", rests: rests,
      "Transactions that force messages in the whole run."
    ) { $0.rule == .transaction ? Double($1.forcings) : nil },
    .init(
      .censorship, "buffer_blocks_min", title: "Least of the delay buffer", unit: "1",
      rests: rests, "Least that the delay buffer had, in blocks."
    ) { $1.leastBuffer.map { Double($0) } },
    .init(
      .censorship, "undone_count", title: "Executions undone", unit: "1", rests: rests,
      "Executions of messages that re-orgs of the host undid."
    ) { Double($1.undone) },
  ]

  private static let rests = PartMeasure<ForcedInclusion.Policy, ForcedInclusionRecord>.Rests
    .journey(through: "neighbours", also: ["censorship", "nodes"])
}
