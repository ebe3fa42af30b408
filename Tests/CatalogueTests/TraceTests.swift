import Catalogue
import EventKernel
import Foundation
import Settlement
import Testing

/// Demand that a file gives.
@Suite struct TraceTests {
  /// What a scenario says whose trace has this content, beside it in the same folder.
  private func resolve(
    _ csv: String, _ rest: String = "", name: String = "demand.csv"
  ) throws -> Result<ResolvedScenario, InvalidInput> {
    try Reading.inFolder { folder in
      try Data(csv.utf8).write(to: folder.appendingPathComponent(name))
      let file = folder.appendingPathComponent("s.yaml")
      try Data("settlement.demand.trace: '\(name)'\n\(rest)".utf8).write(to: file)
      return Result { () throws(InvalidInput) in
        try Catalogue.builtIn.resolve(.read(.load(file.path)))
      }
    }
  }

  /// Problems with what follows the folder of the file.
  private func problems(
    _ csv: String, _ rest: String = "", name: String = "demand.csv"
  ) throws -> [String] {
    guard case .failure(let error) = try resolve(csv, rest, name: name) else { return [] }
    return error.problems.map { problem in
      let text = problem.description
      return text.firstRange(of: "demand.csv:").map { String(text[$0.lowerBound...]) }
        ?? problem.message
    }
  }

