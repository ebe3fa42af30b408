import EventKernel
import Testing

@testable import Settlement

/// A chain worked out again from what its blocks used: a list of blocks, each with the state before
/// it, from which re-orgs remove the last.
///
/// Every block must have a transaction of ours, so that a re-org shows what it drops.
struct ChainReplay {
  /// A block on the chain, by the integers of the protocol.
  struct Block {
    let excess: UInt64
    let blobFee: UInt64
    let use: BlockUse
    let receipts: [SettlementReceipt]
  }

  let policy: SettlementPolicy
  private(set) var chain: [Block] = []
  /// Most blocks that one re-org dropped.
  private(set) var deepest = 0
  /// Blocks that re-orgs dropped.
  private(set) var dropped = 0

  init(_ policy: SettlementPolicy) { self.policy = policy }

  /// The schedule at an instant: that of the last fork whose time has come, found by a scan.
  func rule(at time: SimTime) -> BlobFeeRule {
    let unix = policy.startsAt + time.nanoseconds / 1_000_000_000
    var rule = policy.blobFee
    for fork in policy.forks.scheduled where fork.time <= unix { rule = fork.rule }
    return rule
  }

  /// Applies a slot with a block and checks that it follows from the chain.
  mutating func apply(_ slot: ChainDriver.Slot) throws {
    drop(slot.reorganised)
    let rule = rule(at: slot.time)
    let baseFee = try nextBaseFee()
    let excess = nextExcess(rule)
    let blobFee = try #require(rule.baseFee(excess: excess))
    #expect(slot.block.baseFee == baseFee)
    #expect(slot.block.blobBaseFee == blobFee)
    #expect(slot.block.blobTarget == rule.target)
    checkLimits(of: slot, rule)
    try #require(!slot.receipts.isEmpty, "a block without a transaction of ours")
    chain.append(
      Block(excess: excess, blobFee: blobFee, use: slot.block, receipts: slot.receipts))
  }

  /// Removes the blocks that were dropped: whole ones, the last of the chain, in their order.
  private mutating func drop(_ reorganised: [SettlementReceipt]) {
    let depth = Set(reorganised.map(\.slot)).count
    let lost = chain.suffix(depth).flatMap(\.receipts)
    #expect(lost.map(\.slot) == reorganised.map(\.slot))
    #expect(lost.map(\.transaction) == reorganised.map(\.transaction))
    chain.removeLast(depth)
    dropped += depth
    deepest = max(deepest, depth)
  }

  private func nextBaseFee() throws -> UInt64 {
    guard let parent = chain.last else { return policy.initialBaseFee }
    return try #require(
      policy.executionFee.nextBaseFee(
        after: parent.use.baseFee, gasUsed: parent.use.gas, gasLimit: policy.gasLimit))
  }

  /// The excess of a block from its parent, both under the rule of the block (EIP-7918).
  private func nextExcess(_ rule: BlobFeeRule) -> UInt64 {
    guard let parent = chain.last else { return rule.excess(reaching: policy.initialBlobBaseFee) }
    return rule.nextExcess(
      after: parent.excess, blobs: parent.use.blobs, baseFee: parent.use.baseFee)
  }

  private func checkLimits(of slot: ChainDriver.Slot, _ rule: BlobFeeRule) {
    let gas = slot.receipts.reduce(0) { $0 + $1.transaction.gas }
    let blobs = slot.receipts.reduce(0) { $0 + $1.transaction.blobs }
    #expect(gas <= slot.block.gas && slot.block.gas <= policy.gasLimit)
    #expect(blobs <= slot.block.blobs && slot.block.blobs <= rule.limit)
  }
}
