import EventKernel
import Ledger
import Randomness
import Settlement
import Testing

/// What holds in every block however hard everybody presses.
@Suite struct BlockLimitTests {
  /// Four random transactions a slot, of all kinds and sizes, against volatile demand of others.
  private static func pressed(load: Double, seed: UInt64) -> Simulation<ChainDriver> {
    var stream = RandomStream(seed: seed, replication: 0, name: "pressure")
    let kinds = SettlementTransaction.Kind.allCases
    let transactions = (0..<4000).map { index in
      let kind = kinds[Int(stream.nextWord() % UInt64(kinds.count))]
      return SettlementTransaction.sample(
        kind, index, gas: 21_000 + stream.nextWord() % 16_000_000,
        blobs: kind == .data || kind == .dataPart ? stream.nextWord() % 7 : 0,
        tip: stream.nextWord() % 2_000_000_000)
    }
    return ChainDriver.run(
      .ethereum(
        missedSlots: 0.05, load: load, volatility: 0.5, elasticity: 0.3, meanTip: 500_000_000),
      slots: 1000, seed: seed, submitting: transactions,
      at: (0..<4000).map { .start + .seconds(Int64($0) * 3) })
  }

  /// Our gas and blobs keep the limits; the fees rise no faster than a full block lets them, so
  /// neither does the whole block exceed a limit; and what we use counts towards them.
  @Test(arguments: [0, 0.5, 1, 3, 100], [1, 2] as [UInt64])
  func noBlockExceedsItsLimits(_ load: Double, _ seed: UInt64) throws {
    let simulation = Self.pressed(load: load, seed: seed)
    let policy = SettlementPolicy.ethereum()
    let slots = simulation.model.slots
    let overflow = simulation.model.chain.feeOverflow
    #expect(!overflow)
    #expect(slots.contains { !$0.receipts.isEmpty })
    for (slot, next) in zip(slots, slots.dropFirst()) where slot.hasBlock {
      let gas = slot.receipts.reduce(0) { $0 + $1.transaction.gas }
      let blobs = slot.receipts.reduce(0) { $0 + $1.transaction.blobs }
      #expect(gas <= policy.gasLimit)
      #expect(blobs <= policy.blobFee.limit)
      let least = try #require(
        policy.executionFee.nextBaseFee(
          after: slot.baseFee, gasUsed: gas, gasLimit: policy.gasLimit))
      let most = try #require(
        policy.executionFee.nextBaseFee(
          after: slot.baseFee, gasUsed: policy.gasLimit, gasLimit: policy.gasLimit))
      #expect(least <= next.baseFee && next.baseFee <= most)
      // A full block raises the fee by 8.17 %; the fee is rounded down to a wei.
      #expect(Double(next.blobBaseFee) <= Double(slot.blobBaseFee + 1) * 1.0818)
    }
  }

  /// With nobody else, our own gas and blobs alone move the fees, by the letter of the EIPs.
  @Test func aloneOurUseMovesTheFeesExactly() throws {
    let simulation = Self.pressed(load: 0, seed: 3)
    let policy = SettlementPolicy.ethereum()
    var baseFee = policy.initialBaseFee
    var excess: UInt64 = 0
    var highestExcess: UInt64 = 0
    for slot in simulation.model.slots {
      #expect(slot.baseFee == baseFee)
      #expect(slot.blobBaseFee == policy.blobFee.baseFee(excess: excess))
      guard slot.hasBlock else { continue }
      let gas = slot.receipts.reduce(0) { $0 + $1.transaction.gas }
      let blobs = slot.receipts.reduce(0) { $0 + $1.transaction.blobs }
      excess = policy.blobFee.nextExcess(after: excess, blobs: blobs, baseFee: baseFee)
      highestExcess = max(highestExcess, excess)
      baseFee = try #require(
        policy.executionFee.nextBaseFee(
          after: baseFee, gasUsed: gas, gasLimit: policy.gasLimit))
    }
    #expect(highestExcess > 0, "blobs were above the target at times")
    #expect(baseFee != policy.initialBaseFee)
  }

  /// Nonces: a kind is included in the order of submission; parts of data share one sequence.
  @Test(arguments: [0, 1, 3], [4, 5] as [UInt64])
  func everyKindKeepsTheOrderOfItsNonces(_ load: Double, _ seed: UInt64) {
    let simulation = Self.pressed(load: load, seed: seed)
    let included = simulation.model.slots.flatMap(\.receipts).map(\.transaction)
    #expect(Set(included.map(\.reference)).count == included.count, "each at most once")
    let sequences: [[SettlementTransaction.Kind]] = [[.data, .dataPart], [.stateClaim], [.proof]]
    for sequence in sequences {
      let references = included.filter { sequence.contains($0.kind) }.map(\.reference)
      let sent = simulation.model.transactions.filter { sequence.contains($0.kind) }
      #expect(references == sent.prefix(references.count).map(\.reference))
      #expect(!references.isEmpty)
    }
    let waiting = simulation.model.chain.pendingCount
    #expect(included.count + waiting == 4000, "none is lost")
  }

  @Test func whatTheSenderIsChargedIsBurnedOrTipped() {
    let receipts = Self.pressed(load: 1, seed: 6).model.slots.flatMap(\.receipts)
    #expect(receipts.count > 100)
    for receipt in receipts {
      #expect(receipt.charged == receipt.burned + receipt.blobBurned + receipt.tip)
      #expect(receipt.effectiveGasPrice <= receipt.transaction.bid.feeCap)
      #expect(receipt.tip <= Wei(gas: receipt.transaction.gas, price: receipt.transaction.bid.tip))
    }
  }
}
