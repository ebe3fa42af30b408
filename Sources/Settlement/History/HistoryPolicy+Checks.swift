import Declarations
import EventKernel

/// A block of a history that cannot be replayed on a chain.
public struct HistoryDefect: Hashable, Sendable {
  /// The place of its row, counted from 0.
  public let row: Int
  /// What was expected.
  public let expectation: String
}

extension SettlementPolicy {
  /// States what holds of a chain whose history is replayed.
  func checkHistory(_ expect: inout Expectations) {
    let trace = history.trace
    guard history.isOn else {
      expect(
        history.gas == .demand && history.blobs == .demand,
        ["history.trace", "history.gas", "history.blobs"],
        "expected settlement.history.trace, a file with the blocks of the history")
      return
    }
    let missing = history.neededColumns.filter { !trace.columns.contains($0) }.map(\.rawValue)
    expect(
      missing.isEmpty, ["history.trace", "history.gas", "history.blobs"],
      "expected the columns that settlement.history.gas and settlement.history.blobs ask for; the file "
        + "has no \(missing.joined(separator: ", "))")
    expect(
      history.isTimed || history.gas != .demand || history.blobs != .demand,
      ["history.gas", "history.blobs", "history.trace"],
      "expected fee, use or fee-and-use of gas or blobs: without times the history says nothing else"
    )
    expect(
      history.ours == .priceTaker || history.gas == .use || history.blobs == .use,
      ["history.ours", "history.gas", "history.blobs"],
      "expected price-taker: fees that are given do not move; give the use instead")
    expect(
      history.blobs == .demand || hasBlobs, ["history.blobs", "blob_limit"],
      "expected demand: this settlement chain has no blobs")
    expect(
      reorgs.probability == 0, ["reorgs.probability", "history.trace"],
      "expected no re-orgs: the blocks of a history are those that stayed")
    expect(
      !history.isTimed || blockProcess == .slots, ["blocks", "history.trace"],
      "expected slots: the history says when blocks come")
    expect(
      !history.isTimed || outages.interval == .zero, ["outages.interval", "history.trace"],
      "expected no outages: the history says when blocks come")
    expect(
      history.trace.clock != .chain || (1...9_000_000_000).contains(startsAt),
      ["starts_at", "history.trace"],
      "expected settlement.starts_at, a date until 2255: the history goes by the chain's clock")
    if let defect = historyDefects(limit: 1).first {
      expect(
        false, "history.trace", "row \(defect.row + 1) of \(trace.name): \(defect.expectation)")
    }
  }

  /// The rows that cannot be blocks of this chain, in order.
  ///
  /// - Parameter limit: how many at most.
  public func historyDefects(limit: Int) -> [HistoryDefect] {
    guard history.isOn, slot > .zero, executionFee.elasticity > 0,
      startsAt <= 9_000_000_000,
      BlobFeeRule.updateFractions.contains(blobFee.updateFraction),
      forks.scheduled.allSatisfy({ $0.rule.updateFraction > 0 })
    else { return [] }
    var defects: [HistoryDefect] = []
    for row in history.trace.blocks.indices {
      guard let expectation = slotDefect(row) ?? useDefect(row) ?? excessDefect(row) else {
        continue
      }
      defects.append(HistoryDefect(row: row, expectation: expectation))
      if defects.count >= limit { break }
    }
    return defects
  }

  /// Why a block is not in a slot after that of the block before; nil if it is.
  private func slotDefect(_ row: Int) -> String? {
    guard history.isTimed, row > 0 else { return nil }
    let blocks = history.trace.blocks
    let step = blocks[row].time - blocks[row - 1].time
    guard step.nanoseconds % slot.nanoseconds == 0 else {
      return
        "expected a time that is a whole number of slots of \(slot.seconds.shortest) s after that "
        + "of the row before; it is \(step.seconds.shortest) s after it"
    }
    // Without numbers nobody can tell slots without a block from rows that are missing.
    guard history.trace.firstNumber == nil, step > slot * Int64(slotsPerEpoch) else { return nil }
    return
      "expected at most \(slotsPerEpoch) slots from row to row; it is \(step.seconds.shortest) s "
      + "after the row before: add a column block_number if these slots were missed"
  }

  /// Why no block can have used what a row says; nil if one can.
  private func useDefect(_ row: Int) -> String? {
    let block = history.trace.blocks[row]
    let gasLimit = history.gasLimit(of: block) ?? gasLimit
    if history.gas.hasUse, gasLimit < executionFee.elasticity {
      return "expected gas_limit of at least \(executionFee.elasticity)"
    }
    if history.gas.hasUse, block[.gasUsed] > gasLimit {
      return "expected gas_used of at most the \(gasLimit) gas that fit into a block"
    }
    let blobLimit = rule(ofRow: row).limit
    if history.blobs.hasUse, block[.blobCount] > blobLimit {
      return "expected blob_count of at most the \(blobLimit) that fit into a block"
    }
    return nil
  }

  /// Why the excess blob gas of a row does not follow from the row before; nil if it does, or if nobody
  /// can tell.
  private func excessDefect(_ row: Int) -> String? {
    guard history.blobs.hasUse, history.trace.columns.contains(.excessBlobGas), row > 0 else {
      return nil
    }
    let (parent, block) = (history.trace.blocks[row - 1], history.trace.blocks[row])
    let rule = rule(ofRow: row)
    let knowsBaseFee = history.trace.columns.contains(.baseFee)
    let isDated = history.isTimed || forks.scheduled.isEmpty
    guard isDated, knowsBaseFee || !rule.hasReservePrice else { return nil }
    let excess = rule.nextExcess(
      after: parent[.excessBlobGas], blobs: parent[.blobCount], baseFee: parent[.baseFee])
    guard excess != block[.excessBlobGas] else { return nil }
    return
      "expected excess_blob_gas of \(excess), which follows from the row before at a target of "
      + "\(rule.target) blobs; found \(block[.excessBlobGas])"
  }

  /// The rule at a row's time; where that is not known, of those there are the one that fits most.
  private func rule(ofRow row: Int) -> BlobFeeRule {
    if history.isTimed {
      let offset = history.trace.offset(startingAt: startsAt)
      return blobFee(at: .start + (history.trace.blocks[row].time - offset))
    }
    return forks.scheduled.map(\.rule).reduce(blobFee) { $0.limit >= $1.limit ? $0 : $1 }
  }
}

extension HistoryPolicy {
  /// Gas that fitted into a block, where the trace says it.
  func gasLimit(of block: BlockTrace.Block) -> UInt64? {
    gas.hasUse && trace.columns.contains(.gasLimit) ? block[.gasLimit] : nil
  }
}
