import EventKernel
import Randomness
import Testing

/// A shuffled tie order changes ties and nothing else.
@Suite struct TieOrderTests {
  private static func log(_ tieOrder: TieOrder, times: Int64) -> [Firing] {
    var simulation = Simulation(Recorder(), tieOrder: tieOrder)
    for number in 0..<300 as Range<UInt32> {
      let token = Token(number, phase: UInt8(number % 2))
      simulation.scheduler.schedule(token, at: .ns(Int64(number) * 7 % times))
    }
    simulation.run()
    return simulation.model.log
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func everyEventFiresOnceInOrderOfTimeAndPhase(_ salt: UInt64) {
    let log = Self.log(.shuffled(salt: salt &* 0x0123_4567_89AB_CDEF), times: 5)
    #expect(log.map(\.number).sorted() == Array(0..<300))
    #expect(zip(log, log.dropFirst()).allSatisfy { ($0.time, $0.phase) <= ($1.time, $1.phase) })
  }

  @Test func aSaltNamesOneOrder() {
    let order = Self.log(.shuffled(salt: 1), times: 5)
    #expect(order == Self.log(.shuffled(salt: 1), times: 5))
    #expect(order != Self.log(.shuffled(salt: 2), times: 5))
    #expect(order != Self.log(.scheduling, times: 5))
  }

  @Test func withoutTiesASaltChangesNothing() {
    #expect(Self.log(.shuffled(salt: 3), times: 307) == Self.log(.scheduling, times: 307))
  }

  /// Each of three tied events comes first under a third of 3,000 random salts.
  ///
  /// Seed 1. H0: probability 1/3. False alarm 1e-6 each (|z| < 4.9). Detects a share off by 0.06.
  @Test func everyTiedEventHasTheSameChanceToBeFirst() {
    var stream = RandomStream(seed: 1, replication: 0, name: "salts")
    var first = [0, 0, 0]
    for _ in 0..<3000 {
      var simulation = Simulation(Recorder(), tieOrder: .shuffled(salt: stream.nextWord()))
      for number in 0..<3 as Range<UInt32> {
        simulation.scheduler.schedule(Token(number), at: .start)
      }
      simulation.run(events: 1)
      first[Int(simulation.model.numbers[0])] += 1
    }
    for count in first {
      #expect(abs(Double(count) - 1000) < 4.9 * (3000.0 * 2 / 9).squareRoot())
    }
  }

  /// Under one salt, half of 1,000 tied pairs of neighbours are turned round.
  ///
  /// Salts 0...9. H0: probability 1/2 per pair, independent. False alarm 1e-6 each (|z| < 4.9).
  /// Detects a share off by 0.15: a salt that is mostly first-in-first-out or mostly the reverse.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func oneSaltTurnsHalfOfAllPairsRound(_ salt: UInt64) {
    var simulation = Simulation(Recorder(), tieOrder: .shuffled(salt: salt))
    for number in 0..<2000 as Range<UInt32> {
      simulation.scheduler.schedule(Token(number), at: .ns(Int64(number / 2)))
    }
    simulation.run()
    let log = simulation.model.numbers
    let turned = stride(from: 0, to: 2000, by: 2).count { log[$0] > log[$0 + 1] }
    #expect(abs(Double(turned) - 500) < 4.9 * 250.0.squareRoot())
  }

  /// The executing event leaves a hole at the root; its child may rank before it among ties.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func aChildAtTheSameInstantStillFires(_ salt: UInt64) {
    var simulation = Simulation(
      Recorder { event, scheduler in
        if event.number < 50 { scheduler.schedule(Token(event.number + 1), after: .zero) }
      }, tieOrder: .shuffled(salt: salt))
    simulation.scheduler.schedule(Token(0), at: .ns(3))
    simulation.run()
    #expect(simulation.model.numbers == Array(0...50))
    #expect(simulation.scheduler.now == .ns(3))
  }
}
