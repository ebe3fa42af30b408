import Declarations

extension HistoryPolicy {
  /// What a scenario can say about history.
  static let parameters: [PartParameter<HistoryPolicy>] =
    [
      .history(
        "trace", \.trace,
        "CSV file with a row for each block of the chain's history; none for no history.")
    ]
    + [
      .word(
        "gas", \.gas,
        "What of execution gas the history gives: nothing, base fees, gas used, or both."),
      .word(
        "blobs", \.blobs,
        "What of blobs the history gives: nothing, blob base fees, blob counts, or both."),
      .word(
        "ours", \.ours,
        "Whether our transactions take the prices of history or are added to what it used."
      ).titled("How our transactions stand to history"),
      .word("end", \.end, "What holds when the history has no further block."),
      .whole(
        "first_block", .count, \.firstBlock,
        "Number of the block with which the run begins; 0 for the first row."
      ).used { !$0.isTimed },
    ].used(when: \.isOn)
}
