import EventKernel

/// How others' demand moved over time in a file: a step function.
///
/// Its factor multiplies the process; with a volatility of 0 demand follows the file alone.
public struct DemandTrace: Hashable, Sendable {
  /// From when on which factor holds.
  public struct Step: Hashable, Sendable {
    /// When it begins, from the start of the run.
    public let time: SimDuration
    /// Demand as a multiple of its level.
    public let factor: Double

    /// A step of a trace.
    public init(time: SimDuration, factor: Double) {
      self.time = time
      self.factor = factor
    }
  }

  /// The file and what identifies its content, for results; `none` for no trace.
  public let name: String
  /// In order of time; the first one holds before its time too, the last one for ever.
  public let steps: [Step]

  /// No trace.
  public static let none = DemandTrace(name: "none", steps: [])

  /// A trace of these steps, in order of time.
  public init(name: String, steps: [Step]) {
    precondition(
      zip(steps, steps.dropFirst()).allSatisfy { $0.time < $1.time }, "steps out of order")
    self.name = name
    self.steps = steps
  }
}

/// Where a run stands in a trace; time only goes forward.
struct DemandTraceCursor {
  private let steps: [DemandTrace.Step]
  private var index = 0

  init(_ trace: DemandTrace) { steps = trace.steps }

  /// The factor that holds at `now`.
  mutating func factor(at now: SimTime) -> Double {
    guard !steps.isEmpty else { return 1 }
    while index + 1 < steps.count, .start + steps[index + 1].time <= now { index += 1 }
    return steps[index].factor
  }
}
