import Randomness
import Testing

@testable import Rollup
@testable import Worlds

/// A ratio of compression that improves with the batch.
@Suite struct CompressionTests {
  private static func policy(_ ratio: Double, warmUp: UInt64) -> BatchPoster.Policy {
    var policy = Scenario.baseCase.rollup.poster
    policy.compressionRatio = ratio
    policy.compressionWarmUp = warmUp
    return policy
  }

  /// At the warm-up half of what large batches save is saved: of 1000 B 700 are left at 0.4.
  @Test func byHand() {
    let policy = Self.policy(0.4, warmUp: 1000)
    #expect(abs(policy.compressed(1000) - 700) < 1e-10)
    // 3000 · (0.4 + 0.6 / 4) = 1650.
    #expect(abs(policy.compressed(3000) - 1650) < 1e-10)
    #expect(policy.publishedBytes(rawBytes: 3001) == 1651 + 200)
    #expect(policy.compressed(0) == 0)
    // The first byte is not compressed, the last of very many is by 0.4.
    #expect(abs(policy.compressed(1) - 1) < 1e-3)
    #expect(abs(policy.compressed(1e12) / 0.4e12 - 1) < 1e-8)
    #expect(Self.policy(0.4, warmUp: 0).compressed(3000) == 1200)
  }

  private static let settings: [(ratio: Double, warmUp: UInt64)] = [
    (0.05, 0), (0.05, 500), (0.6, 1), (0.6, 500), (1, 77), (1.5, 500), (2, 0), (2, 2000),
  ]

  @Test(arguments: settings) func moreIsNeverLess(_ setting: (ratio: Double, warmUp: UInt64)) {
    let policy = Self.policy(setting.ratio, warmUp: setting.warmUp)
    for bytes in 0..<5000 as Range<UInt64> {
      #expect(policy.compressed(Double(bytes)) < policy.compressed(Double(bytes + 1)))
      #expect(
        policy.publishedBytes(rawBytes: bytes) <= policy.publishedBytes(rawBytes: bytes + 1))
      let back = policy.uncompressed(policy.compressed(Double(bytes)))
      #expect(abs(back - Double(bytes)) <= 1e-9 * Double(bytes))
    }
  }

  /// The room of an empty batch is the most that a search finds.
  @Test(arguments: settings) func roomIsTheMostThatFits(_ setting: (ratio: Double, warmUp: UInt64))
  {
    var policy = Self.policy(setting.ratio, warmUp: setting.warmUp)
    policy.overheadBytes = 20
    for limit in [21, 22, 50, 333, 1000, 2021] as [UInt64] {
      policy.maxBytes = limit
      var poster = BatchPoster(
        policy, of: .first, writingTo: .init(), StreamSource(seed: 1, replication: 0))
      var most: UInt64 = 0
      while policy.publishedBytes(rawBytes: most + 1) <= limit { most += 1 }
      #expect(poster.room == most, "\(limit)")
    }
  }

  /// Batches of a world are as full as the formula says.
  @Test func aWorldPublishesByIt() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.compressionRatio = 0.5
    scenario.rollup.poster.compressionWarmUp = 400
    // Four transactions of 100 B are 400 · 0.75 = 300 B, six 600 · 0.7 = 420 B, which is too much.
    let values = try scenario.measuredAll()
    #expect(values["batch_size_tx_mean"] == 4)
    #expect(values["batch_size_bytes_mean"] == 300)
  }
}
