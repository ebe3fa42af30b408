import Randomness
import Testing

@testable import Settlement

/// Blob base fees that are kept are those of the rule.
@Suite struct BlobFeeTableTests {
  private static let pectra = BlobFeeRule(
    target: 6, limit: 9, updateFraction: 5_007_716, hasReservePrice: false)

  /// Excess blob gas in a walk of 20,000 blocks, in which more values share a place than there are places, with a fork
  /// in the middle.
  @Test func feesAreThoseOfTheRule() {
    var stream = RandomStream(seed: 1, replication: 0, name: "excess")
    var table = BlobFeeTable()
    var excess: UInt64 = 100_000_000
    for block in 0..<20_000 {
      var rule = Self.pectra
      if block >= 10_000 { rule.updateFraction = 8_346_193 }
      excess = max(excess, 10_000_000) + stream.nextWord() % 1_572_864 - 786_432
      #expect(table.fee(at: excess, by: rule) == rule.baseFee(excess: excess))
      // Twice, so that what is kept is read as well.
      #expect(table.fee(at: excess, by: rule) == rule.baseFee(excess: excess))
    }
  }

  /// What has no fee in 64 bits has none when it is asked for again.
  @Test func anExcessWithoutAFeeHasNone() {
    var table = BlobFeeTable()
    let excess = 60 * Self.pectra.updateFraction
    #expect(table.fee(at: excess, by: Self.pectra) == nil)
    #expect(table.fee(at: excess, by: Self.pectra) == nil)
    #expect(table.fee(at: .max, by: Self.pectra) == nil)
  }
}
