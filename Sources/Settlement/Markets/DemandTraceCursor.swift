import Declarations
import EventKernel

/// Where a run stands in a trace; time only goes forward.
struct DemandTraceCursor {
  private let steps: [DemandTrace.Step]
  private let offset: SimDuration
  private var index = 0

  /// - Parameter startsAt: what the chain's clock shows at the start of the run [Unix seconds].
  init(_ trace: DemandTrace, startingAt startsAt: Int64 = 0) {
    steps = trace.steps
    offset = trace.offset(startingAt: startsAt)
  }

  /// The factor that holds at `now`.
  mutating func factor(at now: SimTime) -> Double {
    guard !steps.isEmpty else { return 1 }
    while index + 1 < steps.count, steps[index + 1].time <= now - .start + offset { index += 1 }
    return steps[index].factor
  }
}
