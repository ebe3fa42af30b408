import EventKernel
import Ledger
import Settlement
import Testing

@testable import Rollup
@testable import Worlds

/// Starknet's price of data against the tests of its sequencer, by hand, and in worlds.
@Suite struct StarknetDataPriceTests {
  /// Five blocks 2 s apart: block i charges i² for gas and i² + 1 for blob gas, and is the last of those so far.
  private static func fees(
    in carrier: DataCarrier, _ change: (inout StarknetDataPrice) -> Void
  ) -> DataFees {
    var policy = DataFees.Policy.baseCase
    policy.rule = .starknet
    change(&policy.starknet)
    let blocks = (0...5 as ClosedRange<UInt64>).map {
      ObservedFees(baseFee: $0 * $0, blobBaseFee: $0 * $0 + 1)
    }
    var fees = DataFees(policy, at: blocks[0], carrier: carrier)
    for number in 0..<5 {
      fees.observe(blocks[number + 1], at: .start + .seconds(2 * Int64(number)))
    }
    return fees
  }

  /// `gas_price_provider_mean_prices` of `l1_gas_price_provider_test.rs`: of blocks 1 to 3 the means are 14/3 and 17/3,
  /// rounded down; 0.135 · 5 wei are raised to 1.
  @Test func theMeanIsOfBlocksAsOldAsTheLag() {
    for (carrier, price) in [(.calldata, 1_000_000_004), (.blobs, 1)] as [(DataCarrier, UInt128)] {
      let fees = Self.fees(in: carrier) { ($0.window, $0.lag) = (3, .seconds(2)) }
      #expect(fees.rate.price == price)
    }
  }

  /// The same without tip, multiplier and bounds, so that the means are seen: of the whole lag, of fewer blocks than
  /// the window has, of the first where none is old enough, and of those up to the last without a lag.
  @Test(
    arguments: [
      (3, 2, 4, 5), (300, 2, 3, 4), (3, 600, 0, 1), (2, 0, 12, 13), (3, 3, 1, 2), (1, 4, 4, 5),
    ] as [(Int, Int64, UInt128, UInt128)])
  func meansAreRoundedDown(window: Int, lag: Int64, gas: UInt128, data: UInt128) {
    for (carrier, mean) in [(.calldata, gas), (.blobs, data)] as [(DataCarrier, UInt128)] {
      let fees = Self.fees(in: carrier) {
        ($0.window, $0.lag) = (window, .seconds(lag))
        ($0.tip, $0.multiplier, $0.leastGasPrice) = (0, 1000, 0)
      }
      #expect(fees.rate.price == mean)
    }
  }

  /// 20 gwei and a tip of 1; 0.135 · 5 gwei; and the bounds.
  @Test(
    arguments: [
      (20_000_000_000, 21_000_000_000, 5_000_000_000, 675_000_000),
      (0, 1_000_000_000, 7, 1), (.max, 200_000_000_000, .max, 1_000_000_000_000_000_000),
    ] as [(UInt64, UInt64, UInt64, UInt64)])
  func pricesHaveATipAMultiplierAndBounds(
    baseFee: UInt64, gas: UInt64, blobBaseFee: UInt64, data: UInt64
  ) {
    let fees = [ObservedFees(baseFee: baseFee, blobBaseFee: blobBaseFee)]
    #expect(StarknetDataPrice().price(in: .calldata, of: fees) == gas)
    #expect(StarknetDataPrice().price(in: .blobs, of: fees) == data)
  }

  /// Words of slots and contracts, their gas in blobs and in calldata; the first two of the latter are those of
  /// `test_onchain_data_discount` of `gas_usage_test.rs`: 7 · 790 + 862, and 54 words less a balance.
  @Test(
    arguments: [
      (1, 7, 16, 512, 6392), (27, 0, 54, 1728, 29_514), (3, 2, 10, 320, 4646), (0, 0, 0, 0, 0),
    ] as [(UInt64, UInt64, UInt64, UInt64, UInt64)])
  func wordsAndTheirGas(
    writes: UInt64, contracts: UInt64, words: UInt64, data: UInt64, gas: UInt64
  ) {
    #expect(StarknetDataPrice.words(writes: writes, contracts: contracts) == words)
    for (carrier, expected) in [(.blobs, data), (.calldata, gas)] as [(DataCarrier, UInt64)] {
      #expect(
        StarknetDataPrice.gas(words: words, contracts: contracts, in: carrier) == expected)
      let known = DataFeeRate(
        rule: .starknet, price: 7,
        difference: .init(carrier: carrier, words: nil, contracts: contracts))
      #expect(known.fee(bytes: 999, writes: writes) == Wei(7 * Int128(expected)))
      let assumed = DataFeeRate(
        rule: .starknet, price: 7,
        difference: .init(carrier: carrier, words: words, contracts: contracts))
      #expect(assumed.fee(bytes: 999, writes: 50) == Wei(7 * Int128(expected)))
    }
  }

  /// A rollup that goes over to blobs is charged for data gas from then on: six words at the least prices.
  @Test func theCarrierCanChange() {
    var fees = Self.fees(in: .calldata) { $0.window = 1 }
    #expect(fees.rate.fee(bytes: 100) == Wei(2754 * 1_000_000_000))
    fees.carrier = .blobs
    #expect(fees.rate.fee(bytes: 100) == Wei(192))
  }

  /// The clockwork on calldata, whose base fee stays.
  private static func scenario(_ rule: DataFees.Policy.Rule) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.executionFee.kind = .constant
    scenario.rollup.poster.carrier = .calldata
    scenario.rollup.dataFees.rule = rule
    return scenario
  }

  /// 551 · 6 − 312 − 240 gas of the six words of a transfer, at the base fee and a tip; with slots 551 · 2 · (4 + 3) −
  /// 3 · 312 − 240 of four of them and three contracts.
  @Test(arguments: [(DataFormat.transactions, 2754.0), (.stateDifferences, 6538.0)])
  func usersPayForTheirWords(format: DataFormat, gas: Double) throws {
    func paid(_ rule: DataFees.Policy.Rule) throws -> Double {
      var scenario = Self.scenario(rule)
      scenario.rollup.poster.format = format
      if format == .stateDifferences { scenario.rollup.dataFees.starknet.contracts = 3 }
      return try #require(try scenario.measured("fee_l2_wei_per_tx_mean"))
    }
    let (with, without) = (try paid(.starknet), try paid(.none))
    let price = Double(Self.scenario(.none).settlement.initialBaseFee) + 1e9
    #expect(abs(with - without - gas * price) <= 1)
  }
}
