import EventKernel

/// The state of the two fee markets at the head of a chain.
///
/// A value, so that a re-org goes back to the state before a block.
struct FeeMarkets: Sendable {
  /// Base fee of the next block [wei per gas].
  private(set) var baseFee: UInt64
  /// Blob base fee of the next block [wei per blob gas].
  private(set) var blobBaseFee: UInt64
  /// Set when a fee left the range of 64 bits.
  private(set) var overflow = false

  private var blobRule: BlobFeeRule
  private var excessBlobGas: UInt64
  private var parent: Parent?

  /// What the excess blob gas of a block follows from.
  private struct Parent {
    let excessBlobGas: UInt64
    let blobs: UInt64
    let baseFee: UInt64
  }

  /// The markets before a chain's first block.
  init(_ policy: SettlementPolicy) {
    baseFee = policy.initialBaseFee
    // The clock may start after a fork; the fee that is stated is that of the first block.
    blobRule = policy.blobFee(at: .start + policy.startOfSlots)
    let first = policy.history.firstFigures(startingAt: policy.startsAt)
    if policy.history.gas != .demand, let fee = first(.baseFee) { baseFee = fee }
    let givenFee = policy.history.blobs == .demand ? nil : first(.blobBaseFee)
    let givenExcess = policy.history.blobs == .use ? first(.excessBlobGas) : nil
    excessBlobGas =
      givenExcess ?? blobRule.excess(reaching: givenFee ?? policy.initialBlobBaseFee)
    let blobFee = blobRule.baseFee(excess: excessBlobGas)
    blobBaseFee = blobFee ?? .max
    overflow = blobFee == nil
  }

  /// Puts a block under the schedule that holds at its time.
  ///
  /// The parameters are those of the current block, also in the first one after a fork: its excess
  /// is computed anew from its parent (EIP-7892, EIP-7918). A fork that raises the minimum sets the excess
  /// to 0: else the fee would rise by the same factor at once (EIP-7762, "Abstract").
  mutating func begin(_ rule: BlobFeeRule, _ fees: inout BlobFeeTable) {
    guard rule != blobRule else { return }
    if rule.minimumFee > blobRule.minimumFee {
      (parent, excessBlobGas) = (nil, 0)
    }
    blobRule = rule
    updateBlobFee(parentBlobFee: nil, &fees)
  }

  /// Puts fees that are given in the place of those that the rules have found.
  mutating func give(baseFee: UInt64?, blobBaseFee: UInt64?) {
    if let baseFee { self.baseFee = baseFee }
    if let blobBaseFee { self.blobBaseFee = blobBaseFee }
  }

  /// Finds the excess that a given blob base fee stands for, so that the rule can go on from it.
  mutating func takeOverBlobFee() { excessBlobGas = blobRule.excess(reaching: blobBaseFee) }

  /// Applies what a block used.
  mutating func end(
    gasUsed: UInt64, gasLimit: UInt64, blobsUsed: UInt64, _ executionFee: ExecutionFeeRule,
    _ fees: inout BlobFeeTable
  ) {
    parent = Parent(excessBlobGas: excessBlobGas, blobs: blobsUsed, baseFee: baseFee)
    if let next = executionFee.nextBaseFee(after: baseFee, gasUsed: gasUsed, gasLimit: gasLimit) {
      baseFee = next
    } else {
      overflow = true
    }
    updateBlobFee(parentBlobFee: blobBaseFee, &fees)
  }

  /// - Parameter parentBlobFee: blob base fee of the parent under the current rule, where known.
  private mutating func updateBlobFee(parentBlobFee: UInt64?, _ fees: inout BlobFeeTable) {
    if let parent {
      excessBlobGas = blobRule.nextExcess(
        after: parent.excessBlobGas, blobs: parent.blobs, baseFee: parent.baseFee,
        blobBaseFee: parentBlobFee)
    }
    if let fee = fees.fee(at: excessBlobGas, by: blobRule) {
      blobBaseFee = fee
    } else {
      overflow = true
    }
  }
}
