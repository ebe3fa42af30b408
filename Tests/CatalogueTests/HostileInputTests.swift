import Catalogue
import Foundation
import Testing

/// Files that once ended the process or kept it busy.
@Suite struct HostileInputTests {
  #if DEBUG
  // Without optimisation and beside other tests the same work takes several times as long.
  private static let patience = 10.0
  #else
  private static let patience = 2.0
  #endif

  /// What is wrong with a text, and that saying so takes at most two seconds of optimised work.
  private func problems(
    _ yaml: String, _ location: SourceLocation = #_sourceLocation
  ) -> [String] {
    let start = clock()
    let problems = Reading.problems(yaml)
    #expect(clock() - start < Self.patience, sourceLocation: location)
    return problems
  }

  /// Processor time of this thread [s]: other tests run beside this one.
  private func clock() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// No blobs in no time are no flow of data, and no flow times none is no number.
  @Test func whatIsNoNumberIsNoMessage() {
    let found = problems(
      "{settlement.slot: 0 s, settlement.blob_target: 0, settlement.blob_limit: 0, "
        + "neighbours.large.count: 1}")
    #expect(
      found.contains {
        $0.hasSuffix("at most the 0.0 blobs/s that blocks carry; found 0.079 blobs/s")
      })
    #expect(
      problems("{neighbours.small.data_rate: 1e308 MB/s, neighbours.large.count: 1}") == [
        "test.yaml:1:30: neighbours.small.data_rate: expected at most 1e18 B/s; found '1e308 MB/s'"
      ])
  }

  @Test func slotsUntilFinalityBeyond64Bits() {
    #expect(
      problems("{settlement.slots_per_epoch: 1e15, settlement.finality_epochs: 1e15}") == [
        "test.yaml:1:30: settlement.slots_per_epoch: expected from 1 to 1,000,000",
        "test.yaml:1:64: settlement.finality_epochs: expected from 1 to 1,000,000",
      ])
  }

  /// Advice for each of them took a time that grew with their number.
  @Test func thousandsOfUnknownKeys() {
    let keys = (0..<5000).map { "settlement.blob_demand.congestion_\($0): 1\n" }.joined()
    #expect(problems(keys).count == 200)
    #expect(problems("poster: {" + (0..<5000).map { "k\($0): 1, " }.joined() + "}").count == 200)
    let entries = (0..<5000).map { "  k\($0): 1\n" }.joined()
    let error = #expect(throws: InvalidInput.self) {
      try Preset.read(.parse("system: a\nparameters:\n" + entries, file: "test.yaml"))
    }
    #expect(error?.problems.count == 200)
  }

  /// The parser takes a time that grows with the square of the anchors.
  @Test func thousandsOfAnchors() {
    let anchors = (0..<5000).map { "k\($0): &a\($0) 1\n" }.joined()
    #expect(problems(anchors) == ["test.yaml: more than 100 YAML anchors; write the values out"])
  }

  /// A few aliases of much are as bad as many of little: as a key, all copies are looked at.
  @Test func fewAliasesOfALongList() {
    var text = "a: &a [" + String(repeating: "1,", count: 20_000) + "]\n"
    for (one, next) in zip("abcde", "bcdef") {
      text += "\(next): &\(next) [*\(one), *\(one), *\(one)]\n"
    }
    text += "? [*f]\n: 1\n"
    #expect(problems(text) == ["test.yaml: more than 12 YAML aliases; write the values out"])
  }

  @Test func aKeyThatAppearsThousandsOfTimes() {
    #expect(
      problems(String(repeating: "horizon: 3 h\n", count: 5000))
        == ["test.yaml:1:1: a key appears twice: horizon"])
    let keys = (0..<2000).map { "k\($0): 1\nk\($0): 1\n" }.joined()
    #expect(problems(keys) == ["test.yaml:1:1: a key appears twice: k0, k1, k10, k100, k1000"])
  }

  @Test func longScalars() throws {
    let long = String(repeating: "1", count: 500_000)
    for value in [long, long + " s", "a" + String(repeating: "\u{0301}", count: 200_000)] {
      let found = problems("poster.max_age: \(value)")
      #expect(found.count == 1 && found.allSatisfy { $0.utf8.count < 500 })
    }
    let found = problems("? \(String(repeating: "a.", count: 200_000))\n: 1")
    #expect(found.count == 1 && found.allSatisfy { $0.utf8.count < 500 })
  }

  @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
  func nestingToTheLimitAndBeyond(left: String, right: String) {
    for depth in [900, 5000] {
      let text =
        String(repeating: left, count: depth) + "a" + String(repeating: right, count: depth)
      #expect(problems(text).count == 1, "\(depth)")
      #expect(problems("horizon:\n  " + text).count == 1, "\(depth)")
    }
  }

  /// The middle of such a range would be infinite.
  @Test func aRangeOverMoreThanNumbersReach() {
    let preset = """
      system: a
      parameters: {poster.gas: {range: [1e-300 gas, 1e18 gas], flag: unknown}}
      """
    let error = #expect(throws: InvalidInput.self) {
      try Preset.read(.parse(preset, file: "test.yaml"))
    }
    #expect(error?.problems.first?.message == "expected two increasing positive bounds [low, high]")
  }

  /// Nobody may ever write into it.
  @Test func aPipeInPlaceOfATrace() throws {
    try Reading.inFolder { folder in
      let pipe = folder.appendingPathComponent("pipe")
      #expect(mkfifo(pipe.path, 0o600) == 0)
      #expect(
        problems("settlement.demand.trace: \(pipe.path)") == [
          "test.yaml:1:26: settlement.demand.trace: '\(pipe.path)' is no regular file"
        ])
    }
  }
}
