import Declarations
import EventKernel
import Settlement
import Worlds

extension ResolvedScenario {
  /// Why traces say nothing about the run: they begin after it or end before it.
  ///
  /// One factor would hold from its start to its end, in silence.
  var traceProblems: [Problem] {
    let settlement = scenario.settlement
    let ofDemand = [
      ("demand", settlement.demand.trace), ("blob_demand", settlement.blobDemand.trace),
    ]
    .map { (path: "settlement.\($0).trace", trace: $1) }
    return (ofDemand + scenario.arrivalTraces).compactMap { path, trace in
      guard let span = trace.span(startingAt: settlement.startsAt) else { return nil }
      func problem(row: Int, _ message: String) -> Problem {
        Problem(
          Location(file: trace.path, line: row + 2, column: 1), path: path,
          message)
      }
      if span.lowerBound >= scenario.horizon {
        return problem(row: 0, "\(beginning(of: trace, span.lowerBound))\(hint(trace))")
      }
      // A last step may hold as long as the one before it.
      let lastGap = trace.lastGap
      guard span.upperBound + lastGap < .zero else { return nil }
      return problem(
        row: trace.steps.count - 1,
        "expected a trace that reaches the start of the run, settlement.starts_at; the last time is "
          + "\((.zero - span.upperBound).seconds.shortest) s before it")
    }
  }

  private func beginning(of trace: DemandTrace, _ first: SimDuration) -> String {
    "expected a first time before the horizon of \(scenario.horizon.seconds.shortest) s; found "
      + "\(first.seconds.shortest) s after the start of the run"
  }

  /// What a column that says it counts from the start probably is.
  private func hint(_ trace: DemandTrace) -> String {
    guard trace.clock == .run, let first = trace.steps.first, first.time > .seconds(100_000_000)
    else {
      return ""
    }
    return "; if these are Unix seconds, call the column unix_s and set settlement.starts_at"
  }
}

extension DemandTrace {
  /// Time from the last step but one to the last; zero if there is one step.
  fileprivate var lastGap: SimDuration {
    steps.count > 1 ? steps[steps.count - 1].time - steps[steps.count - 2].time : .zero
  }
}
