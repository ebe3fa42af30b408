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
        ("bid.tip", 1e9), ("fees.l2_gas_price", 1e7), ("fees.gas_targets.1.target", 7e6),
        ("fees.gas_targets.1.window", 102), ("fees.gas_targets.2.target", 0),
        ("fees.backlog_tolerance", 10), ("upgrades.keys.threshold", 7),
        ("upgrades.council.threshold", 9),
        ("upgrades.delay", 8 * 86_400 + 45_818 * 12 + 3 * 86_400), ("data_fees.reward", 0),
        ("data_fees.equilibration_units", 16 * 1e7), ("data_fees.inertia", 10),
      ]
    ),
    (
      "arbitrum-nitro-2026",
      [
        ("fees.l2_gas_price", 2e7), ("fees.backlog_tolerance", 0),
        ("fees.gas_targets.1.target", 60e6), ("fees.gas_targets.1.window", 9),
        ("fees.gas_targets.2.target", 41e6), ("fees.gas_targets.2.window", 52),
        ("fees.gas_targets.3.target", 29e6), ("fees.gas_targets.3.window", 329),
        ("fees.gas_targets.4.target", 20e6), ("fees.gas_targets.4.window", 2105),
        ("fees.gas_targets.5.target", 14e6), ("fees.gas_targets.5.window", 13_485),
        ("fees.gas_targets.6.target", 10e6), ("fees.gas_targets.6.window", 86_400),
      ]
    ),
    (
      "optimism-bedrock",
      [
        ("sequencer.block_interval", 2), ("sequencer.block_gas", 30e6),
        ("bridge.challenge_window", 604_800), ("poster.compression", 0.6),
        ("poster.max_bytes", 5 * 130_044), ("proposer.interval", 1800 * 2), ("poster.gas", 0),
        ("bridge.prove_delay", 604_800), ("bid.tip", 1e9), ("data_fees.base_fee_scalar", 0x558),
        ("data_fees.blob_base_fee_scalar", 0xc5fc5),
      ]
    ),
    ("optimism-bedrock-2023", [("data_fees.overhead", 0xbc), ("data_fees.scalar", 0xa6fe0)]),
    (
      "optimism-fault-proofs",
      [("data_fees.base_fee_scalar", 0x146b), ("data_fees.blob_base_fee_scalar", 0xf79c5)]
    ),
    (
      "zksync-era",
      [
        ("sequencer.block_interval", 1), ("bridge.execution_delay", 10_800),
        ("poster.max_bytes", 475_000), ("bridge.execution_margin", 30), ("prover.rent", 1.87),
        ("upgrades.keys.threshold", 6), ("upgrades.council.threshold", 9),
        ("upgrades.delay", 4 * 86_400), ("data_fees.base_fee_factor", 1.06),
        ("data_fees.blob_fee_factor", 1.5), ("data_fees.rounding_price", 45_250_000),
        ("data_fees.batch_gas", 800_000), ("data_fees.batch_bytes", 500_000),
      ]
    ),
    (
      "starknet",
      [
        ("sequencer.block_transactions", 500), ("sequencer.block_interval", 6),
        ("poster.compression", 0.135), ("bridge.execution_delay", 0), ("data_fees.window", 300),
        ("data_fees.lag_time", 600), ("data_fees.multiplier", 135),
      ]
    ),
    (
      "zksync-lite",
      [
        ("prover.proof_time", 600), ("poster.max_bytes", 5 * 680 * 10),
        ("prover.aggregated_batches", 10 / 5), ("bridge.execution_delay", 0),
        ("upgrades.keys.signers", 8), ("upgrades.keys.threshold", 4),
        ("upgrades.council.signers", 15), ("upgrades.council.threshold", 9),
      ]
    ),
    (
      "hermez-1",
      [
        ("poster.max_age", 600), ("prover.aggregated_batches", 1), ("bridge.execution_delay", 0),
        ("poster.overhead_bytes", 4 + 32 * (16 + 3) + 64 * 4),
      ]
    ),
    (
      "polygon-zkevm",
      [
        ("sequencer.block_interval", 3), ("sequencer.block_transactions", 300),
        ("poster.max_age", 10), ("poster.max_bytes", 120_000), ("prover.rent", 8.06),
        ("prover.aggregation_time", 12), ("prover.wrap_time", 311),
        ("prover.aggregation_max_wait", 311 + 12 + 90),
        ("prover.aggregated_batches", 1000),
      ]
    ),
    ("starkex-dydx", [("poster.max_age", 4 * 3600), ("poster.zero_bytes", 0.65)]),
    (
      "aztec-connect",
      [
        ("poster.max_age", 4 * 3600), ("poster.max_bytes", 120 * 1024), ("prover.gas", 500_000),
        ("poster.overhead_bytes", 4544), ("upgrades.keys.signers", 2),
        ("upgrades.keys.threshold", 1), ("upgrades.delay", 0),
      ]
    ),
  ]

  /// Who can replace the contracts: signers, how many have to sign, and the delay.
  private static let governance: [(String, Double, Double, Double)] = [
    ("arbitrum-classic", 6, 4, 0), ("fuel-v2", 13, 10, 0), ("layer3-game", 5, 3, 0),
    ("loopring", 3, 2, 0), ("optimism-2022", 7, 5, 0), ("optimism-bedrock", 2, 2, 0),
    ("optimism-bedrock-2023", 7, 5, 0), ("starkex-immutablex", 6, 4, 14 * 86_400),
    ("zksync-era-2023", 8, 4, 0),
  ]

  @Test(arguments: governance)
  func thesePeopleCanReplaceContracts(
    system: String, signers: Double, threshold: Double, delay: Double
  ) throws {
    let resolved = try Reading.resolve("system: \(system)")
    #expect(resolved.number("upgrades.keys.signers") == signers)
    #expect(resolved.number("upgrades.keys.threshold") == threshold)
    #expect(resolved.number("upgrades.delay") == delay)
    #expect(resolved.number("upgrades.council.signers") == 0)
  }

  @Test(arguments: figures)
  func figuresAreThoseOfTheDocuments(system: String, expected: [(String, Double)]) throws {
    let resolved = try Reading.resolve("system: \(system)")
    for (path, value) in expected { #expect(resolved.number(path) == value, "\(path)") }
  }

  /// Until 2026-01 all periods of Nitro have the same.
  @Test(arguments: ["arbitrum-nitro", "arbitrum-nitro-2022", "arbitrum-nitro-2024"])
  func arbitrumHasAGasTarget(system: String) throws {
    let fees = try Reading.resolve("system: \(system)").scenario.rollup.fees
    #expect(fees.rule == .arbos && fees.targets.lowest == 7_000_000)
  }

  /// Who charges for data does so by its own rule, and all others by none.
  @Test func rulesOfFeesForData() throws {
    let rules = [
      "arbitrum-nitro": "arbos", "arbitrum-nitro-2022": "arbos", "arbitrum-nitro-2024": "arbos",
      "arbitrum-nitro-2026": "arbos", "optimism-2022": "bedrock", "optimism-bedrock": "ecotone",
      "optimism-bedrock-2023": "bedrock", "optimism-fault-proofs": "fjord", "starknet": "starknet",
      "starknet-2022": "starknet", "starknet-2024": "starknet", "starknet-consensus": "starknet",
      "starknet-differences": "starknet", "zksync-era": "era", "zksync-era-2023": "era",
      "zksync-era-differences": "era",
    ]
    for name in Catalogue.builtIn.names(.system) {
      let rule = try Reading.resolve("system: \(name)").value("data_fees.rule")
      #expect(rule == .word(rules[name] ?? "none"), "\(name)")
    }
  }

  @Test(arguments: [
    ("arbitrum-nitro", "assert_with_game"), ("optimism-bedrock", "post_and_assert"),
    ("optimism-fault-proofs", "assert_with_game"), ("zksync-era", "commit_prove_execute"),
    ("starknet", "data_with_proof"), ("zksync-lite", "commit_prove_execute"),
    ("polygon-zkevm", "sequence_verify"), ("hermez-1", "data_with_proof"),
    ("loopring", "data_with_proof"), ("starkex-dydx", "data_with_proof"),
    ("aztec-connect", "data_with_proof"),
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
