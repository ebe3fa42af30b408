import EventKernel
import Testing

/// Seconds become ticks in one place, exactly.
@Suite struct SimTimeTests {
  @Test(
    arguments: [
      .nan, .signalingNaN, .infinity, -.infinity, -1, -1e-300, -5e-10, 9.3e9, 1e300,
    ] as [Double])
  func secondsThatAreNoDurationAreRejected(_ seconds: Double) {
    #expect(SimDuration(seconds: seconds) == nil)
  }

  @Test(
    arguments: [
      (0, 0), (-0.0, 0), (1, 1_000_000_000), (12, 12_000_000_000), (4e-10, 0), (5e-10, 1),
      (1.4e-9, 1), (1.5e-9, 2), (2.5e-9, 3), (1e9, 1_000_000_000_000_000_000),
      (0.49999999999999994e-9, 0),
    ] as [(Double, Int64)])
  func secondsRoundHalfUpToTheNanosecond(_ seconds: Double, _ nanoseconds: Int64) {
    #expect(SimDuration(seconds: seconds)?.nanoseconds == nanoseconds)
  }

  /// From 2^52 ns (52 days) a double holds no fractions: adding a half would round odd ticks up.
  @Test(arguments: [4_503_599_627_370_497, 4_503_599_627_370_499, 9_007_199_254_740_991])
  func longDurationsOfWholeNanosecondsStayAsTheyAre(_ nanoseconds: Int64) {
    #expect(SimDuration(seconds: Double(nanoseconds) / 1e9)?.nanoseconds == nanoseconds)
  }

  @Test func unitsAreWhatTheyAreCalled() {
    #expect(SimDuration.seconds(90).nanoseconds == 90_000_000_000)
    #expect(SimDuration.hours(2) == .seconds(7200))
    #expect(SimDuration.days(7) == .seconds(604_800))
    #expect(SimDuration.seconds(3).seconds == 3)
  }

  /// The nearest double, so that whole seconds print as such.
  @Test func secondsOfAWholeNumberAreThatNumber() {
    for count in 0..<2000 as Range<Int64> {
      #expect(SimDuration.seconds(count).seconds == Double(count))
      #expect((SimTime.start + .seconds(count)).seconds == Double(count))
    }
  }

  @Test func arithmeticIsExact() {
    let start = SimTime(nanoseconds: 5)
    let later = start + .days(10_000)
    #expect(later - start == .days(10_000))
    #expect(start - later == SimDuration(nanoseconds: -SimDuration.days(10_000).nanoseconds))
    #expect(SimDuration.ns(7) * 3 == .ns(20) + .ns(1))
    #expect(start < later && SimDuration.ns(1) < .ns(2))
  }
}
