import EventKernel
import Randomness
import Rollup
import Testing

@testable import Worlds

/// A chain that keeps data beside the host: its gas, its blocks, its relay, worked out by hand.
@Suite struct ExternalChainTests {
  private static func scenario(_ sequence: SettlementSequence) -> Scenario {
    var scenario = Scenario.clockwork(sequence)
    scenario.rollup.data.mode = .external
    scenario.rollup.data.external.relayInterval = .seconds(60)
    scenario.rollup.data.external.relayDelay = .constant(30)
    return scenario
  }

  /// 512 B of a share are 478 B of data in the first and 482 B in each later one (celestia-app, shares): the
  /// gas of a blob of 1 MB is 65,000 + 2075 · 4096.
  @Test(arguments: [
    (1, 1), (478, 1), (479, 2), (960, 2), (961, 3), (1442, 3), (1_000_000, 2075),
  ])
  func sharesAreCountedAsTheChainDoes(_ bytes: UInt64, _ shares: UInt64) {
    #expect(ExternalChain.Policy.shares(of: bytes) == shares)
    #expect(ExternalChain.Policy().gas(ofBlob: bytes) == 65_000 + shares * 4096)
  }

  /// Batches are closed at 4 and 8 s, in blocks of 6 and 12 s, and then handed to the host, which has them in
  /// blocks of 12 and 24 s: what is handed over at the instant of a block is in the next.
  @Test func batchesAreHandedOverOnceABlockHasThem() throws {
    let values = try Self.scenario(.postAndAssert).measuredAll()
    #expect(values["data_kept_s_mean"] == 3)
    #expect(values["data_kept_s_max"] == 4)
    #expect(values["finality_posted_s_max"] == 7.0)
    #expect(values["finality_included_s_mean"] == (12.0 + 24) / 2 - 4.5)
    #expect(values["finality_included_s_max"] == 19.0)
  }

  /// A proof is believed once the relay has told of the data.
  ///
  /// The relay of 60 s is there at 90 s, and what waits for it is in the block of 96 s. An assertion asks for
  /// no relay: that of 60 s is in the block of 72 s.
  @Test func proofsWaitForTheRelay() throws {
    for sequence in [SettlementSequence.sequenceVerify, .dataWithProof] {
      var scenario = Self.scenario(sequence)
      scenario.rollup.prover.witnessTime = .constant(5)
      scenario.rollup.prover.proofTime = .constant(10)
      let values = try scenario.measuredAll()
      #expect(values["finality_proven_s_mean"] == 96 - 4.5)
    }
    let asserted = try Self.scenario(.postAndAssert).measuredAll()
    #expect(asserted["finality_proven_s_mean"] == 72 - 4.5)
  }

  /// The data layer is paid by its gas, and the host for less data.
  ///
  /// A batch of 400 B is one share: 69,096 gas at 0.004 utia are 277 utia, which at 1 USD and 2500 USD are
  /// 110,800,000,000 wei for four transactions. The host has 100 B of calldata, 2 of them zero, and the relay.
  @Test func theChainIsPaidByItsGas() throws {
    var scenario = Self.scenario(.postAndAssert)
    scenario.rollup.data.external.blockInterval = .seconds(9)
    let values = try scenario.measuredAll()
    #expect(values["data_layer_fee_wei_per_tx_mean"] == 27_700_000_000)
    // Both in the block of 9 s, and in that of 12 s of the host, at its first price of 17 gwei.
    let calldataGas = 2 * 4 + 98 * 16
    let gas = Double(21_000 + 50_000 + calldataGas + 100_000)
    let host = gas * 17e9 / 4
    #expect(values["cost_data_wei_per_tx_mean"] == host + 27_700_000_000)
    #expect(values["bytes_posted_per_tx"] == 2 * 100.0 / 8)
    #expect(values["data_off_host_bytes_per_tx"] == 100)
    let total = try #require(values["cost_total_wei_per_tx_mean"])
    let state = try #require(values["cost_state_wei_per_tx_mean"])
    #expect(abs(total - state - host - 27_700_000_000) < 1e-6 * total)
  }

  /// A batch of 2500 B in blobs of 1000 B, one a block: three blocks, and the next batch waits for them.
  @Test func blobsWaitForRoom() {
    var policy = Self.scenario(.postAndAssert).rollup.data
    policy.external.blobBytes = 1000
    policy.external.blockBytes = 1000
    policy.external.blockInterval = .seconds(10)
    let run = DataLayerDriver.run(
      policy, batches: 3, every: .seconds(1), batchSize: 1, batchBytes: 2500)
    #expect(run.waits == [29, 58, 87].map { SimDuration.seconds($0) })
  }

  @Test func whatIsNoChainIsRefused() {
    var scenario = Self.scenario(.postAndAssert)
    scenario.rollup.data.external.blockInterval = .zero
    scenario.rollup.data.external.blobBytes = 999
    scenario.rollup.data.external.gasPrice = -1
    scenario.rollup.data.external.relayInterval = SimDuration(nanoseconds: 1)
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == [
        "data.external.block_interval", "data.external.blob_bytes", "data.external.relay_interval",
        "data.external.gas_price",
      ])
  }
}
