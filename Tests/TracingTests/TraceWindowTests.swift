import EventKernel
import Testing
import Tracing

/// A trace of a part of a run, and the log of its events.
@Suite struct TraceWindowTests {
  private static let window = SimTime.start + .seconds(900)...SimTime.start + .seconds(1500)

  /// What had ended reads as in the whole trace; what had not is open.
  @Test(arguments: ["starknet", "arbitrum-nitro"])
  func aWindowIsAPartOfTheWhole(_ name: String) throws {
    var options = Trace.Options()
    options.window = Self.window
    let part = try Traced(name, options)
    let whole = Set(try Traced(name).table.split(separator: "\n"))
    #expect(part.trace.outcome == nil && part.trace.endedAt == Self.window.upperBound)
    let lines = part.table.split(separator: "\n")
    let open = lines.filter { $0.contains(",open,") }
    #expect(open.count > 2 && lines.count > 3 * open.count)
    #expect(lines.filter { !$0.contains(",open,") }.allSatisfy(whole.contains))
    for row in part.rows {
      #expect(row.time <= 1500 && row.end ?? 1500 >= 900)
    }
    let inside = try Traced(name).rows.filter { row in
      row.time <= 1500 && (row.end ?? row.time) >= 900
    }
    #expect(inside.filter { $0.end ?? $0.time <= 1500 }.count == lines.count - 1 - open.count)
  }

  @Test func aTraceThatIsTooLargeIsRefused() throws {
    var options = Trace.Options()
    options.limit = 1000
    let error = try #require(throws: Trace.TooLarge.self) { try Traced("starknet", options) }
    #expect(error.limit == 1000 && error.reachedAt > .start)
    options.limit = try Traced("starknet").trace.count + 100
    #expect(throws: Never.self) { try Traced("starknet", options) }
  }

  /// A line for each event of the run, in the order of time.
  @Test(arguments: ["starknet", "optimism-2022", "layers", "a service", "changes"])
  func theLogHasEveryEvent(_ name: String) throws {
    var text = ""
    let traced = try Traced(name, log: EventLog { text += $0 })
    let lines = text.split(separator: "\n")
    #expect(lines.first.map { $0 + "\n" } == EventLog.header[...])
    #expect(lines.count - 1 == traced.plain.events)
    let times = lines.dropFirst().compactMap {
      Double($0.split(separator: "\t", omittingEmptySubsequences: false)[0])
    }
    #expect(times.count == lines.count - 1 && zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(lines.contains { $0.contains("settlement.slot\t\t") && $0.contains("+slot ") })
    #expect(lines.contains { $0.contains("sequencer.seal\t") && $0.contains("+batch ") })
  }

  /// Only what lies in the window is logged, and a log that cannot be written ends the run.
  @Test func theLogKeepsToTheWindow() throws {
    var options = Trace.Options()
    options.window = Self.window
    var text = ""
    _ = try Traced("starknet", options, log: EventLog { text += $0 })
    let times = text.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: "\t").first.flatMap { Double($0) }
    }
    let (first, last) = (try #require(times.first), try #require(times.last))
    #expect(first >= 900 && last <= 1500)
    struct Full: Error {}
    let log = EventLog { if $0 != EventLog.header { throw Full() } }
    let traced = try Traced("starknet", log: log)
    #expect(log.failure is Full && traced.trace.outcome == nil)
  }
}
