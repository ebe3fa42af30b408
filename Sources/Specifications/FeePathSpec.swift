import Catalogue
import EventKernel
import Results
import Worlds

/// What an experiment asks about the fees of the settlement chain, and the money of operators, over time.
public struct FeePathSpec: Hashable, Sendable {
  /// Time between two samples.
  public let interval: SimDuration
  /// Replications of each point whose path is kept, from the first.
  public let replications: Int

  /// More samples than this are refused: they would be some hundreds of megabytes.
  static let sampleLimit = 5_000_000

  /// What an axis calls a column.
  package static func title(of column: Table.Column) -> String {
    switch column.name {
    case columns[0].name: "Time since the start of the run"
    case columns[1].name: "Base fee"
    case columns[2].name: "Blob base fee"
    default: "What operators have earned less what they have paid"
    }
  }

  /// The columns of a path: a time, and the fees at it.
  package static let columns: [Table.Column] = [
    .init("time_s", .number, unit: "s", "Time since the start of the run, warm-up included."),
    .init(
      "base_fee_wei_per_gas", .integer, unit: "wei/gas",
      "Base fee of the next block at this time."),
    .init(
      "blob_base_fee_wei_per_gas", .integer, unit: "wei/gas",
      "Blob base fee of the next block at this time, per blob gas."),
    .init(
      "operators_usd", .number, unit: "USD",
      "What the operators of all rollups have earned by then less what they have paid; rents of provers that are rented all the "
        + "time come at the end."),
  ]

  private static let keys = InputSchema.feePathMembers.map(\.key)

  /// Paths of the first `replications`, sampled every `interval`.
  public init(every interval: SimDuration, replications: Int) {
    self.interval = interval
    self.replications = replications
  }

  /// Reads `{every: 1 min, replications: 1}`, or adds to `problems` why it is none.
  static func read(_ node: InputNode, _ problems: inout [Problem]) -> FeePathSpec? {
    guard let members = node.members else {
      problems.append(node.problem("expected {every: 1 min, replications: 1}"))
      return nil
    }
    var interval: SimDuration?
    var replications = 1
    let found = problems.count
    for (key, value) in members where !problems.isFull {
      switch key.text ?? "?" {
      case "every": interval = Self.interval(value, &problems)
      case "replications":
        guard let count = value.quantity(.count, &problems) else { continue }
        if count < 1 || count > 1_000_000 {
          problems.append(value.problem("expected from 1 to 1,000,000"))
        } else {
          replications = Int(count)
        }
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: keys))"))
      }
    }
    if interval == nil, problems.count == found {
      problems.append(node.problem("the key 'every' with a duration is missing"))
    }
    return interval.map { FeePathSpec(every: $0, replications: replications) }
  }

  /// Reads a grid's interval, or adds to `problems` why it is none.
  public static func interval(_ node: InputNode, _ problems: inout [Problem]) -> SimDuration? {
    guard let seconds = node.quantity(.duration, &problems) else { return nil }
    guard seconds >= 0.001, let interval = SimDuration(seconds: seconds) else {
      problems.append(node.problem("expected at least 1 ms"))
      return nil
    }
    return interval
  }

  /// How many samples a run up to `horizon` has.
  func samples(until horizon: SimDuration) -> Int {
    let (whole, rest) = horizon.nanoseconds.quotientAndRemainder(
      dividingBy: interval.nanoseconds)
    return Int(whole) + (rest > 0 ? 1 : 0)
  }
}
