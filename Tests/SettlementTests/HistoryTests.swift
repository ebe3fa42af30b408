import Declarations
import EventKernel
import Foundation
import Testing

@testable import Settlement

/// A chain that follows blocks of the past.
@Suite struct HistoryTests {
  private static let slotCount = HistoryExcerpt.slots.count

  private func run(
    _ policy: SettlementPolicy, slots: Int = slotCount,
    submitting transactions: [SettlementTransaction] = [], at times: [SimTime] = []
  ) -> [ChainDriver.Slot] {
    ChainDriver.run(policy, slots: slots, submitting: transactions, at: times).model.slots
  }

  /// From counted blobs alone, beside the excess of headers: each fee to the wei, missed slots where they
  /// were, and the peak of 8,405 gwei in block 20,134,283.
  @Test func countedBlobsGiveTheFeesOfHistory() throws {
    let slots = run(.replaying())
    #expect(slots.map(\.hasBlock) == HistoryExcerpt.slots.map { $0 != "." })
    #expect(slots.map(\.time.seconds) == (0..<Self.slotCount).map { 12 * Double($0) })
    let blocks = slots.filter(\.hasBlock)
    for (index, excess) in HistoryExcerpt.excess.enumerated() {
      #expect(blocks[20 * index].block.blobBaseFee == HistoryExcerpt.fee(ofExcess: excess))
    }
    let peak = try #require(blocks.map(\.block.blobBaseFee).max())
    #expect(peak == 8_405_020_945_159 && blocks[140].block.blobBaseFee == peak)
  }

