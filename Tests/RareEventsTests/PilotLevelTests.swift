import EventKernel
import Testing

@testable import RareEvents

/// Levels that a pilot run finds.
@Suite struct PilotLevelTests {
  private static func pilot(upTo top: Double, slots: Int) -> [Double] {
    Splitting.pilotLevels(
      upTo: top, share: 0.15, trials: 200, horizon: MissedSlots.horizon(slots: slots), seed: 1
    ) { MissedSlots.start(share: 0.2, seed: $0, replication: $1) }
  }

  /// Each level is reached by at least 15 % of the paths, or the next one is reached by fewer.
  @Test func levelsRiseToTheTop() {
    let levels = Self.pilot(upTo: 8, slots: 60)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 })
    // 3 in a row among 60 have 0.32 and 4 have 0.076; from then on each has about 0.2.
    #expect(levels == [3, 4, 5, 6, 7, 8])
    #expect(levels == Self.pilot(upTo: 8, slots: 60))
  }

  @Test func whatNoPathReachesEndsAtTheTop() {
    let levels = Self.pilot(upTo: 50, slots: 6)
    #expect(levels.last == 50 && levels.dropLast().allSatisfy { $0 <= 6 })
  }

  @Test func whatIsReachedAtOnceNeedsNoLevels() {
    #expect(Self.pilot(upTo: 0, slots: 6) == [0])
    #expect(Self.pilot(upTo: 1, slots: 60) == [1])
  }

  @Test func aLevelIsAQuantileOfTheHighest() {
    let highest = [0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    #expect(Splitting.level(of: highest, share: 0.2, above: nil) == 8)
    #expect(Splitting.level(of: highest, share: 0.2, above: 7.5) == 8)
    #expect(Splitting.level(of: highest, share: 0.5, above: 7.5) == 8)
    #expect(Splitting.level(of: highest, share: 0.01, above: 3) == 9)
    #expect(Splitting.level(of: highest, share: 0.2, above: 9) == nil)
  }
}
