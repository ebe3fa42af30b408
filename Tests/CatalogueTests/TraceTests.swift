import Catalogue
import EventKernel
import Foundation
import Settlement
import Testing

/// Demand that a file gives.
@Suite struct TraceTests {
  /// What a scenario says whose trace has this content, beside it in the same folder.
  private func resolve(_ csv: String) throws -> Result<ResolvedScenario, InvalidInput> {
    try Reading.inFolder { folder in
      try Data(csv.utf8).write(to: folder.appendingPathComponent("demand.csv"))
      let file = folder.appendingPathComponent("s.yaml")
      try Data("settlement.demand.trace: demand.csv\n".utf8).write(to: file)
      return Result { () throws(InvalidInput) in
        try Catalogue.builtIn.resolve(.read(.load(file.path)))
      }
    }
  }

  private func problems(_ csv: String) throws -> [String] {
    guard case .failure(let error) = try resolve(csv) else { return [] }
    return error.problems.map(\.description)
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

  /// Results name the content, so that another file is another result.
  @Test func theNameTellsTheContent() throws {
    let names = try ["0,1", "0,2"].map {
      try resolve("time_s,factor\n\($0)\n").get().scenario.settlement.demand.trace.name
    }
    #expect(names.allSatisfy { $0.hasPrefix("demand.csv sha256:") })
    #expect(names[0] != names[1])
  }

  @Test(arguments: [
    ("factor,time_s\n0,1\n", ["demand.csv:1:1: expected the header 'time_s,factor'"]),
    ("time_s,factor\n", ["demand.csv:2:1: expected at least one row"]),
    ("time_s,factor\n0,1,2\n", ["demand.csv:2:1: expected two numbers; found '0,1,2'"]),
    (
      "time_s,factor\n0,x\n-1,1\n1,-2\n5,1\n5,1\n",
      [
        "demand.csv:2:1: expected two numbers; found '0,x'",
        "demand.csv:3:1: expected a time from 0 s to 292 years; found '-1'",
        "demand.csv:4:1: expected a factor from 0 to 1000; found '-2'",
        "demand.csv:6:1: expected a time after that of the row before",
      ]
    ),
  ])
  func whatIsWrongIsSaidWithItsLine(csv: String, expected: [String]) throws {
    #expect(try problems(csv) == expected)
  }

  @Test func aTraceThatIsNotThere() {
    #expect(
      Reading.problems("settlement.demand.trace: nowhere.csv") == [
        "test.yaml:1:26: settlement.demand.trace: cannot read the trace 'nowhere.csv'"
      ])
    #expect(Reading.problems("settlement.demand.trace: none") == [])
  }
}
