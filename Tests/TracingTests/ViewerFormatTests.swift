import Foundation
import Testing

/// The trace for viewers keeps to the Trace Event Format, so that they show all of it.
@Suite struct ViewerFormatTests {
  private struct Thread: Hashable {
    let process: Int
    let thread: Int
  }

  /// A slice, in whole nanoseconds.
  private struct Slice {
    let begin: Int
    let end: Int
  }

  private static func nanoseconds(_ value: Any?) throws -> Int {
    let micros = try #require(value as? Double)
    return Int((micros * 1000).rounded())
  }

  private static func thread(_ event: [String: Any]) throws -> Thread {
    Thread(
      process: try #require(event["pid"] as? Int), thread: try #require(event["tid"] as? Int))
  }

  @Test(arguments: Traced.names)
  func everyEventIsWhole(_ name: String) throws {
    let events = try Traced(name).viewerEvents()
    var slices: [Thread: [Slice]] = [:]
    var named: Set<Thread> = []
    for event in events {
      let phase = try #require(event["ph"] as? String)
      let thread = try Self.thread(event)
      let begin = try Self.nanoseconds(event["ts"])
      #expect(begin >= 0 && event["name"] is String)
      switch phase {
      case "X":
        let duration = try Self.nanoseconds(event["dur"])
        #expect(duration >= 0)
        slices[thread, default: []].append(Slice(begin: begin, end: begin + duration))
      case "M":
        if event["name"] as? String == "thread_name" {
          #expect(named.insert(thread).inserted, "a thread has one name")
        }
      case "i", "C", "s", "t", "f": break
      default: Issue.record("an event of phase \(phase)")
      }
    }
    #expect(Set(slices.keys).isSubset(of: named))
    #expect(Set(named.map(\.thread)).count == named.count, "numbers of threads are unique")
    for slices in slices.values { Self.expectNested(slices) }
    try Self.expectFlows(events, slices)
  }

  /// In the order of the file each slice lies within the one that is open, or behind it.
  private static func expectNested(_ slices: [Slice]) {
    var open: [Slice] = []
    var last = 0
    let stray = slices.first { slice in
      defer {
        last = slice.begin
        open.append(slice)
      }
      while let top = open.last, top.end <= slice.begin { open.removeLast() }
      return slice.begin < last || open.last.map { $0.end < slice.end } ?? false
    }
    #expect(stray == nil, "lies across \(open.dropLast())")
  }

  /// Each flow has a start and then an end, in the order of time, and every step lies in a slice.
  private static func expectFlows(_ events: [[String: Any]], _ slices: [Thread: [Slice]]) throws {
    var phases: [Int: String] = [:]
    var times: [Int: Int] = [:]
    for event in events {
      guard let phase = event["ph"] as? String, "stf".contains(phase) else { continue }
      let id = try #require(event["id"] as? Int)
      let time = try nanoseconds(event["ts"])
      #expect(time >= times[id] ?? 0)
      times[id] = time
      phases[id, default: ""] += phase
      let around = slices[try thread(event)]?.contains { $0.begin <= time && time <= $0.end }
      #expect(around == true, "a step of flow \(id) at \(time) ns lies in no slice")
    }
    #expect(phases.count > 2)
    for (id, phases) in phases {
      #expect(phases.wholeMatch(of: /st*f/) != nil, "flow \(id): \(phases)")
    }
  }

  /// What a flow of a batch passes, in order, from its blocks to its withdrawals.
  @Test func aFlowFollowsABatch() throws {
    let events = try Traced("zksync-era").viewerEvents()
    let steps = try Self.steps(of: "batch 3 of rollup", events)
    // The witness is begun before the data is in a block, and the state is executed after its proof.
    let proved = [
      "witness", "inclusion", "proof_queue", "proving", "slot", "finality", "aggregation",
      "inclusion",
      "slot", "finality", "claim_delay", "inclusion", "slot", "finality", "inclusion",
      "withdrawal_delay", "slot", "finality",
    ]
    #expect(steps == ["batch"] + proved)
    let ofTransaction = try Self.steps(of: "transaction 0 of batch 3 of rollup", events)
    #expect(ofTransaction == ["transaction", "l2_block", "batch"] + proved)
  }

  /// The kinds of the slices that begin where a flow has its steps.
  private static func steps(of name: String, _ events: [[String: Any]]) throws -> [String] {
    let slices = events.filter { $0["ph"] as? String == "X" }
    return try events.filter {
      $0["name"] as? String == name && "stf".contains($0["ph"] as? String ?? "-")
    }.map { step in
      let around = slices.last {
        $0["tid"] as? Int == step["tid"] as? Int && $0["ts"] as? Double == step["ts"] as? Double
      }
      return try #require(around?["cat"] as? String)
    }
  }

  @Test(arguments: ["layers", "a service"]) func twiceIsTheSame(_ name: String) throws {
    let (first, second) = (try Traced(name), try Traced(name))
    #expect(first.viewerText == second.viewerText)
    #expect(first.table == second.table)
  }
}
