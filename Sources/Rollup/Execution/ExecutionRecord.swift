import Declarations
import EventKernel
import Statistics

/// What a run remembers of how blocks were executed: of blocks with transactions in the measured window.
public struct ExecutionRecord: Sendable {
  private let lanes: Int
  private let window: Range<SimTime>
  private var blocks = 0
  private var limited = 0
  private var transactions = 0
  private var executions = 0
  /// Sums over blocks [ns].
  private var work: Int128 = 0
  private var laneWork: Int128 = 0
  private var time: Int128 = 0
  private var path: Int128 = 0
  private var serial: Int128 = 0
  private var aborted: Int128 = 0
  private var validated: Int128 = 0
  private var unused: Int128 = 0
  private var times = LatencyHistogram()

  init(lanes: Int, window: Range<SimTime>) {
    self.lanes = lanes
    self.window = window
  }

  mutating func add(_ block: ExecutedBlock, at instant: SimTime) {
    guard window.contains(instant) else { return }
    blocks += 1
    if block.isLimited { limited += 1 }
    transactions += block.count
    executions += block.executions
    work += Int128(block.work)
    laneWork += Int128(block.laneWork)
    time += Int128(block.time)
    path += Int128(block.path)
    serial += Int128(block.serial)
    aborted += Int128(block.aborted)
    validated += Int128(block.validated)
    unused += Int128(block.unused)
    times.record(block.time)
  }

  /// What lanes have done in all, in vain or not [ns].
  private var used: Int128 { laneWork + serial + aborted + validated + unused }

  private static func ratio(_ part: Int128, _ whole: Int128) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  private func perTransaction(_ count: Int) -> Double? {
    transactions > 0 ? Double(count) / Double(transactions) : nil
  }
}

extension ExecutionRecord {
  /// The measures of execution.
  public static let measures: [PartMeasure<Execution.Policy, ExecutionRecord>] =
    (speed + waste).applies(when: \.happens)

  private static let speed: [PartMeasure<Execution.Policy, ExecutionRecord>] = [
    .init(
      .execution, "speedup", title: "Speed-up of execution", unit: "1", rests: rests,
      "What the transactions of blocks take on one lane over what the blocks took, sums over blocks."
    ) { Self.ratio($1.work, $1.time) },
    .init(
      .execution, "speedup_bound", title: "Speed-up by the longest chain of conflicts", unit: "1",
      rests: rests,
      "The same over the longest chain of transactions of which each conflicts with the next: what no number of lanes "
        + "exceeds."
    ) { Self.ratio($1.work, $1.path) },
    .init(
      .execution, "critical_path_share", title: "Longest chain of conflicts", unit: "1",
      rests: rests,
      "The longest chain of transactions of which each conflicts with the next, over the time of all."
    ) { Self.ratio($1.path, $1.work) },
    .init(
      .execution, "time_s_mean", title: "Execution of a block, mean", unit: "s", rests: rests,
      "Time in which the transactions of a block are executed, mean."
    ) { $1.times.meanSeconds },
    .init(
      .execution, "time_s_p99", title: "Execution of a block, 99th percentile", unit: "s",
      rests: rests, "The same, 99th percentile."
    ) { $1.times.quantileSeconds(0.99) },
    .init(
      .execution, "limited_share", title: "Blocks that execution limits", unit: "1", rests: rests,
      "Share of blocks with transactions that would have more if they were executed faster."
    ) { $1.blocks > 0 ? Double($1.limited) / Double($1.blocks) : nil },
  ]

  private static let waste: [PartMeasure<Execution.Policy, ExecutionRecord>] = [
    .init(
      .execution, "utilisation", title: "Use of lanes", unit: "1", rests: rests,
      "Share of the time of all lanes in which they do something, in vain or not, while blocks are executed."
    ) { Self.ratio($1.used, $1.time * Int128($1.lanes)) },
    .init(
      .execution, "retries_per_tx", title: "Executions of a transaction in vain", unit: "1",
      rests: rests, "How often a transaction is executed again, mean."
    ) { $1.perTransaction($1.executions - $1.transactions) },
    .init(
      .execution, "aborted_share", title: "Work that is aborted", unit: "1", rests: rests,
      "Share of what lanes do that is executed again because of a conflict."
    ) { Self.ratio($1.aborted, $1.used) },
    .init(
      .execution, "validation_share", title: "Work of validations", unit: "1", rests: rests,
      "Share of what lanes do that is validation."
    ) { Self.ratio($1.validated, $1.used) },
    .init(
      .execution, "unused_share", title: "Work for another block", unit: "1", rests: rests,
      "Share of what lanes do for transactions that find no place in the block after all."
    ) { Self.ratio($1.unused, $1.used) },
  ]

  private static let rests = PartMeasure<Execution.Policy, ExecutionRecord>.Rests.journey(
    through: "sequencer")
}
