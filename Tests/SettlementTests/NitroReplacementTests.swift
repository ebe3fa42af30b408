import EventKernel
import Settlement
import Testing

/// Transactions of Nitro's data poster on a chain whose prices stay.
///
/// Blocks come at 12, 24, … s.
@Suite struct NitroReplacementTests {
  private static let gwei: UInt64 = 1_000_000_000

  private static func chain(fee: UInt64, blobFee: UInt64 = 1) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum(initialBaseFee: fee * gwei)
    policy.executionFee.kind = .constant
    policy.initialBlobBaseFee = blobFee * gwei
    // A target of zero blobs: the fee never falls.
    policy.blobFee.target = 0
    return policy
  }

  private static func transaction(
    _ kind: SettlementTransaction.Kind, gas: UInt64 = 100_000, blobs: UInt64 = 0,
    dataSince: SimTime? = nil, maxPending: Int = 18
  ) -> SettlementTransaction {
    var transaction = SettlementTransaction.sample(
      kind, gas: gas, blobs: blobs, maxPending: maxPending)
    transaction.dataSince = dataSince
    transaction.bid.capRule = .nitro
    transaction.bid.replacementRule = .nitro
    return transaction
  }

  /// When each is included, and with how many replacements.
  private static func included(
    _ transactions: [SettlementTransaction], _ policy: SettlementPolicy, slots: Int = 160,
    at instant: SimTime = .start
  ) -> [(seconds: Double, replacements: Int)] {
    ChainDriver.run(
      policy, slots: slots, submitting: transactions,
      at: transactions.map { _ in instant }
    ).model.slots.flatMap(\.receipts).map { ($0.includedAt.seconds, $0.replacements) }
  }

  /// A claim begins at 60 gwei, and is replaced for 10 percent more.
  ///
  /// At 300 s it could be 62.5 gwei, which is not 10 percent more, and so on every
  /// minute until 480 s, where it could be 66.4 gwei. For 67 gwei it waits a minute longer, for 68.1 gwei.
  @Test(arguments: [(60, 12, 0), (65, 480, 1), (67, 540, 1)] as [(UInt64, Double, Int)])
  func aClaimThatIsReplacedRisesTenPercent(
    _ fee: UInt64, _ expected: Double, _ replacements: Int
  ) throws {
    let result = Self.included([Self.transaction(.stateClaim)], Self.chain(fee: fee))
    #expect(try #require(result.first) == (expected, replacements))
  }

  /// A replacement that a block would not take now is not sent, so there is one alone: 60 + 10·(t / 10 min)²
  /// gwei reach 300 at √24·10 min = 2939.4 s, and a minute is full at 2940 s.
  @Test func whatABlockWouldNotTakeIsNotSent() throws {
    let result = Self.included([Self.transaction(.stateClaim)], Self.chain(fee: 300), slots: 300)
    #expect(try #require(result.first) == (2940, 1))
  }

  /// A bound that is less than the blob costs is no bid that a block takes, however cheap gas is.
  ///
  /// 200,000 gas and a blob count as 2,280,768 gas: 60 gwei each are 136,846,080 gwei, but the blob alone
  /// costs 2000·131,072 = 262,144,000 gwei, though gas is 1 gwei. To be worth twice the first bid the bound
  /// has to be 120 gwei, at √6·10 min = 1469.7 s: it is looked at again at 1500 s.
  @Test func aBlobTransactionWaitsForItsShareOfTheBound() throws {
    let transaction = Self.transaction(.data, gas: 200_000, blobs: 1)
    let dear = Self.included([transaction], Self.chain(fee: 1, blobFee: 2000))
    #expect(try #require(dear.first) == (1500, 1))
    // 1000 gwei cost 131,072,000 gwei, with gas 131,272,000.
    let cheap = Self.included([transaction], Self.chain(fee: 1, blobFee: 1000))
    #expect(try #require(cheap.first) == (12, 0))
  }

  /// Blobs pay for execution: 1300 gwei for 200,000 gas are more than 60 gwei for each, but less than 60 gwei
  /// for what counts as 14,684,608 gas with six blobs.
  @Test func blobsLetGasCostMoreThanTheBoundOfGas() throws {
    let result = Self.included(
      [Self.transaction(.data, gas: 200_000, blobs: 6)], Self.chain(fee: 1300))
    #expect(try #require(result.first) == (12, 0))
  }

  /// The age is that of the data.
  ///
  /// Handed over at 3600 s with data from the beginning, 60 + 10·6² = 420 gwei
  /// are bid at once; without that it waits.
  @Test func theAgeCountsFromTheData() throws {
    let handedOver = SimTime.start + .seconds(3600)
    let old = Self.included(
      [Self.transaction(.data, dataSince: .start)], Self.chain(fee: 400), slots: 320,
      at: handedOver)
    #expect(try #require(old.first) == (3600, 0))
    let new = Self.included(
      [Self.transaction(.data)], Self.chain(fee: 400), slots: 320, at: handedOver)
    #expect(new.isEmpty)
  }

  /// What waits behind raises the bound: (2q)² gwei.
  ///
  /// Of five at 100 gwei, the first has four behind it and
  /// bids 64 + 62.5 gwei at 300 s; the second bids 36 + 63.6 at 360 s, 36 + 64.9 at 420 s; the third needs
  /// 24 gwei of age, 929.5 s, and is looked at at 960 s; the fourth 36, 1138.4 s, at 1140 s; the last 40,
  /// 1200 s. Claims have no queue: each waits until 1200 s.
  @Test func theBacklogRaisesTheBoundOfData() {
    let data = Self.included(
      Array(repeating: Self.transaction(.data), count: 5), Self.chain(fee: 100))
    #expect(data.map(\.seconds) == [300, 420, 960, 1140, 1200])
    let claims = Self.included(
      Array(repeating: Self.transaction(.stateClaim), count: 5), Self.chain(fee: 100))
    #expect(claims.map(\.seconds) == [1200, 1200, 1200, 1200, 1200])
  }

  /// Blobs weigh: of three transactions with two blobs each, the first has four behind it, and at 300 s bids
  /// 64 + 62.5 gwei for each of 14,161,536 gas, which is 179.1 gwei for each of 10^7. With two behind it, 16
  /// + 62.5 gwei would be 111.2.
  @Test func aBacklogIsCountedInBlobs() throws {
    let transaction = Self.transaction(.data, gas: 10_000_000, blobs: 2)
    let result = Self.included(
      Array(repeating: transaction, count: 3), Self.chain(fee: 170, blobFee: 0), slots: 60)
    #expect(try #require(result.first) == (300, 1))
  }

  /// Nodes keep one transaction: the second is sent once the first is in a block, and replaced 5 min after
  /// that.
  ///
  /// At 100 gwei the first, with one behind it, bids 4 + 96.1 gwei at 1140 s. The second is sent for the
  /// block of 1152 s at 96.9 gwei, and at 1452 s bids 118.6 gwei.
  @Test func whatNodesDoNotKeepIsSentLater() {
    let one = Self.transaction(.data, maxPending: 1)
    let result = Self.included([one, one], Self.chain(fee: 100))
    #expect(result.map(\.seconds) == [1140, 1452])
    #expect(result.map(\.replacements) == [1, 1])
  }
}
