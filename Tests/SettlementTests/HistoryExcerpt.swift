import Declarations
import EventKernel

@testable import Settlement

/// Blocks of Ethereum around the peak of its blob base fee on 2024-06-20: 20,134,143 to 20,134,302.
///
/// Source: Chainscore, score-da, every block of that day, CC BY 4.0. A digit is a slot with a block and
/// its blobs, a point a slot without one.
enum HistoryExcerpt {
  static let slots =
    "0666666666666666666.6666605066066666664665650650603063060665600660056060600066066666066666"
    + "600060006.60660066055065656065066606660561104560544600020601004565065006"
  /// When the first block came [Unix seconds].
  static let start: Int64 = 1_718_901_047
  /// Excess blob gas of every 20th block, as its header has it.
  static let excess: [UInt64] = [
    79_167_488, 86_245_376, 91_357_184, 93_192_192, 93_061_120, 94_633_984, 97_124_352, 99_352_576,
  ]

  /// The same as rows of a trace; their excess follows from that of the first (EIP-4844).
  static var trace: BlockTrace {
    var blocks: [BlockTrace.Block] = []
    var excess = excess[0]
    for (slot, digit) in slots.enumerated() {
      guard let blobs = digit.wholeNumberValue else { continue }
      var block = BlockTrace.Block()
      block.time = .seconds(start + 12 * Int64(slot))
      block[.blobCount] = UInt64(blobs)
      block[.gasUsed] = 15_000_000
      block[.excessBlobGas] = excess
      blocks.append(block)
      excess = excess + UInt64(blobs) * 131_072 - 393_216
    }
    return BlockTrace(
      name: "2024-06-20", blocks: blocks, columns: [.blobCount, .gasUsed, .excessBlobGas],
      clock: .chain,
      firstNumber: 20_134_143)
  }

  /// e^(numerator/denominator) in the integers of the protocol, as EIP-4844 writes it in Python.
  ///
  /// Apart from the fee rule of the chain, which multiplies by reciprocals.
  static func fee(ofExcess numerator: UInt64, _ denominator: UInt64 = 3_338_477) -> UInt64 {
    var (index, output) = (UInt128(1), UInt128(0))
    var term = UInt128(denominator)
    while term > 0 {
      output += term
      term = term * UInt128(numerator) / (UInt128(denominator) * index)
      index += 1
    }
    return UInt64(output / UInt128(denominator))
  }
}

extension BlockTrace {
  /// The same blocks with figures worked out for each, and with columns that say so.
  func with(
    columns: Set<Column>, clock: DemandTrace.Clock?? = nil, _ change: (Int, inout Block) -> Void
  ) -> BlockTrace {
    var blocks = blocks
    for place in blocks.indices { change(place, &blocks[place]) }
    return BlockTrace(
      name: name, blocks: blocks, columns: self.columns.union(columns), clock: clock ?? self.clock,
      firstNumber: firstNumber)
  }
}

extension SettlementPolicy {
  /// Ethereum at Dencun, 2024: three blobs at the target, six at most, blocks of 30 Mgas.
  static func dencun(load: Double = 1) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum(load: load)
    policy.gasLimit = 30_000_000
    policy.transactionGasLimit = 30_000_000
    policy.blobFee = BlobFeeRule(
      target: 3, limit: 6, updateFraction: 3_338_477, hasReservePrice: false)
    policy.firstSlot = .zero
    return policy
  }

  /// A chain that replays the excerpt from its first block on.
  static func replaying(
    _ trace: BlockTrace = HistoryExcerpt.trace,
    gas: HistoryPolicy.Given = .demand, blobs: HistoryPolicy.Given = .use
  ) -> SettlementPolicy {
    var policy = SettlementPolicy.dencun()
    policy.startsAt = HistoryExcerpt.start
    policy.history.trace = trace
    policy.history.gas = gas
    policy.history.blobs = blobs
    return policy
  }
}
