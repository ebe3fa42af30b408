import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Runs just below what can be sustained, and just above.
///
/// 1500 slots, of which 1 % are missed, each by itself; a transaction of 1000 B at regular times; nobody
/// else. A batch is thirty of them, so its size does not vary.
@Suite struct SustainedLoadTests {
  private static func run(
    target: UInt64, limit: UInt64, blobs: UInt64, load: Double
  ) throws -> [String: Double] {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.makeChainRoomy()
    scenario.settlement.missedSlots = 0.01
    scenario.settlement.blobFee.target = target
    scenario.settlement.blobFee.limit = limit
    for index in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[index].bytes = .constant(1000)
    }
    scenario.rollup.sequencer.blockInterval = SimDuration(nanoseconds: 250_000_000)
    scenario.rollup.poster.maxBytes = 30_000
    scenario.rollup.poster.bytesPerBlob = 30_000 / blobs
    scenario.rollup.poster.maxAge = .hours(2)
    scenario.horizon = .hours(5)
    let sustained = try #require(scenario.subject(0).sustainedData)
    scenario.rollup.workload.arrivals = .deterministic(rate: load * sustained)
    let values = try scenario.measuredAll(seed: 17)
    #expect(abs(try #require(values["throughput_utilisation_data"]) - load) < 1e-12)
    return values
  }

  /// By Dencun, with batches of three blobs: at 5 % more than the target the blob fee rises for as long as
  /// the run lasts, though blocks have room for twice the target; at 5 % less it stands at its least.
  ///
  /// Seed 17. H0: blobs come at the target times the load. The excess after 1500 slots then has the mean
  /// ±223 blobs, cut at zero, and the standard deviation 3 · √(1500 · 0.01 · 0.99) = 11.6 blobs, from the
  /// number of missed slots. 100 wei are an excess of 117 blobs: 9 deviations below the mean above; below
  /// the target it takes 39 steps of three blobs up, each a fifth as likely as one down. False alarm below
  /// 1e-15 each. Detects a sustained rate that is stated 8 % too high or 3 % too low.
  @Test func theBlobFeeRisesAboveTheTarget() throws {
    let below = try Self.run(target: 3, limit: 6, blobs: 3, load: 0.95)
    let above = try Self.run(target: 3, limit: 6, blobs: 3, load: 1.05)
    let fee = "market_blob_wei_per_gas_max"
    #expect(try #require(below[fee]) < 100)
    #expect(try #require(above[fee]) > 100)
    for values in [below, above] {
      // Batches do not gather: a block takes two.
      #expect(try #require(values["inclusion_delay_s_max"]) < 200)
    }
    let use = try #require(above["market_blob_use_share"])
    #expect(abs(use - 1.05) < 0.02)
  }

  /// By Pectra, with batches of five blobs: one of them goes into a block of nine, so at 5 % more they
  /// gather although the target is never reached; at 5 % less they do not.
  ///
  /// Seed 17. H0: a block takes one batch. After 1500 slots then 0.05 · 1485 = 74 batches wait, and the
  /// last one for about 850 s, with the standard deviation 3.9 batches or 47 s; below, what waits falls by
  /// a twentieth of a batch for each slot and a missed one adds one. 400 s are 9 deviations from the one,
  /// and thirty missed slots in a row from the other. False alarm below 1e-15 each. Detects a sustained
  /// rate that is stated 8 % too high or 3 % too low.
  @Test func batchesGatherWhereTheyDoNotFit() throws {
    let below = try Self.run(target: 6, limit: 9, blobs: 5, load: 0.95)
    let above = try Self.run(target: 6, limit: 9, blobs: 5, load: 1.05)
    #expect(try #require(below["inclusion_delay_s_max"]) < 400)
    #expect(try #require(above["inclusion_delay_s_max"]) > 400)
    for values in [below, above] { #expect(values["market_blob_wei_per_gas_max"] == 1) }
  }
}
