import Results
import Statistics

/// How often one kind of interval contained the truth.
public struct CoverageRow: Sendable {
  /// What was simulated.
  public let model: String
  /// What was asked.
  public let question: CoverageCase.Question
  /// Experiments so far.
  public private(set) var experiments = 0
  /// Intervals that contained the truth; an experiment that gave none did not.
  public private(set) var covered = 0
  private var halfWidths = Tally()

  init(model: String, question: CoverageCase.Question) {
    self.model = model
    self.question = question
  }

  mutating func record(_ interval: ConfidenceInterval?) {
    experiments += 1
    guard let interval else { return }
    if interval.low <= question.truth && question.truth <= interval.high { covered += 1 }
    halfWidths.record((interval.high - interval.low) / 2)
  }

  /// The share of intervals that contained the truth.
  public var share: Double { Double(covered) / Double(experiments) }

  /// Exact 95 % limits of the probability that an interval contains the truth.
  public var limits: ConfidenceInterval? {
    ConfidenceInterval(successes: covered, of: experiments, confidence: 0.95)
  }

  /// Mean half-width over the size of the truth.
  public var relativeHalfWidth: Double { halfWidths.mean / abs(question.truth) }

  /// The rows as a table of results.
  public static func table(_ rows: [CoverageRow]) -> Table {
    var table = Table(
      columns: [
        .init("model", .string, "What is simulated."),
        .init("quantity", .string, "What is asked."),
        .init("method", .string, "How its 95 % interval is found."),
        .init("truth", .number, "The number as it is known; seconds, or a share."),
        .init("experiments", .integer, "Independent experiments."),
        .init("covered", .number, "Share of intervals that contain the truth."),
        .init("covered_low", .number, "Exact lower 95 % limit of the coverage."),
        .init("covered_high", .number, "Exact upper 95 % limit of the coverage."),
        .init("half_width", .number, "Mean half-width of the intervals over the truth."),
      ])
    for row in rows {
      table.append([
        .string(row.model), .string(row.question.quantity), .string(row.question.method),
        .number(row.question.truth), .integer(row.experiments), .number(row.share),
        .init(row.limits?.low), .init(row.limits?.high), .number(row.relativeHalfWidth),
      ])
    }
    return table
  }
}
