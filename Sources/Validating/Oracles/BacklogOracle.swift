import EventKernel
import Settlement
import Worlds

extension Oracle {
  /// What a time without room for us leaves behind.
  static let backlog = Oracle(
    name: "backlog",
    statement: """
      no room for d, then mu against arrivals at lambda: backlog lambda d, gone after \
      lambda d/(mu - lambda), mean extra delay of those who meet it d/2; d = 120 s, 40 arrive and \
      60 fit every 12 s; delays are compared to the nanosecond
      """,
    source: "fluid limit of a queue, exact for equal slots",
    cases: [
      .exact("largest backlog", unit: "1", 400) { Backlog.simulated.largest },
      .exact("time to clear it", unit: "s", 240) { Backlog.simulated.clearing },
      .exact("mean extra delay", unit: "s", 60) { Backlog.simulated.meanExtraDelay.rounded(to: 9) },
    ])
}

/// A backlog from its first transaction to its last.
private struct Backlog {
  private static let (arrivals, capacity, blockedSlots) = (40, 60, 10)

  /// Transactions left over after the last block without room for us.
  let largest: Double
  /// From that block to the one that leaves none over [s].
  let clearing: Double
  /// Over all that arrive in the meantime: what they wait beyond half a slot [s].
  let meanExtraDelay: Double

  /// Others with higher tips fill ten blocks: a shock of their demand.
  static var simulated: Backlog {
    let policy = policy
    let slot = policy.slot.seconds
    var simulation = ChainProbe.simulation(policy) { _, _ in
      Array(repeating: policy.halfSlot, count: arrivals)
    }
    let left = (1...100).map { slot in
      simulation.run(through: .distantFuture) { $0.slots == slot }
      return simulation.model.chain.pendingCount
    }
    let largest = left.max() ?? 0
    let slots = left.count { $0 > 0 } + 1 - blockedSlots
    let delays = simulation.model.inclusion
    let extra = (delays.mean - slot / 2) * Double(delays.count)
    return Backlog(
      largest: Double(largest), clearing: Double(slots) * slot,
      meanExtraDelay: extra / Double(arrivals * (blockedSlots + slots)))
  }

  private static var policy: SettlementPolicy {
    var policy = Scenario.baseCase.settlement.quiet
    // Outside the shock others take a thousandth: less than one of our transactions.
    policy.gasLimit = UInt64(capacity + 1) * policy.calldata.transactionGas
    policy.transactionGasLimit = policy.gasLimit
    policy.executionFee.kind = .constant
    policy.executionFee.elasticity = 1
    policy.demand.level = 0.001
    policy.demand.volatility = 0
    policy.demand.elasticity = 0
    policy.demand.shock.start = policy.slot * 10
    policy.demand.shock.duration = policy.slot * Int64(blockedSlots)
    policy.demand.shock.factor = 1000
    return policy
  }
}