  @Test func stepsAreRead() throws {
    let trace = try resolve("time_s,factor\n0,1\n60.5,2.5\n3600,0\n").get().scenario.settlement
      .demand.trace
    #expect(trace.steps.map(\.factor) == [1, 2.5, 0])
    #expect(
      trace.steps.map(\.time) == [.zero, SimDuration(nanoseconds: 60_500_000_000), .seconds(3600)])
  }

  /// Spreadsheets write a byte-order mark before the header and end lines with two characters.
  @Test func aFileFromASpreadsheetIsRead() throws {
    let trace = try resolve("\u{FEFF}time_s,factor\r\n0,1\r\n60,2\r\n").get().scenario.settlement
      .demand.trace
    #expect(trace.steps.map(\.factor) == [1, 2])
  }

  /// R quotes every header, and files have more than what is asked for.
  @Test func columnsAreFoundByTheirNames() throws {
    let trace = try resolve(
      "\"note\",\"factor\", \"time_s\"\r\n\"a\",\"1\",\"0\"\r\n\"b\",\"2\", \"60\"\r\n"
    ).get().scenario.settlement.demand.trace
    #expect(trace.steps.map(\.factor) == [1, 2])
    #expect(trace.steps.map(\.time) == [.zero, .seconds(60)])
  }

  // MARK: Dates

  private static let starts = "settlement.starts_at: 2024-06-20T12:00:00Z\n"

  /// 1718884800 is noon; both spellings give the same run.
  @Test func datesAreRebasedOnTheClockOfTheChain() throws {
    let dates = try resolve(
      "time,factor\n2024-06-20,1\n2024-06-20T13:00:00Z,2\n", Self.starts
    ).get().scenario.settlement
    let seconds = try resolve("unix_s,factor\n1718841600,1\n1718888400,2\n", Self.starts)
      .get().scenario.settlement
    #expect(dates.startsAt == 1_718_884_800)
    for settlement in [dates, seconds] {
      let span = try #require(
        settlement.demand.trace.span(startingAt: settlement.startsAt))
      #expect(span.lowerBound.seconds == -43_200 && span.upperBound.seconds == 3600)
    }
    #expect(dates.demand.trace.steps == seconds.demand.trace.steps)
  }

  @Test func datesNeedAClock() throws {
    #expect(
      try problems("unix_s,factor\n1718841600,1\n") == [
        "expected settlement.starts_at, a date until 2255: the trace goes by the chain's clock"
      ])
  }

  /// What would hold one factor from start to end in silence.
  @Test func aTraceThatIsElsewhere() throws {
    #expect(
      try problems("time_s,factor\n1621555200,2.7\n1621558800,0.5\n") == [
        "demand.csv:2:1: settlement.demand.trace: expected a first time before the horizon of 25200 s; "
          + "found 1621555200 s after the start of the run; if these are Unix seconds, call the column "
          + "unix_s and set settlement.starts_at"
      ])
    #expect(
      try problems("time,factor\n2024-06-01,1\n2024-06-02,2\n", Self.starts) == [
        "demand.csv:3:1: settlement.demand.trace: expected a trace that reaches the start of the run, "
          + "settlement.starts_at; the last time is 1598400 s before it"
      ])
    #expect(
      try problems("time,factor\n2024-06-21,1\n", Self.starts).count == 1)
    #expect(try problems("time,factor\n2024-06-19,1\n2024-06-20,2\n", Self.starts) == [])
  }

  /// The name of a file becomes a cell, which a spreadsheet would run.
  @Test func aNameThatSpreadsheetsRun() throws {
    #expect(
      try problems("time_s,factor\n0,1\n", name: "=1+1.csv")[0].hasPrefix(
        "expected a name that does not begin with =, +, - or @"))
    #expect(Reading.problems("system: '@x.yaml'").count == 1)
  }

  /// Results name the content, so that another file is another result.
  @Test func theNameTellsTheContent() throws {
    let names = try ["0,1", "0,2"].map {
      try resolve("time_s,factor\n\($0)\n").get().scenario.settlement.demand.trace.name
    }
    #expect(names.allSatisfy { $0.hasPrefix("demand.csv sha256:") })
    #expect(names[0] != names[1])
  }

  @Test(arguments: [
    (
      "factor,when\n0,1\n",
      [
        "demand.csv:1:1: expected one column of times: time_s (seconds from the start of the run), time "
          + "(dates) or unix_s (Unix seconds); found 'factor,when'"
      ]
    ),
    (
      "time_s,time,factor\n0,2024-01-01,1\n",
      [
        "demand.csv:1:1: expected one column of times: time_s (seconds from the start of the run), time "
          + "(dates) or unix_s (Unix seconds); found 'time_s,time,factor'"
      ]
    ),
    (
      "time_s,facto\n0,1\n",
      ["demand.csv:1:1: no column is called 'factor'; did you mean 'facto'?"]
    ),
    (
      "time_s,factor,factor\n0,1,1\n",
      ["demand.csv:1:15: the column 'factor' appears twice; first at column 8"]
    ),
    (
      "time_s;factor\n0;1\n",
      ["demand.csv:1:1: the separator seems to be a semicolon; expected a comma"]
    ),
    (
      "time_s\tfactor\n0\t1\n",
      ["demand.csv:1:1: the separator seems to be a tab; expected a comma"]
    ),
    ("time_s,factor,\n0,1,\n", ["demand.csv:1:15: the header cell is empty"]),
    ("time_s,factor\n0,1\n,\n", ["demand.csv:3:1: the row is empty"]),
    ("time_s,factor\n", ["demand.csv: expected a header and at least one row"]),
    ("time_s,factor\n0,1,2\n", ["demand.csv:2:1: expected 2 cells, as in the header; found 3"]),
    ("time_s,factor\n0,1\u{0}garbage\n", ["demand.csv:2:4: expected text; found a NUL byte"]),
    (
      "time_s,factor\r0,1\r",
      [
        "demand.csv:1:14: expected text; found a carriage return without a line feed",
        "demand.csv: expected a header and at least one row",
      ]
    ),
    (
      "time_s,factor\n0,x\n-1,1\n1,-2\n5,1\n5,1\n0x10,1\n7,nan\n8,\n",
      [
        "demand.csv:2:3: expected a factor from 0 to 1000; found 'x'",
        "demand.csv:3:1: expected seconds from 0 to 292 years; found '-1'",
        "demand.csv:4:3: expected a factor from 0 to 1000; found '-2'",
        "demand.csv:6:1: expected a time after that of the row before",
        "demand.csv:7:1: expected seconds from 0 to 292 years; found '0x10'",
        "demand.csv:8:3: expected a factor from 0 to 1000; found 'nan'",
        "demand.csv:9:3: expected a factor from 0 to 1000; found ''",
      ]
    ),
    (
      "time,factor\n2024-02-30,1\n1718841600,1\n",
      [
        "demand.csv:2:1: expected a date such as '2024-06-20' or '2024-06-20T21:00:00Z'; found "
          + "'2024-02-30'",
        "demand.csv:3:1: expected a date such as '2024-06-20' or '2024-06-20T21:00:00Z'; found "
          + "'1718841600'",
      ]
    ),
  ])
  func whatIsWrongIsSaidWithItsLine(csv: String, expected: [String]) throws {
    #expect(try problems(csv) == expected)
  }

  @Test func aTraceThatIsNotThere() {
    #expect(
      Reading.problems("settlement.demand.trace: nowhere.csv") == [
        "test.yaml:1:26: settlement.demand.trace: 'nowhere.csv': cannot read the file: No such file or "
          + "directory"
      ])
    #expect(Reading.problems("settlement.demand.trace: none") == [])
  }
}
