import Declarations
import EventKernel

extension Sequencer.Policy {
  /// What a scenario can say about the sequencer.
  public static let parameters: [PartParameter<Sequencer.Policy>] = [
    .word("sealing", \.sealing, "When blocks are sealed."),
    .duration(
      "block_interval", \.blockInterval, "Time between blocks that are sealed at an interval."
    ).used { $0.sealing != .perTransaction },
    .duration(
      "shortest_interval", \.shortestInterval,
      "Time between blocks that are sealed when they are full, at least."
    ).used { $0.sealing == .whenFull },
    .word(
      "block_number", \.blockNumber,
      "What rollups that settle here are told as the number of a block: its own, or that of the host.",
      affects: [.finality]),
    .whole("block_gas", .gas, \.blockGasLimit, "Layer 2 gas that fits into a block."),
    .whole(
      "block_transactions", .count, \.blockTransactionLimit,
      "Transactions that fit into a block."),
    .whole(
      "mempool", .count, \.mempoolCapacity,
      "Transactions that wait for a block at most; more are dropped."),
  ]

  /// States what holds of any sequencer.
  public func check(_ expect: inout Expectations) {
    expect(
      sealing == .perTransaction || blockInterval >= .shortestCycle, "block_interval",
      "expected at least 1 ms")
    expect(
      sealing != .whenFull || shortestInterval >= .shortestCycle, "shortest_interval",
      "expected at least 1 ms")
    expect(blockGasLimit > 0, "block_gas", "expected a positive limit")
    expect(blockTransactionLimit > 0, "block_transactions", "expected a positive limit")
    expect(
      (1...10_000_000).contains(mempoolCapacity), "mempool",
      "expected between 1 and 10,000,000 transactions")
  }
}
