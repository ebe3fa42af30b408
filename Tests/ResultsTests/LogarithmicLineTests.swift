import Testing

@testable import Results

/// What has no place on a logarithmic axis is cut, and the figure says so.
@Suite struct LogarithmicLineTests {
  private static func figure(low: Double, logarithmic: String) -> String {
    let texts = ["measure", "basis"].map { Table.Column($0, .string, "") }
    let numbers = ["size", "mean", "ci_low", "ci_high"].map { Table.Column($0, .number, "") }
    var table = Table(columns: texts + numbers)
    table.append([
      .string("m"), .string("assumed"), .number(1), .number(4), .number(low), .number(9),
    ])
    return Chart(title: "T", subtitle: "S").lines(
      table, measure: "m", unit: "s", x: .init(field: "size", title: "size", isNumber: true),
      color: nil, logarithmic: logarithmic
    ).text
  }

  @Test(arguments: [(0.0, "y"), (-2.0, "xy")])
  func anIntervalThatReachesZeroIsCut(low: Double, logarithmic: String) {
    let text = Self.figure(low: low, logarithmic: logarithmic)
    #expect(text.contains("S; cut at a tenth of the mean"))
    #expect(text.contains("max(datum.ci_low, datum.mean / 10)"))
  }

  @Test(arguments: [(0.5, "y"), (-2.0, "x"), (-2.0, "")])
  func othersAreNot(low: Double, logarithmic: String) {
    #expect(!Self.figure(low: low, logarithmic: logarithmic).contains("tenth"))
  }
}
