import EventKernel
import Ledger
import Randomness
import Testing

@testable import Rollup
@testable import Worlds

/// Users who pay so much for gas and no more.
@Suite struct FeeCapTests {
  /// Against a list that is searched from one end to the other: random offers, prices and times.
  @Test func whoWaitsIsWhoOffersLess() {
    var stream = RandomStream(seed: 7, replication: 0, name: "test")
    let patience = SimDuration.seconds(50)
    let pool = Sequencer.Underpriced(patience: patience, capacity: 40)
    var list: [(fee: UInt64, number: Int64, until: SimTime)] = []
    var now = SimTime.start
    for number in 0..<Int64(3000) {
      now = now + .seconds(Int64(stream.uniform() * 3))
      #expect(
        pool.takeExpired(at: now).map(\.submittedAt.nanoseconds)
          == list.filter { $0.until <= now }.map(\.number))
      list.removeAll { $0.until <= now }
      let fee = 1 + UInt64(stream.uniform() * 20)
      let fits = pool.append(.offer(fee, number), at: now)
      #expect(fits == (list.count < 40))
      if fits { list.append((fee, number, now + patience)) }
      if stream.uniform() < 0.2 {
        let price = 1 + UInt64(stream.uniform() * 20)
        #expect(
          pool.takePayable(at: price).map(\.submittedAt.nanoseconds)
            == list.filter { $0.fee >= price }.map(\.number))
        list.removeAll { $0.fee >= price }
      }
      #expect(pool.count == list.count)
    }
    #expect(!list.isEmpty)
  }

  /// A transaction of 50,000 gas comes each second, and blocks every two, with a target of one transaction: two
  /// raise the price by a tenth.
  private static func rising(_ patience: SimDuration) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.fees.rule = .eip1559
    scenario.rollup.fees.gasPrice = 100
    scenario.rollup.fees.denominator = 10
    scenario.rollup.fees.blockTarget = 50_000
    scenario.rollup.fees.patience = patience
    return scenario
  }

  /// What the clockwork sends fills two targets: blocks of 100,000 gas are charged 100, 110, 121 and 133 wei.
  @Test func aFullBlockRaisesThePrice() throws {
    let values = try Self.rising(.zero).measuredAll()
    #expect(values["fee_l2_wei_per_gas_mean"] == 116.0)
    #expect(values["fee_l2_wei_per_gas_max"] == 133)
    #expect(values["throughput_priced_out_share"] == nil)
  }

  /// Who offers 115 wei is in the blocks at 2 and 4 s.
  ///
  /// At 121 wei no block has gas, and an empty block makes 109.
  @Test func whoOffersTooLittleWaitsForAnEmptyBlock() throws {
    var scenario = Self.rising(.hours(1))
    for kind in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[kind].maxFee = .constant(115)
    }
    let patient = try scenario.measuredAll()
    #expect(patient["throughput_priced_out_share"] == 0)
    #expect(patient["fee_l2_wei_per_gas_max"] == 110)
    scenario.rollup.fees.patience = .zero
    let hasty = try scenario.measuredAll()
    #expect(hasty["throughput_priced_out_share"] == 0.25)
    #expect(hasty["throughput_accepted_tx_per_s"] == 6 / 8.5)
    #expect(
      (patient["finality_soft_s_mean"] ?? 0) > (hasty["finality_soft_s_mean"] ?? .infinity))
  }

  /// Nobody is lost, whatever the rule, the offers and the patience; and a copy ends as its original.
  @Test(arguments: 0..<12) func nobodyIsLost(number: UInt64) throws {
    var stream = RandomStream(seed: number, replication: 0, name: "test")
    var scenario = Scenario.baseCase
    scenario.warmUp = .seconds(600)
    scenario.horizon = .seconds(2400)
    scenario.rollup.workload.arrivals = .poisson(rate: 5)
    scenario.rollup.fees.rule = [.eip1559, .starknet, .arbos][Int(stream.uniform() * 3)]
    scenario.rollup.fees.gasPrice = 10_000_000
    scenario.rollup.fees.blockTarget = UInt64(20_000 + stream.uniform() * 200_000)
    scenario.rollup.fees.denominator = UInt64(2 + stream.uniform() * 100)
    scenario.rollup.fees.targets = GasTargets([
      .init(gasPerSecond: 100_000, window: .seconds(20))
    ])
    scenario.rollup.fees.patience = .seconds(Int64(stream.uniform() * 600))
    scenario.rollup.sequencer.mempoolCapacity = 10 + Int(stream.uniform() * 300)
    for kind in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[kind].maxFee = .pareto(shape: 2, scale: 8_000_000)
    }
    let values = try scenario.measuredAll()
    #expect((values["throughput_priced_out_share"] ?? 0) > 0)
  }
}

extension Transaction {
  fileprivate static func offer(_ fee: UInt64, _ number: Int64) -> Transaction {
    Transaction(
      submittedAt: SimTime(nanoseconds: number), gas: 21_000, bytes: 100, proverWork: 1,
      isMeasured: true, maxFee: fee)
  }
}
