import EventKernel
import Ledger
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Fees for data, what is given away, and origins, in worlds that are worked out by hand.
@Suite struct BusinessTests {
  private static func scenario() -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .hours(2)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.01)
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.settlement.executionFee.kind = .constant
    scenario.settlement.demand.level = 0
    return scenario
  }

  /// What a transaction pays more than for its gas is what Ecotone charges for its bytes.
  @Test func feesForDataAreCharged() throws {
    var scenario = Self.scenario()
    let without = try #require(try scenario.measuredAll()["fee_l2_wei_per_tx_mean"])
    scenario.rollup.dataFees.rule = .ecotone
    scenario.rollup.dataFees.zeroByteShare = 0
    scenario.rollup.dataFees.blobBaseFeeScalar = 0
    scenario.rollup.dataFees.baseFeeScalar = 1_000_000
    scenario.rollup.dataFees.operatorConstant = 7
    let bytes = scenario.rollup.workload.mean(of: \.bytes)
    let values = try scenario.measuredAll()
    let with = try #require(values["fee_l2_wei_per_tx_mean"])
    let fee = 16 * bytes * Double(scenario.settlement.initialBaseFee)
    #expect(abs(with - without - fee - 7) <= 1)
    #expect(abs(try #require(values["fee_data_wei_per_tx_mean"]) - fee - 7) <= 1)
    let usd = with * 1e-18 * scenario.usdPerEther
    #expect(abs(try #require(values["fee_user_usd_per_tx_mean"]) - usd) <= 1e-12 * usd)
    #expect(try #require(values["profit_data_fees_usd_per_d"]) > 0)
  }

  /// Of two operators that differ in a rent of 24 USD an hour the path of the one is below that of the other by so much, at
  /// each time.
  @Test func thePathHasWhatIsDueByThen() throws {
    func path(rent: Double) throws -> [FeePath.Sample] {
      var scenario = Self.scenario()
      scenario.rollup.operator.nodesUSDPerHour = rent
      return try scenario.validated().run(
        seed: 1, replication: 0, feeGrid: .seconds(600)
      ).feePath
    }
    let (cheap, dear) = (try path(rent: 0.001), try path(rent: 24.001))
    #expect(cheap.count == 12 && dear.count == 12)
    #expect(cheap[0].operatorsUSD == 0)
    for (one, other) in zip(cheap, dear) {
      let hours = (one.time - .start).seconds / 3600
      #expect(abs(one.operatorsUSD - other.operatorsUSD - 24 * hours) < 1e-9)
    }
  }

  /// What is observed in a block is what the next one charges; four blocks behind that is the fee of a lag of four.
  @Test(arguments: [0, 4]) func feesLagBehind(_ lag: Int) {
    var policy = DataFees.Policy.baseCase
    policy.rule = .bedrock
    policy.scalar = 1_000_000
    policy.overhead = 0
    policy.zeroByteShare = 0
    policy.lag = lag
    var fees = DataFees(policy, at: ObservedFees(baseFee: 100, blobBaseFee: 1))
    for block in 1...10 as ClosedRange<UInt64> {
      fees.observe(ObservedFees(baseFee: 100 + block, blobBaseFee: 1), at: .start)
    }
    // The tenth block charged what the ninth showed.
    #expect(fees.rate.fee(bytes: 1) == Wei(Int128(16 * (109 - lag))))
  }

  /// Two wei for a unit of gas and seven for each transaction.
  @Test func premiumsAreOfGasAndTransactions() {
    var policy = DataFees.Policy.baseCase
    policy.rule = .fjord
    policy.operatorScalar = 2_000_000
    policy.operatorConstant = 7
    let fees = DataFees(policy, at: ObservedFees(baseFee: 1, blobBaseFee: 1))
    #expect(fees.premium(count: 3, gas: 50) == Wei(121))
  }

  /// From Jovian on the scalar counts a hundredfold: 200 wei for a unit of gas.
  @Test func premiumsOfJovianAreLarger() {
    var policy = DataFees.Policy.baseCase
    policy.rule = .fjord
    policy.operatorScalar = 2
    policy.operatorConstant = 7
    for (rule, premium) in [(.isthmus, 21), (.jovian, 10_021)]
      as [(DataFees.Policy.OperatorFee, Int128)]
    {
      policy.operatorFee = rule
      let fees = DataFees(policy, at: ObservedFees(baseFee: 1, blobBaseFee: 1))
      #expect(fees.premium(count: 3, gas: 50) == Wei(premium))
    }
  }

  /// A fifth is destroyed and a tenth given away of what gas brings.
  @Test func feesAreGivenAway() throws {
    var scenario = Self.scenario()
    scenario.rollup.operator.burned = 0.2
    scenario.rollup.operator.shared = 0.1
    let values = try scenario.measuredAll()
    let (fees, given) = (
      try #require(values["profit_gas_fees_usd_per_d"]),
      try #require(values["profit_shares_usd_per_d"])
    )
    #expect(fees > 0 && abs(given / fees - 0.3) < 1e-9)
  }

  /// Rent and interest are paid by the hour, whatever happens.
  @Test func rentIsPaidAllTheTime() throws {
    var scenario = Self.scenario()
    scenario.rollup.operator.nodesUSDPerHour = 3
    scenario.rollup.operator.lockedUSD = 87_600
    scenario.rollup.operator.capitalRate = 0.1
    let values = try scenario.measuredAll()
    #expect(abs(try #require(values["profit_nodes_usd_per_d"]) - 72) < 1e-6)
    #expect(abs(try #require(values["profit_capital_usd_per_d"]) - 24) < 1e-6)
  }

  /// Who has no money left stops, and the transactions of afterwards are stranded.
  @Test func anOperatorWithoutMoneyStops() throws {
    var scenario = Self.scenario()
    scenario.rollup.operator.nodesUSDPerHour = 10_000
    scenario.rollup.operator.cashUSD = 10_000
    let values = try scenario.measuredAll()
    #expect(values["profit_failed_share"] == 1)
    let failed = try #require(values["profit_failed_s"])
    #expect((3500...3700).contains(failed))
    // A hundredth of a transaction a second, for the hour that is left.
    #expect((34...38).contains(try #require(values["profit_stranded_count"])))
  }

  /// Blocks built on four blocks behind the tip fall only with what a re-org drops beyond four.
  @Test func whatIsBuiltOnDroppedBlocksIsGivenUp() {
    var policy = Origins.Policy()
    policy.follow = true
    policy.confirmations = 4
    var origins = Origins(policy, window: .start..<(.start + .hours(1)))
    for height in 10...20 { origins.confirm(1, at: height, .start) }
    // Its parent is 16: blocks whose origin is 17 or more need a tip of 21.
    origins.reorganise(at: 17)
    #expect(origins.lost == 0)
    // The parent is 12: tips from 17 on have origins from 13 on.
    origins.reorganise(at: 13)
    #expect(origins.lost == 4)
    // They were built anew on a tip of 13, and have an origin of 9.
    origins.reorganise(at: 9)
    #expect(origins.lost == 4 + 11 - 3)
  }
}