  /// Whole days, from files that are not part of the project.
  ///
  /// `ROLLSIM_HISTORY` names their folder; see the handbook, Validation. Every fee is that of the excess
  /// in its header: 7,148 blocks on 2024-06-20.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["ROLLSIM_HISTORY"] != nil,
      "ROLLSIM_HISTORY names no folder with ethereum-blobs-2024-06-20.csv"),
    arguments: ["2024-06-19", "2024-06-20"])
  func aWholeDay(_ day: String) throws {
    let folder = try #require(ProcessInfo.processInfo.environment["ROLLSIM_HISTORY"])
    let text = try String(contentsOfFile: "\(folder)/ethereum-blobs-\(day).csv", encoding: .utf8)
    let rows = try text.split(separator: "\n").dropFirst().map { line in
      try line.split(separator: ",").map { try #require(Int64($0)) }
    }
    let blocks = rows.map { row in
      var block = BlockTrace.Block()
      block.time = .seconds(row[1] / 1000)
      block[.blobCount] = UInt64(row[2])
      block[.excessBlobGas] = UInt64(row[4])
      return block
    }
    var policy = SettlementPolicy.replaying(
      BlockTrace(
        name: day, blocks: blocks, columns: [.blobCount, .excessBlobGas], clock: .chain,
        firstNumber: UInt64(rows[0][0])))
    policy.startsAt = rows[0][1] / 1000
    #expect(policy.historyDefects(limit: 10) == [])
    let slots = Int((rows[rows.count - 1][1] - rows[0][1]) / 12_000) + 1
    let made = run(policy, slots: slots).filter(\.hasBlock)
    #expect(made.count == rows.count)
    for (row, slot) in zip(rows, made) {
      #expect(slot.block.blobBaseFee == HistoryExcerpt.fee(ofExcess: UInt64(row[4])))
      #expect(policy.startsAt + Int64(slot.time.seconds) == row[1] / 1000)
    }
    guard day == "2024-06-20" else { return }
    #expect(made.map(\.block.blobBaseFee).max() == 8_405_020_945_159)
    let expensive = made.count { $0.block.blobBaseFee > 1_000_000_000 }
    #expect(expensive == 1466, "4.887 h of 12 s")
  }

  /// Blocks without times come where the model has them, one row after another from a number on.
  @Test func rowsWithoutTimesFollowTheModel() {
    let trace = HistoryExcerpt.trace.with(columns: [], clock: .some(nil)) { _, _ in }
    var policy = SettlementPolicy.replaying(trace)
    policy.missedSlots = 0.3
    policy.history.firstBlock = 20_134_143 + 20
    let made = run(policy, slots: 100).filter(\.hasBlock)
    #expect(made.count < 90)
    let counts = HistoryExcerpt.trace.blocks.map { $0[.blobCount] }
    #expect(made.map(\.block.blobs) == Array(counts.dropFirst(20).prefix(made.count)))
    for (block, excess) in zip([0, 20, 40], HistoryExcerpt.excess.dropFirst()) {
      #expect(made[block].block.blobBaseFee == HistoryExcerpt.fee(ofExcess: excess))
    }
  }

  /// Given fees are charged block by block, and announced before, whatever the rules would say.
  @Test func givenFeesAreCharged() {
    let trace = HistoryExcerpt.trace.with(columns: [.baseFee, .blobBaseFee]) { place, block in
      block[.baseFee] = UInt64(7_000_000_000 + 13 * place * place)
      block[.blobBaseFee] = UInt64(1 + 1_000_003 * ((place * 7) % 50))
    }
    let slots = run(.replaying(trace, gas: .fee, blobs: .feeAndUse))
    let made = slots.filter(\.hasBlock)
    #expect(made.map(\.block.baseFee) == trace.blocks.map { $0[.baseFee] })
    #expect(made.map(\.block.blobBaseFee) == trace.blocks.map { $0[.blobBaseFee] })
    #expect(made.allSatisfy { $0.baseFee == $0.block.baseFee })
    #expect(slots.allSatisfy { $0.blobBaseFee == $0.announcedBlobFee })
    // At a load of one target and no elasticity others use half of a block.
    #expect(made.allSatisfy { $0.block.gas == 15_000_000 })
  }

  /// By hand, from 1 gwei at a target of 15 Mgas: full, empty, at the target of a smaller block.
  @Test func gasUsedMovesTheBaseFee() {
    let used: [UInt64] = [30_000_000, 0, 10_000_000, 15_000_000]
    let limits: [UInt64] = [30_000_000, 30_000_000, 20_000_000, 30_000_000]
    let trace = HistoryExcerpt.trace.with(columns: [.gasLimit, .baseFee], clock: .some(nil)) {
      $1[.gasUsed] = used[$0 % 4]
      $1[.gasLimit] = limits[$0 % 4]
      $1[.baseFee] = 2_000_000_000
    }
    let slots = run(.replaying(trace, gas: .use, blobs: .demand), slots: 4)
    #expect(
      slots.map(\.block.baseFee) == [2_000_000_000, 2_250_000_000, 1_968_750_000, 1_968_750_000])
    #expect(slots.map(\.block.gas) == used)
  }

  // MARK: Our own transactions

  /// Two blobs of ours in each block that has room for them.
  private func posting(_ policy: SettlementPolicy) -> [ChainDriver.Slot] {
    let data = (0..<Self.slotCount).map {
      SettlementTransaction.sample(.data, $0, gas: 3_000_000, blobs: 2)
    }
    return run(
      policy, submitting: data, at: data.indices.map { SimTime.start + .seconds(12 * Int64($0)) })
  }

  /// A price taker is included, pays, and moves no fee.
  @Test func aPriceTakerMovesNoFee() {
    let alone = run(.replaying(gas: .use))
    let beside = posting(.replaying(gas: .use))
    #expect(alone.map(\.block.blobBaseFee) == beside.map(\.block.blobBaseFee))
    #expect(alone.map(\.block.baseFee) == beside.map(\.block.baseFee))
    let receipts = beside.flatMap(\.receipts)
    #expect(receipts.count > 50)
    for slot in beside {
      #expect(slot.receipts.allSatisfy { $0.blobGasPrice == slot.block.blobBaseFee })
    }
  }

  /// What is added moves both fees as the rules say, from what history used and ours together.
  @Test func whatIsAddedMovesTheFees() {
    var policy = SettlementPolicy.replaying(gas: .use)
    policy.history.ours = .added
    let made = posting(policy).filter(\.hasBlock)
    var excess = HistoryExcerpt.excess[0]
    var baseFee = policy.initialBaseFee
    for (row, slot) in zip(HistoryExcerpt.trace.blocks, made) {
      #expect(slot.block.blobBaseFee == HistoryExcerpt.fee(ofExcess: excess))
      #expect(slot.block.baseFee == baseFee)
      let blobs = row[.blobCount] + slot.receipts.reduce(0) { $0 + $1.transaction.blobs }
      let gas = row[.gasUsed] + slot.receipts.reduce(0) { $0 + $1.transaction.gas }
      #expect(slot.block.blobs == min(blobs, 6) && slot.block.gas == gas)
      let used = excess + min(blobs, 6) * 131_072
      excess = used < 393_216 ? 0 : used - 393_216
      // EIP-1559 above a target of 15 Mgas.
      baseFee += gas > 15_000_000 ? max(baseFee * (gas - 15_000_000) / 15_000_000 / 8, 1) : 0
    }
    #expect(made.flatMap(\.receipts).count > 50)
    #expect(made.last.map { $0.block.baseFee > 1_000_000_000 } == true)
  }

  // MARK: Where it begins and ends

  /// A run can begin in the middle, between blocks, and keeps the grid of history's slots.
  @Test func aRunBeginsInTheMiddle() {
    var policy = SettlementPolicy.replaying()
    // Slot 19 was missed; 5 s after slot 18 began.
    policy.startsAt += 18 * 12 + 5
    let slots = run(policy, slots: 4)
    #expect(slots.map(\.time.seconds) == [7, 19, 31, 43])
    #expect(slots.map(\.hasBlock) == [false, true, true, true])
    #expect(slots.suffix(3).map(\.block.blobs) == [6, 6, 6])
    #expect(policy.firstHistoryRow == 19)
  }

  @Test func aHistoryThatEndsEndsTheRun() {
    let simulation = ChainDriver.run(.replaying(), slots: Self.slotCount)
    #expect(simulation.model.chain.historyEnded == false)
    let longer = ChainDriver.run(.replaying(), slots: Self.slotCount + 1)
    #expect(longer.model.chain.historyEnded == true)
  }

  /// The second lap has the slots of the first, and its fees go on from those of the end.
  @Test func aHistoryCanRepeat() {
    var policy = SettlementPolicy.replaying()
    policy.history.end = .repeat
    let slots = run(policy, slots: 2 * Self.slotCount)
    let pattern = HistoryExcerpt.slots.map { $0 != "." }
    #expect(slots.map(\.hasBlock) == pattern + pattern)
    let counts = HistoryExcerpt.trace.blocks.map { $0[.blobCount] }
    #expect(slots.filter(\.hasBlock).map(\.block.blobs) == counts + counts)
    let turn = slots[Self.slotCount].block.blobBaseFee
    #expect(turn > slots[0].block.blobBaseFee && turn < 8_405_020_945_159)
  }

  /// Demand goes on from given fees: the next blob fee follows from the excess that they stand for.
  @Test func demandTakesOverAtTheFeesThatStand() {
    let trace = HistoryExcerpt.trace.with(columns: [.baseFee, .blobBaseFee]) {
      $1[.baseFee] = 5_000_000_000
      $1[.blobBaseFee] = 40_000_000_000
    }
    var policy = SettlementPolicy.replaying(trace, gas: .feeAndUse, blobs: .feeAndUse)
    policy.history.end = .demand
    policy.demand.level = 2
    policy.blobDemand.level = 0
    let slots = run(policy, slots: Self.slotCount + 2)
    let after = slots.suffix(2)
    // The last row used 6 blobs, 3 above the target; then nobody wants any.
    let excess = policy.blobFee.excess(reaching: 40_000_000_000)
    #expect(
      after.map(\.block.blobBaseFee) == [
        HistoryExcerpt.fee(ofExcess: excess + 393_216), HistoryExcerpt.fee(ofExcess: excess),
      ])
    // Its gas was at the target; then others fill blocks.
    #expect(after.map(\.block.baseFee) == [5_000_000_000, 5_625_000_000])
  }
}
