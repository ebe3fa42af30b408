import Catalogue
import Testing
import Worlds

/// What each fork of Ethereum changed, against the values of the EIPs.
@Suite struct ForkScheduleTests {
  @Test(arguments: [
    ("merge", 0.0, 0.0), ("dencun", 3, 6), ("pectra", 6, 9), ("fusaka", 6, 9), ("bpo1", 10, 15),
    ("bpo2", 14, 21),
  ])
  func blobTargetsAndLimits(fork: String, target: Double, limit: Double) throws {
    let chain = try Self.chain(fork)
    #expect(chain.number("settlement.blob_target") == target)
    #expect(chain.number("settlement.blob_limit") == limit)
  }

  /// EIP-7594 lets a transaction have six blobs from Osaka on; before, as many as a block.
  @Test(arguments: [
    ("merge", 0.0), ("dencun", 0), ("pectra", 0), ("fusaka", 6), ("bpo1", 6), ("bpo2", 6),
  ])
  func blobsOfATransaction(fork: String, blobs: Double) throws {
    #expect(try Self.chain(fork).number("settlement.transaction_blobs") == blobs)
  }

  /// With the forks at their dates the rule holds from Fusaka on, and nine blobs are refused for it.
  @Test func blobsOfATransactionAtTheForksOfAChain() throws {
    let settlement = try Reading.resolve("settlement: ethereum-2025").scenario.settlement
    let rules = settlement.forks.rules(after: settlement.blobFee)
    #expect(rules.map(\.mostPerTransaction) == [9, 6, 6, 6])
  }

  @Test(arguments: [
    ("ethereum-pectra", []),
    (
      "ethereum-bpo2",
      [
        "poster.blobs_per_transaction: expected poster.blobs_per_transaction from 1 to the 6 blobs "
          + "that a transaction can have"
      ]
    ),
    (
      "ethereum-2025",
      Array(repeating: "expected room for poster.blobs_per_transaction", count: 3)
    ),
  ])
  func nineBlobsAreRefusedFromOsakaOn(chain: String, problems: [String]) {
    let found = Reading.problems(
      "{system: starknet, settlement: \(chain), poster.blobs_per_transaction: 9}")
    #expect(found.count == problems.count)
    for (problem, end) in zip(found, problems) { #expect(problem.hasSuffix(end)) }
  }

  @Test(arguments: [
    ("dencun", 3_338_477.0), ("pectra", 5_007_716), ("fusaka", 5_007_716), ("bpo1", 8_346_193),
    ("bpo2", 11_684_671),
  ])
  func updateFractions(fork: String, fraction: Double) throws {
    #expect(try Self.chain(fork).number("settlement.blob_update_fraction") == fraction)
  }

  /// EIP-7825 caps a transaction at 2^24 gas from Fusaka; before, the block is the limit.
  @Test(arguments: [
    ("merge", 30e6), ("dencun", 30e6), ("pectra", 36e6), ("fusaka", 16_777_216),
    ("bpo1", 16_777_216), ("bpo2", 16_777_216),
  ])
  func capOnTransactions(fork: String, gas: Double) throws {
    #expect(try Self.chain(fork).number("settlement.transaction_gas") == gas)
  }

  @Test(arguments: [
    ("merge", "no", "no"), ("dencun", "no", "no"), ("pectra", "yes", "no"),
    ("fusaka", "yes", "yes"), ("bpo1", "yes", "yes"), ("bpo2", "yes", "yes"),
  ])
  func calldataFloorAndReservePrice(fork: String, floor: String, reserve: String) throws {
    let chain = try Self.chain(fork)
    #expect(chain.value("settlement.calldata_floor") == .word(floor))
    #expect(chain.value("settlement.blob_reserve_price") == .word(reserve))
  }

  /// The instant stands in the preset as a number.
  @Test func datesAndUnixSecondsAreTheSame() throws {
    let written = try Reading.resolve(
      """
      settlement:
        chain: ethereum-2025
        starts_at: 2025-12-03T21:00:00Z
        forks.1: {time: 2025-12-03T21:49:11Z}
      """)
    let known = try Reading.resolve("settlement: ethereum-2025")
    #expect(written.scenario == known.scenario)
  }

  @Test(arguments: ["merge", "dencun", "pectra", "fusaka", "bpo1", "bpo2"])
  func whatNoForkChanged(fork: String) throws {
    let chain = try Self.chain(fork)
    #expect(chain.number("settlement.slot") == 12)
    #expect(chain.number("settlement.slots_per_epoch") == 32)
    #expect(chain.number("settlement.finality_epochs") == 3)
    #expect(chain.number("settlement.fee_elasticity") == 2)
    #expect(chain.number("settlement.fee_denominator") == 8)
  }

  private static func chain(_ fork: String) throws -> ResolvedScenario {
    try Reading.resolve("{settlement: ethereum-\(fork), poster.carrier: calldata}")
  }
}
