import EventKernel
import Foundation
import RareEvents
import Testing
import Worlds

/// The page EstimateARareEvent of the handbook: its code is that of this folder, line by line.
@Suite struct HowToTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  private static func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// The code that follows each line "```swift", without its imports.
  private static func blocks(of lines: [String]) -> [[String]] {
    lines.split(separator: "```swift").dropFirst().map { rest in
      rest.prefix { $0 != "```" }.filter { !$0.hasPrefix("import ") }
    }
  }

  @Test func everyBlockOfThePageIsCompiled() throws {
    let page = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Handbook/Handbook.docc/HowTo/EstimateARareEvent.md")
    let compiled = try ["MissedSlots.swift", "Backlog.swift", "HowToTests.swift"].map {
      try Self.lines(of: Self.folder.appendingPathComponent($0)).joined(separator: "\n")
    }
    let blocks = try Self.blocks(of: Self.lines(of: page))
    #expect(blocks.count == 4)
    for block in blocks {
      let text = block.joined(separator: "\n")
      #expect(compiled.contains { $0.contains(text) }, "\(text)")
    }
  }

  /// Six missed slots in a row of 50, 6.7e-7.
  ///
  /// Seed 1. H0: the exact probability. False alarm 1e-6 by Student's interval. Detects a factor of 2.5.
  @Test func whatThePagePrints() {
    let horizon = SimTime.start + .seconds(600)
    let levels = Splitting.pilotLevels(upTo: 6, horizon: horizon, seed: 1) {
      MissedSlots.start(share: 0.05, seed: $0, replication: $1)
    }

    let splitting = Splitting(levels: levels, trials: 500, horizon: horizon)
    let estimate = splitting.estimate(seed: 1, jobs: 2) {
      MissedSlots.start(share: 0.05, seed: $0, replication: $1)
    }
    print(estimate.probability, estimate.interval(confidence: 0.95), estimate.levelShares)

    let exact = MissedSlots.probability(of: 6, share: 0.05, slots: 50)
    let interval = estimate.interval(confidence: 1 - 1e-6)
    #expect(interval.low < exact && exact < interval.high)
    #expect(interval.high - interval.low < 3 * exact)
  }

  /// The model of a whole world: a rollup hands over a transaction right after each slot from slot 1 on,
  /// so seven wait when six slots in a row are missed.
  ///
  /// Seed 1. H0: the exact probability of six in a row among slots 2 to 20, 7.4e-3. False alarm 1e-6 by
  /// Student's interval. Detects 90 %.
  @Test func theWholeWorldOfThePage() throws {
    var scenario = Scenario.baseCase
    scenario.settlement.missedSlots = 0.3
    scenario.rollup.workload.arrivals = .deterministic(rate: 1.0 / 12)
    scenario.rollup.sequencer.sealing = .perTransaction
    scenario.rollup.poster.maxAge = .zero
    scenario.rollup.poster.carrier = .calldata
    let valid = try scenario.validated()
    let splitting = Splitting(
      levels: [3, 5, 7], trials: 100, horizon: MissedSlots.horizon(slots: 20))
    let estimate = splitting.estimate(seed: 1, jobs: 2) {
      Backlog.start(valid, seed: $0, replication: $1)
    }
    let exact = MissedSlots.probability(of: 6, share: 0.3, slots: 19)
    let interval = estimate.interval(confidence: 1 - 1e-6)
    #expect(interval.low < exact && exact < interval.high, "\(interval), \(exact)")
    #expect(interval.high < 1.9 * exact, "\(interval), \(exact)")
  }
}
