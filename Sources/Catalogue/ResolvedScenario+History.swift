import Declarations
import EventKernel
import Settlement
import Worlds

extension ResolvedScenario {
  /// Rows of a history that cannot be blocks of its chain, and why it does not cover the run.
  var historyProblems: [Problem] {
    let settlement = scenario.settlement
    let trace = settlement.history.trace
    func problem(row: Int, _ message: String) -> Problem {
      Problem(
        Location(file: trace.path, line: row + 2, column: 1), path: "settlement.history.trace",
        message)
    }
    let defects = settlement.historyDefects(limit: 10)
    guard defects.isEmpty else { return defects.map { problem(row: $0.row, $0.expectation) } }
    return coverageProblem.map { [problem(row: $0.row, $0.message)] } ?? []
  }

  /// Why the history begins after the run or ends before it; nil if it does neither.
  ///
  /// A cool-down that needs more blocks than there are ends the run with a failure of its own.
  private var coverageProblem: (row: Int, message: String)? {
    let settlement = scenario.settlement
    let (history, blocks) = (settlement.history, settlement.history.trace.blocks)
    guard let last = blocks.last, settlement.startsAt <= 9_000_000_000 else { return nil }
    guard let first = settlement.firstHistoryRow else {
      return (
        blocks.count - 1,
        history.isTimed
          ? "expected a history that reaches the start of the run, settlement.starts_at"
          : "expected settlement.history.first_block to be the number of one of its blocks"
      )
    }
    let offset = history.trace.offset(startingAt: settlement.startsAt)
    if history.isTimed, first == 0, blocks[0].time - offset >= settlement.slot {
      return (
        0,
        "expected a first block within a slot of the start of the run; it comes "
          + "\((blocks[0].time - offset).seconds.shortest) s after it"
      )
    }
    guard history.end == .refuse else { return nil }
    let covered =
      history.isTimed
      ? (last.time - offset + settlement.slot).seconds
      : Double(blocks.count - first) * settlement.slot.seconds / (1 - settlement.missedSlots)
    guard covered < scenario.horizon.seconds else { return nil }
    return (
      blocks.count - 1,
      "expected a history as long as the horizon of \(scenario.horizon.seconds.shortest) s; it ends at "
        + "\(covered.shortest) s: set settlement.history.end to say what holds then"
    )
  }
}
