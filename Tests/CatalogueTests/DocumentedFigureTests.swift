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
        ("bridge.challenge_window", 549_816), ("poster.max_age", 3600),
        ("proposer.interval", 3600), ("bid.max_pending", 18), ("bid.bump", 100),
        ("fees.l2_gas_price", 2e7),
      ]
    ),
    (
      "optimism-bedrock",
      [
        ("sequencer.block_interval", 2), ("sequencer.block_gas", 30e6),
        ("bridge.challenge_window", 604_800), ("poster.compression", 0.6),
        ("poster.max_bytes", 5 * 126_976), ("proposer.interval", 1800 * 2), ("poster.gas", 0),
      ]
    ),
    (
      "zksync-era",
      [
        ("sequencer.block_interval", 1), ("bridge.execution_delay", 10_800),
        ("poster.max_bytes", 475_000), ("prover.proof_time", 3600), ("prover.rent", 1.87),
      ]
    ),
    (
      "starknet",
      [
        ("sequencer.block_transactions", 500), ("sequencer.block_interval", 6),
        ("poster.compression", 0.135), ("bridge.execution_delay", 0), ("prover.gas", 250_000),
      ]
    ),
  ]

  @Test(arguments: figures)
  func figuresAreThoseOfTheDocuments(system: String, expected: [(String, Double)]) throws {
    let resolved = try Reading.resolve("system: \(system)")
    for (path, value) in expected { #expect(resolved.number(path) == value, "\(path)") }
  }

  @Test(arguments: [
    ("arbitrum-nitro", "post_and_assert"), ("optimism-bedrock", "post_and_assert"),
    ("zksync-era", "sequence_verify"), ("starknet", "sequence_verify"),
  ])
  func sequences(system: String, sequence: String) throws {
    #expect(try Reading.resolve("system: \(system)").value("sequence") == .word(sequence))
  }

  /// The 816,275 gas that were measured per batch: the intrinsic 21,000 of the transaction with the
  /// data, what it executes, and the proof.
  @Test func theGasOfEraAddsUp() throws {
    let era = try Reading.resolve("system: zksync-era")
    let data = try #require(era.number("poster.gas"))
    let proof = try #require(era.number("prover.gas"))
    #expect(21_000 + data + proof == 816_275)
  }
}
