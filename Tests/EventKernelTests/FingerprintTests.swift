import EventKernel
import Testing

/// The trajectory fingerprint tells paths apart, and only paths.
@Suite struct FingerprintTests {
  private static func fingerprint(_ schedule: [(token: Token, time: Int64)]) -> UInt64 {
    var simulation = Simulation(Recorder())
    for (token, time) in schedule { simulation.scheduler.schedule(token, at: .ns(time)) }
    simulation.run()
    return simulation.scheduler.fingerprint.value
  }

  private static let base = fingerprint([(Token(1), 10), (Token(2), 20), (Token(3), 20)])

  @Test func equalRunsHaveEqualFingerprints() {
    #expect(Self.fingerprint([(Token(1), 10), (Token(2), 20), (Token(3), 20)]) == Self.base)
  }

  @Test func theOrderOfCallsDoesNotMatterWhereThePathIsTheSame() {
    #expect(Self.fingerprint([(Token(2), 20), (Token(3), 20), (Token(1), 10)]) == Self.base)
  }

  @Test func aSwapAmongTiesShows() {
    #expect(Self.fingerprint([(Token(1), 10), (Token(3), 20), (Token(2), 20)]) != Self.base)
  }

  @Test func aNanosecondShows() {
    #expect(Self.fingerprint([(Token(1), 11), (Token(2), 20), (Token(3), 20)]) != Self.base)
  }

  @Test func anotherEventShows() {
    #expect(Self.fingerprint([(Token(1), 10), (Token(2), 20), (Token(4), 20)]) != Self.base)
  }

  @Test func aMissingOrAnAdditionalEventShows() {
    let shorter: [(Token, Int64)] = [(Token(1), 10), (Token(2), 20)]
    #expect(Self.fingerprint(shorter) != Self.base)
    #expect(Self.fingerprint(shorter + [(Token(3), 20), (Token(0), 20)]) != Self.base)
    #expect(Self.fingerprint([]) == TrajectoryFingerprint().value)
  }

  /// One early bit must not be forgotten by the many events after it.
  @Test func anEarlyDifferenceSurvivesALongRun() {
    let tail = (0..<10_000 as Range<UInt32>).map { (token: Token($0), time: Int64($0) + 30) }
    var seen: Set<UInt64> = []
    for number in 0..<64 as Range<UInt32> {
      seen.insert(Self.fingerprint([(Token(number), 10)] + tail))
    }
    #expect(seen.count == 64)
  }

  /// Fingerprints are published with results, so the hash itself is a promise.
  ///
  /// The value was computed apart from the code, in Python.
  @Test func theHashIsFrozen() {
    #expect(Self.base == 0x9A74_633C_8E6A_BD64)
  }
}
