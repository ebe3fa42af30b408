import Results
import Testing

@testable import Charts

/// Bands stay positive on logarithmic axes: what has no place there is cut, and the figure says so.
@Suite struct LogarithmicLineTests {
  private static func figure(low: Double, logarithmic: String) -> String {
    let texts = ["measure", "basis"].map { Table.Column($0, .string, "") }
    let numbers = ["size", "mean", "ci_low", "ci_high"].map { Table.Column($0, .number, "") }
    var table = Table(columns: texts + numbers)
    table.append([
      .string("m"), .string("assumed"), .number(1), .number(4), .number(low), .number(9),
    ])
    return Chart(title: "T", subtitle: "S").lines(
      table, measure: Axis(field: "m", title: "M", kind: .numbers),
      x: Axis(field: "size", title: "Size", kind: .numbers), color: nil, logarithmic: logarithmic
    ).text
  }

  @Test(arguments: [(0.0, "y"), (-2.0, "xy"), (1e-9, "y")])
  func anIntervalThatReachesBeyondTheAxisIsCut(low: Double, logarithmic: String) {
    let text = Self.figure(low: low, logarithmic: logarithmic)
    #expect(text.contains("a band that reaches beyond the axis is cut there"))
    #expect(text.contains("max(datum.ci_low, 4.0 / 100)"))
  }

  @Test(arguments: [(1.5, "y"), (-2.0, "x"), (-2.0, "")])
  func othersAreNot(low: Double, logarithmic: String) {
    #expect(!Self.figure(low: low, logarithmic: logarithmic).contains("is cut"))
  }
}
