import EventKernel
import Settlement
import Worlds

extension Oracle {
  /// How full and empty blocks move the base fee.
  static let baseFeeWalk = Oracle(
    name: "base-fee-walk",
    statement: "k full blocks multiply the base fee by (9/8)^k, k empty ones by (7/8)^k",
    source: "EIP-1559 with elasticity 2 and denominator 8, at fees that divide evenly",
    cases: walks.map { name, blocks, expected in
      .exact(name, unit: "1", expected) { baseFeeChange(after: blocks) }
    })

  private static let walks: [(String, [Bool], Double)] = [
    ("1 full", [true], full), ("1 empty", [false], empty),
    ("1 full, 1 empty", [true, false], 63.0 / 64), ("1 empty, 1 full", [false, true], 63.0 / 64),
    ("10 full", Array(repeating: true, count: 10), tenthPower(full)),
    ("10 empty", Array(repeating: false, count: 10), tenthPower(empty)),
  ]
  private static let full = 9.0 / 8
  private static let empty = 7.0 / 8

  /// To the last bit for eighths.
  private static func tenthPower(_ base: Double) -> Double {
    var power = 1.0
    for _ in 0..<10 { power *= base }
    return power
  }

  /// The base fee after blocks that are full or empty, over what it was before.
  private static func baseFeeChange(after blocks: [Bool]) -> Double {
    var policy = Scenario.baseCase.settlement.quiet
    // One transaction fills a block.
    policy.gasLimit = policy.calldata.transactionGas
    policy.transactionGasLimit = policy.gasLimit
    policy.initialBaseFee = 1 << 40
    // Nothing is submitted before slot 0, so blocks begin with that of slot 1.
    var simulation = ChainProbe.simulation(policy) { slot, _ in
      slot < blocks.count && blocks[slot] ? [policy.halfSlot] : []
    }
    simulation.run(through: .distantFuture) { $0.slots == 1 }
    let before = Double(simulation.model.chain.baseFee)
    simulation.run(through: .distantFuture) { $0.slots == 1 + blocks.count }
    return Double(simulation.model.chain.baseFee) / before
  }
}
