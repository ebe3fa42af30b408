import Queues
import Randomness
import Testing

/// Closed forms against values that were computed elsewhere, limits and each other.
@Suite struct ClosedFormTests {
  private static func expect(
    _ found: Double, _ known: Double, within tolerance: Double = 5e-7,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(found - known) <= tolerance, "\(found) \(known)", sourceLocation: sourceLocation)
  }

  /// The mean of a variable that is not negative, from the probability of more: the midpoint rule.
  private static func mean(through end: Double, _ survival: (Double) -> Double) -> Double {
    let step = end / 2000
    return (0..<2000).reduce(0) { $0 + step * survival((Double($1) + 0.5) * step) }
  }

  @Test func mm1() {
    let queue = ErlangC(arrivalRate: 0.8, meanService: 1)
    Self.expect(queue.meanWait, 4)
    Self.expect(queue.delayProbability, 0.8)
    // P(W > t) = ρ e^(−(µ − λ)t).
    Self.expect(queue.waitSurvival(10), 0.8 * 0.1353352832366127, within: 1e-12)
    Self.expect(queue.waitSurvival(queue.waitQuantile(0.95)), 0.05, within: 1e-12)
    #expect(queue.waitQuantile(0.15) == 0)
  }

  @Test func erlang() {
    Self.expect(ErlangC.blocking(load: 3, servers: 4), 0.2061068702, within: 5e-11)
    let queue = ErlangC(arrivalRate: 3, meanService: 1, servers: 4)
    Self.expect(queue.delayProbability, 0.5094339623, within: 5e-11)
    Self.expect(queue.meanWait, 0.5094339623, within: 5e-11)
    let pool = ErlangC(arrivalRate: 0.02, meanService: 120, servers: 4)
    Self.expect(pool.delayProbability, 0.2870431894, within: 5e-11)
    Self.expect(pool.meanWait, 21.52824, within: 5e-6)
  }

  @Test func lossQueues() {
    // (1 − ρ)ρ^K/(1 − ρ^(K + 1)) at ρ 0.8 and K 5; Erlang's B without a line.
    let queue = LossQueue(arrivalRate: 0.8, meanService: 1, capacity: 5)
    Self.expect(queue.lossShare, 0.2 * 0.32768 / (1 - 0.262144), within: 1e-15)
    let trunks = LossQueue(arrivalRate: 3, meanService: 1, servers: 4, capacity: 4)
    Self.expect(trunks.lossShare, ErlangC.blocking(load: 3, servers: 4), within: 1e-15)
  }

  @Test(arguments: [(0.0, 2.0), (0.25, 2.5), (1, 4), (2, 6), (4, 10)])
  func pollaczekKhinchine(square: Double, wait: Double) {
    let service: Distribution =
      square == 0
      ? .constant(1)
      : square < 1
        ? .gamma(mean: 1, cv: square.squareRoot())
        : .hyperexponential(mean: 1, cv: square.squareRoot())
    Self.expect(
      PollaczekKhinchine(arrivalRate: 0.8, service: service).meanWait, wait, within: 1e-12)
  }

  @Test func md1() {
    let queue = Crommelin(arrivalRate: 0.8, service: 1)
    Self.expect(queue.meanWait, 2)
    for (time, share) in [(0, 0.2), (1, 0.445108), (5, 0.899503)] as [(Double, Double)] {
      Self.expect(queue.waitCumulative(time), share)
    }
    // Before D nobody else has been served: (1 − ρ)e^(λt).
    Self.expect(queue.waitCumulative(0.5), 0.2 * 1.4918246976412703, within: 1e-12)
    Self.expect(queue.waitCumulative(queue.waitQuantile(0.95)), 0.95, within: 1e-9)
    let light = Crommelin(arrivalRate: 0.5, service: 1)
    Self.expect(Self.mean(through: 25) { 1 - light.waitCumulative($0) }, 0.5, within: 1e-5)
  }

  @Test func cobham() {
    let queue = PriorityQueue(classes: [
      .init(arrivalRate: 0.2, service: .exponential(mean: 1)),
      .init(arrivalRate: 0.5, service: .exponential(mean: 1)),
    ])
    Self.expect(queue.expectedWaits[0], 0.875)
    Self.expect(queue.expectedWaits[1], 2.916667)
  }

  /// One server as above; several serve the same work in another order, so the mean over all is Erlang's.
  @Test func cobhamWithServers() {
    let one = ErlangC(arrivalRate: 0.7, meanService: 1).expectedWaits(byPriority: [0.2, 0.5])
    Self.expect(one[0], 0.875)
    Self.expect(one[1], 2.916667)
    let pool = ErlangC(arrivalRate: 3, meanService: 1, servers: 4)
    let waits = pool.expectedWaits(byPriority: [0.5, 1, 1.5])
    Self.expect((0.5 * waits[0] + waits[1] + 1.5 * waits[2]) / 3, pool.meanWait, within: 1e-12)
  }

  @Test func exponentials() {
    Self.expect(
      TandemQueue.expectedSojourn(arrivalRate: 0.5, meanServices: [1, 1.25]), 16.0 / 3)
    Self.expect(FanOut.expectedDuration(tasks: 8, mean: 1), 2.717857)
  }

  @Test func sizeOrTimer() {
    let queue = BatchQueue(arrivalRate: 0.5, size: 50, timer: 60)
    Self.expect(queue.expectedSize, 30.998815)
    Self.expect(queue.expectedWait, 30.965009)
    Self.expect(queue.expectedInterval, 61.997630)
  }

  /// Size alone has the mean wait (N − 1)/(2λ), timer alone the size 1 + λT and the mean wait
  /// (T + λT²/2)/(1 + λT).
  @Test func sizeAloneAndTimerAlone() {
    let size = BatchQueue(arrivalRate: 0.5, size: 50, timer: 1e6)
    Self.expect(size.expectedSize, 50, within: 1e-10)
    Self.expect(size.expectedWait, 49, within: 1e-10)
    let timer = BatchQueue(arrivalRate: 0.5, size: 500, timer: 60)
    Self.expect(timer.expectedSize, 31, within: 1e-10)
    Self.expect(timer.expectedWait, 960.0 / 31, within: 1e-10)
    #expect(BatchQueue(arrivalRate: 0.5, size: 1, timer: 60).expectedWait == 0)
  }

  /// The mean of the distribution is the mean from the state of the batch, derived in another way; of
  /// two, the first waits for the second: P(W > t) = e^(−λt)/(2 − e^(−λT)).
  @Test func waitsForABatch() {
    let queue = BatchQueue(arrivalRate: 0.8, size: 50, timer: 60)
    Self.expect(
      Self.mean(through: 60, queue.waitSurvival), queue.expectedWait, within: 2e-3)
    Self.expect(queue.waitSurvival(queue.waitQuantile(0.95)), 0.05, within: 1e-12)
    #expect(queue.waitSurvival(60) == 0)
    let pair = BatchQueue(arrivalRate: 1, size: 2, timer: 1)
    Self.expect(pair.waitSurvival(0.5), 0.6065306597126334 / 1.6321205588285577, within: 1e-14)
  }

  /// E[X] by the zeros, and the mean of the delays by Little's law from it.
  @Test func slots() {
    let queue = SlotQueue(arrivalsPerSlot: 5, capacity: 6, slot: 12)
    Self.expect(queue.expectedWaiting, 6.527005)
    let delays = queue.delays
    Self.expect(Self.mean(through: 600, delays.survival), queue.expectedDelay, within: 1e-4)
    Self.expect(delays.survival(delays.quantile(0.95)), 0.05, within: 1e-12)
    // With room for all, a delay is uniform.
    let wide = SlotQueue(arrivalsPerSlot: 5, capacity: 60, slot: 12).delays
    Self.expect(wide.survival(9), 0.25, within: 1e-12)
  }
}
