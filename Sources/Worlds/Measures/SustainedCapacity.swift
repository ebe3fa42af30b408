import EventKernel
import Rollup
import Settlement

/// How much each resource could carry for ever, from the scenario alone: mean values, no randomness.
///
/// `Capacity.swift` has what a moment carries. Above what is here fees rise without bound, or a queue
/// grows, for as long as the load lasts.
extension RollupScenario {
  /// Transactions of the mix per second that fit into layer 2 blocks and take no more gas than the lowest
  /// gas target; nil where neither limits them.
  var sustainedExecution: Double? {
    let gas = fittingGas
    let byTarget = fees.lastingGas(every: sequencer.blockInterval).flatMap {
      gas > 0 ? $0 / gas : nil
    }
    return [executionCapacity, byTarget].compactMap(\.self).min()
  }

  /// Transactions of the mix per second whose data settlement blocks take on average at no more than
  /// their target, in full batches; nil if it goes to a host that is a rollup.
  ///
  /// The target is that of blobs when a run begins, or of gas for calldata where its fee moves, and nobody
  /// else is there. Transactions go into blocks whole and in order,
  /// `bid.max_pending` at most, and some slots have no block.
  func sustainedData(on settlement: SettlementPolicy) -> Double? {
    guard postsOnSettlement, data.hostShare > 0 else { return nil }
    let bytesPerTransaction = publishedBytesPerTransaction * data.hostShare
    let batch = Double(poster.maxBytes - poster.overheadBytes)
    let batches =
      dataPacking(in: settlement).batchesPerBlock * settlement.blockShare / settlement.slot.seconds
    return batches * batch / bytesPerTransaction
  }

  private func dataPacking(in settlement: SettlementPolicy) -> BatchPacking {
    let parts = poster.parts(of: poster.maxBytes)
    switch poster.carrier {
    case .blobs:
      let rule = settlement.forks.rule(at: settlement.startsAt, after: settlement.blobFee)
      return BatchPacking(
        sizes: parts.map(\.blobs), target: rule.target, limit: rule.limit, most: bid.maxPending)
    case .calldata:
      let rule = settlement.executionFee
      return BatchPacking(
        sizes: parts.map { dataGas(calldataBytes: $0.calldata, settlement.calldata) },
        target: rule.kind == .constant
          ? settlement.gasLimit : settlement.gasLimit / rule.elasticity,
        limit: settlement.gasLimit, most: bid.maxPending)
    }
  }
}

/// How full batches, one after the other, go into blocks: their transactions whole and in order.
struct BatchPacking {
  /// What the transactions of one batch take of a block [blobs or gas].
  let sizes: [UInt64]
  private let batch: UInt64
  /// What blocks take on average if no fee is to rise.
  let target: UInt64
  /// What a block takes at most.
  let limit: UInt64
  /// How many transactions a block takes at most.
  let most: Int

  init(sizes: [UInt64], target: UInt64, limit: UInt64, most: Int) {
    (self.sizes, self.target, self.limit, self.most) = (sizes, target, limit, most)
    batch = max(sizes.reduce(0, +), 1)
  }

  /// Batches in a block on average: as many as the target has room for, unless fewer whole transactions
  /// fit.
  var batchesPerBlock: Double {
    min(Double(target) / Double(batch), fittingPerBlock)
  }

  /// Batches in a block on average if each is filled as far as the next transaction fits.
  ///
  /// Sooner or later a block begins with the same transaction of a batch as one before, and all goes
  /// round.
  private var fittingPerBlock: Double {
    var seen = [(blocks: Int, taken: Int)?](repeating: nil, count: sizes.count)
    var (blocks, taken) = (0, 0)
    while true {
      let first = taken % sizes.count
      if let earlier = seen[first] {
        let batches = Double(taken - earlier.taken) / Double(sizes.count)
        return batches / Double(blocks - earlier.blocks)
      }
      seen[first] = (blocks, taken)
      blocks += 1
      taken += block(from: first)
    }
  }

  /// How many transactions a block takes that begins with this one of a batch.
  private func block(from first: Int) -> Int {
    // Whole batches at once: they can be many.
    let whole = min(Int(limit / batch), most / sizes.count)
    var count = whole * sizes.count
    var used = UInt64(whole) * batch
    while count < most, used + sizes[(first + count) % sizes.count] <= limit {
      used += sizes[(first + count) % sizes.count]
      count += 1
    }
    return count
  }
}

extension SettlementPolicy {
  /// The share of slots with a block.
  var blockShare: Double {
    let down = outages.interval > .zero ? outages.duration.seconds : 0
    let up = outages.interval.seconds
    return (1 - missedSlots) * (down > 0 ? up / (up + down) : 1)
  }
}
