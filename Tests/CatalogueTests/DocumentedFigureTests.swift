import Catalogue
import Testing
import Worlds

/// Figures of the four systems against the values of their documents.
@Suite struct DocumentedFigureTests {
  private static let figures: [(String, [(String, Double)])] = [
    (
      "arbitrum-nitro",
      [
        ("sequencer.block_interval", 0.25), ("sequencer.block_gas", 32e6),
        ("bridge.challenge_blocks", 45_818), ("poster.max_age", 3600),
        ("poster.max_bytes", 130_048 * 9 / 2 - 2000), ("poster.blob_bytes", 130_048),
        ("proposer.interval", 3600), ("bid.max_pending", 18),
        ("bid.tip", 1e9), ("fees.l2_gas_price", 1e7),
      ]
    ),
    (
      "optimism-bedrock",
      [
        ("sequencer.block_interval", 2), ("sequencer.block_gas", 30e6),
        ("bridge.challenge_window", 604_800), ("poster.compression", 0.6),
        ("poster.max_bytes", 5 * 130_044), ("proposer.interval", 1800 * 2), ("poster.gas", 0),
        ("bridge.prove_delay", 604_800), ("bid.tip", 1e9),
      ]
    ),
    (
      "zksync-era",
      [
        ("sequencer.block_interval", 1), ("bridge.execution_delay", 10_800),
        ("poster.max_bytes", 475_000), ("bridge.execution_margin", 30), ("prover.rent", 1.87),
      ]
    ),
    (
      "starknet",
      [
        ("sequencer.block_transactions", 500), ("sequencer.block_interval", 6),
        ("poster.compression", 0.135), ("bridge.execution_delay", 0),
      ]
    ),
  ]

  @Test(arguments: figures)
  func figuresAreThoseOfTheDocuments(system: String, expected: [(String, Double)]) throws {
    let resolved = try Reading.resolve("system: \(system)")
    for (path, value) in expected { #expect(resolved.number(path) == value, "\(path)") }
  }

  @Test(arguments: [
    ("arbitrum-nitro", "assert_with_game"), ("optimism-bedrock", "post_and_assert"),
    ("optimism-fault-proofs", "assert_with_game"), ("zksync-era", "commit_prove_execute"),
    ("starknet", "data_with_proof"),
  ])
  func sequences(system: String, sequence: String) throws {
    #expect(try Reading.resolve("system: \(system)").value("sequence") == .word(sequence))
  }

  /// The 816,275 gas that were measured per batch: the intrinsic 21,000 of the transaction with the
  /// data, what it executes, the proof, and the execution.
  @Test func theGasOfEraAddsUp() throws {
    let era = try Reading.resolve("system: zksync-era")
    let data = try #require(era.number("poster.gas"))
    let proof = try #require(era.number("prover.gas"))
    let execution = try #require(era.number("prover.execution_gas"))
    #expect(21_000 + data + proof + execution == 816_275)
  }
}
