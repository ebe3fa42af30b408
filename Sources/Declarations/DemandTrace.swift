import EventKernel

/// What a file says over time: how others' demand moved, or how many transactions came.
///
/// A factor of demand holds from its time to that of the next row and multiplies the process; with a
/// volatility of 0 demand follows the file alone. A number of arrivals is of the same interval, or of an
/// instant.
public struct DemandTrace: Hashable, Sendable {
  /// What a row says beside its time.
  public enum Content: Hashable, Sendable {
    /// What demand is multiplied by from then on, in the column `factor`.
    case factors
    /// How many transactions come from then to the time of the next row, in the column `count`.
    case counts
    /// That a transaction comes then: there is no other column.
    case instants
  }

  /// What times are counted from.
  public enum Clock: Hashable, Sendable {
    /// The start of the run.
    case run
    /// 1970, as the clock of the chain; the chain says what it shows at the start.
    case chain
  }

  /// From when on which factor holds.
  public struct Step: Hashable, Sendable {
    /// When it begins, by the clock of the trace.
    public let time: SimDuration
    /// Demand as a multiple of its level, or a number of arrivals.
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
  /// What their times are counted from.
  public let clock: Clock
  /// Where the file was found; empty if there is none.
  public let path: String

  /// No trace.
  public static let none = DemandTrace(name: "none", steps: [])

  /// A trace of these steps, in order of time.
  public init(name: String, steps: [Step], clock: Clock = .run, path: String = "") {
    precondition(
      zip(steps, steps.dropFirst()).allSatisfy { $0.time < $1.time }, "steps out of order")
    self.name = name
    self.steps = steps
    self.clock = clock
    self.path = path
  }

  /// The times of the first and the last step, from the start of a run; nil without steps.
  ///
  /// They can be negative.
  ///
  /// - Parameter startsAt: what the chain's clock shows at the start of the run [Unix seconds].
  public func span(startingAt startsAt: Int64) -> ClosedRange<SimDuration>? {
    guard let first = steps.first, let last = steps.last else { return nil }
    let offset = offset(startingAt: startsAt)
    return first.time - offset...last.time - offset
  }

  /// What its clock shows at the start of the run.
  public func offset(startingAt startsAt: Int64) -> SimDuration {
    clock == .run ? .zero : .seconds(startsAt)
  }
}
