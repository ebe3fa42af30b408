import Queues
import Statistics
import Testing

/// The kernel against queues with closed forms, before any chain is built on it.
///
/// Here are distributions and what else is no row of `rollsim validate`, which has the means of M/G/1,
/// priorities, tandem and fan-out.
///
/// Thirty replications of each at seed 1, from an empty queue with a warm-up of more than twenty
/// relaxation times 1/(cµ(1 − √ρ)²). H0: the expectation is that of the closed form. False alarm 1e-6
/// each, by Student's interval over the replications, whose means are normal in good approximation.
/// An error of the width that is allowed is certainly seen.
@Suite struct QueueSimulationTests {
  /// - Parameters:
  ///   - known: values and the widths that their intervals may have, as a share of the value.
  ///   - simulate: the same values in one replication.
  private static func expect(
    _ known: [(value: Double, width: Double)], sourceLocation: SourceLocation = #_sourceLocation,
    _ simulate: (RunPlan) -> [Double?]
  ) throws {
    var tallies = known.map { _ in Tally() }
    for replication in 0..<30 as Range<UInt64> {
      let plan = RunPlan(customers: 4000, warmUp: 1000, seed: 1, replication: replication)
      for (place, value) in simulate(plan).enumerated() {
        try tallies[place].record(#require(value))
      }
    }
    for (tally, (value, width)) in zip(tallies, known) {
      let found = try #require(ConfidenceInterval(meanOf: tally, confidence: 1 - 1e-6))
      #expect(
        found.low < value && value < found.high, "\(found) \(value)",
        sourceLocation: sourceLocation)
      #expect(found.high - found.low < width * value, sourceLocation: sourceLocation)
    }
  }

  @Test func mm1() throws {
    let known = ErlangC(arrivalRate: 0.7, meanService: 1)
    try Self.expect([(known.meanWait, 0.25), (known.waitQuantile(0.9), 0.25)]) {
      let waits = known.queue.waits($0)
      return [waits.meanSeconds, waits.quantileSeconds(0.9)]
    }
  }

  @Test func md1() throws {
    let known = Crommelin(arrivalRate: 0.7, service: 1)
    try Self.expect([(known.meanWait, 0.25), (known.waitQuantile(0.9), 0.25)]) {
      let waits = known.queue.waits($0)
      return [waits.meanSeconds, waits.quantileSeconds(0.9)]
    }
  }

  @Test func mm4() throws {
    let known = ErlangC(arrivalRate: 3, meanService: 1, servers: 4)
    try Self.expect([(known.meanWait, 0.4), (known.waitQuantile(0.9), 0.4)]) {
      let waits = known.queue.waits($0)
      return [waits.meanSeconds, waits.quantileSeconds(0.9)]
    }
  }

  /// The same waits as one series.
  @Test func aSeriesHasTheMeanOfItsWaits() throws {
    let queue = ErlangC(arrivalRate: 0.7, meanService: 1).queue
    let plan = RunPlan(customers: 4096, warmUp: 1000, seed: 1, replication: 0)
    let series = queue.waitSeries(plan)
    // A power of two leaves nothing over.
    #expect(series.size * series.tally.count == 4096)
    let mean = try #require(queue.waits(plan).meanSeconds)
    #expect(abs(series.tally.mean / mean - 1) < 1e-12)
  }

  @Test func lossFromTwoServersWithFivePlaces() throws {
    let known = LossQueue(arrivalRate: 2, meanService: 1, servers: 2, capacity: 5)
    try Self.expect([(known.lossShare, 0.18)]) { [known.queue.lossShare($0)] }
  }

  /// Brute force for the derivation of the distribution of waits.
  @Test func batchesBySizeOrTimer() throws {
    let queue = BatchQueue(arrivalRate: 0.8, size: 50, timer: 60)
    try Self.expect([
      (queue.expectedSize, 0.025), (queue.expectedInterval, 0.025), (queue.expectedWait, 0.035),
      (queue.waitQuantile(0.9), 0.025),
    ]) {
      let record = queue.record(batches: 100, $0)
      return [
        record.sizes.mean, record.intervals.mean, record.waits.meanSeconds,
        record.waits.quantileSeconds(0.9),
      ]
    }
  }

  @Test func slotsOfFixedCapacity() throws {
    let queue = SlotQueue(arrivalsPerSlot: 4, capacity: 6, slot: 12)
    try Self.expect([
      (queue.expectedWaiting, 0.1), (queue.expectedDelay, 0.1), (queue.delays.quantile(0.9), 0.1),
    ]) {
      let record = queue.record($0)
      return [
        record.waiting.mean, record.delays.meanSeconds, record.delays.quantileSeconds(0.9),
      ]
    }
  }
}
