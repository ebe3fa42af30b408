import Catalogue
import Testing
import Worlds

/// Figures of presets whose parts come from one document, beside a whole that another one states.
@Suite struct SecondSourceTests {
  /// A transfer of zkSync Lite costs what its fee counts.
  ///
  /// That is 300 gas to commit it and 200 for each of its two chunks (`fee_ticker/constants.rs`,
  /// `BASE_TRANSFER_COST`). Of two commitments full of transfers, one proof and one execution each has as much.
  @Test func aTransferOfZkSyncLiteCosts700Gas() throws {
    let lite = try Preset("zksync-lite")
    let transfers = try lite["poster.max_bytes"] / lite["workload.classes.transfer.bytes"]
    let data = try lite["workload.classes.transfer.bytes"] * lite.gasPerByte()
    let both = try lite["prover.gas"] + lite["prover.execution_gas"]
    let fixed = try 21_000 + lite["poster.gas"] + both / lite["prover.aggregated_batches"]
    #expect(transfers == 5 * 340)
    #expect(abs(data - 300) < 0.1)
    #expect(abs(data + fixed / transfers - 700) < 0.1)
  }

  /// Groups of five blocks of 680 chunks have 136,000 gas a block, which is 200 gas a chunk.
  ///
  /// The limits (`gas_counter.rs`) of five blocks: 450,000 + 5 · 51,000 to commit, half of 1,500,000 to prove,
  /// 450,000 + 5 · 10,000 to execute.
  @Test func theGasOfZkSyncLiteIsSplitAsItsLimits() throws {
    let lite = try Preset("zksync-lite")
    let (commit, proof, execution) = (705e3, 750e3, 500e3)
    let scale = 680e3 / (commit + proof + execution)
    #expect(try abs(lite["poster.gas"] + 21_000 - commit * scale) < 500)
    #expect(try abs(lite["prover.gas"] / 2 - proof * scale) < 500)
    #expect(try abs(lite["prover.execution_gas"] / 2 - execution * scale) < 500)
  }

  /// A transfer has 4 + 4 + 5 + 1 bytes at 32 levels (`Hermez.sol`, `_constructCircuitInput`), below the 600 gas
  /// that the coordinator allows for one (`cfg.builder.toml`, `L2Tx`).
  @Test func aBatchOfHermezHas2048Transfers() throws {
    let hermez = try Preset("hermez-1")
    let bytes = try hermez["workload.classes.transfer.bytes"]
    let bits = 32.0 + 32 + 40 + 8
    #expect(bytes * 8 == bits)
    #expect(try (hermez["poster.max_bytes"] - hermez["poster.overhead_bytes"]) / bytes == 2048)
    #expect(bytes * 16 < 600)
  }

  /// A batch of Polygon zkEVM takes the 59,434 gas that were measured, `CHAL`.
  ///
  /// A proof is made each 413 s. The first block after 10 s closes a batch, and blocks come each 3 s.
  @Test func theGasOfABatchOfPolygonAddsUp() throws {
    let polygon = try Preset("polygon-zkevm")
    let interval = try polygon["sequencer.block_interval"]
    let age = try (polygon["poster.max_age"] / interval).rounded(.up) * interval
    let batches = try (polygon["prover.aggregation_max_wait"] / age).rounded(.up)
    let gas = try 21_000 + polygon["poster.gas"] + polygon["prover.gas"] / batches
    #expect(batches == 35)
    #expect(abs(gas / 59_434 - 1) < 0.01)
  }

  /// 448 gas of data a trade are stated, and 300,000 for a submission of one block (`DESIGN.md`).
  @Test func aTradeOfLoopringHas448GasOfData() throws {
    let loopring = try Preset("loopring")
    let bytes = try loopring["workload.classes.swap.bytes"] * loopring["poster.compression"]
    let trades = try (loopring["poster.max_bytes"] - loopring["poster.overhead_bytes"]) / bytes
    #expect(abs(bytes * (try loopring.gasPerByte()) - 448) < 0.5)
    #expect(trades.rounded(.down) == 384)
    #expect(try 21_000 + loopring["prover.gas"] == 220_000 + 80_000)
    let proportional = 420.0 * 384 / 2048
    #expect(try abs(loopring["prover.proof_time"] - proportional) < 0.5)
  }

  /// The 426 gas of a trade in full batches (`SX-GAS`) are the most that its data can cost.
  @Test func aTradeOfDydxHasAtMost426GasOfData() throws {
    let dydx = try Preset("starkex-dydx")
    let range = try #require(dydx.resolved.provenance("workload.classes.swap.bytes")?.range)
    #expect(abs(range.upperBound * (try dydx.gasPerByte()) - 426) < 1)
    // A word each for length, position, key, collateral and time, and for each of three assets
    // (`writePositionUpdate`): bytes that are not zero are 1, 3, 32, 8 and 4, and of an asset 6 and 8.
    let assets = 3
    let bytes = 32 * (5 + assets)
    let full = 48 + assets * 14
    let zeros = 1 - Double(full) / Double(bytes)
    let share = try dydx["poster.zero_bytes"]
    #expect(abs(share - zeros) < 0.005)
  }

  /// A send has 1 + 4 · 32 bytes of proof data, two keys of 144 and a number of 4 bytes.
  @Test func aSendOfAztecHas421Bytes() throws {
    let aztec = try Preset("aztec-connect")
    let bytes = try aztec["workload.classes.private_transfer.bytes"]
    let (proofData, forReceivers) = (129.0, 292.0)
    #expect(bytes == proofData + forReceivers)
    // The limit on calldata binds before the 28 · 32 slots do.
    let sends = try (aztec["poster.max_bytes"] - aztec["poster.overhead_bytes"]) / bytes
    #expect(sends.rounded(.down) == 281)
  }

  /// A preset with its figures by their paths.
  private struct Preset {
    let resolved: ResolvedScenario

    init(_ name: String) throws { resolved = try Reading.resolve("system: \(name)") }

    subscript(path: String) -> Double {
      get throws { try #require(resolved.number(path), "\(path)") }
    }

    /// Gas of a byte of published calldata, of which some are zero (EIP-2028).
    func gasPerByte() throws -> Double {
      let zeros = try self["poster.zero_bytes"]
      return 4 * zeros + 16 * (1 - zeros)
    }
  }
}
