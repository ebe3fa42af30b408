import Declarations
import Testing
import Worlds

@testable import Catalogue

/// The presets that the program carries.
@Suite struct PresetTests {
  private static let blobChains = [
    "ethereum-dencun", "ethereum-pectra", "ethereum-fusaka", "ethereum-bpo1", "ethereum-bpo2",
    "ethereum-2025",
  ]
  private static let chainsWithoutBlobs = [
    "ethereum-merge", "ethereum-pow", "arweave", "algorand", "cardano",
  ]
  private static let systems = [
    "arbitrum-nitro", "arbitrum-nitro-2024", "arbitrum-nitro-2026", "arbitrum-timeboost", "fuel-v2",
    "optimism-bedrock",
    "optimism-fault-proofs",
    "starknet", "starknet-2024", "starknet-consensus", "starknet-differences", "zkporter",
    "zksync-era",
    "zksync-era-differences",
  ]
  private static let systemsOnCalldata = [
    "arbitrum-nitro-2022", "aztec-connect", "optimism-2022", "optimism-bedrock-2023",
    "polygon-zkevm", "polygon-zkevm-race", "starkex-dydx", "starkex-immutablex", "zkopru",
    "zksync-era-2023",
  ]
  private static let systemsUnderProofOfWork = [
    "arbitrum-classic", "fuel-v1", "hermez-1", "hermez-1-auction", "loopring", "starknet-2022",
    "zksync-lite",
  ]

  /// What stands on a rollup, and so has its data in calldata.
  private static let layers3 = [
    "layer3-exchange", "layer3-game", "layer3-nft", "layer3-payments", "layer3-private",
  ]

  /// What keeps its data elsewhere, or settles on another chain.
  private static let systemsElsewhere = ["optimism-celestia", "orbis"]
  /// What settles on a chain that stores data.
  private static let systemsOnStorage = ["everpay", "milkomeda-a1"]

  @Test func theCatalogueHasTheseNames() {
    #expect(
      Catalogue.builtIn.names(.system)
        == (Self.systems + Self.systemsOnCalldata + Self.systemsUnderProofOfWork
        + Self.systemsElsewhere + Self.systemsOnStorage + Self.layers3).sorted())
    let chains = Self.blobChains + Self.chainsWithoutBlobs
    #expect(Set(Catalogue.builtIn.names(.chain)) == Set(chains))
  }

  @Test(arguments: systems + systemsOnCalldata + systemsUnderProofOfWork)
  func aSystemIsValidOnItsOwnChain(name: String) throws {
    let resolved = try Reading.resolve("system: \(name)")
    #expect(resolved.system == name)
    let isUnderProofOfWork = Self.systemsUnderProofOfWork.contains(name)
    let isOnCalldata = Self.systemsOnCalldata.contains(name)
    #expect((resolved.chain == "ethereum-pow") == isUnderProofOfWork)
    #expect((resolved.chain == "ethereum-merge") == isOnCalldata)
    #expect(
      (resolved.scenario.rollup.poster.carrier == .calldata) == (isOnCalldata || isUnderProofOfWork)
    )
    #expect(try #require(Catalogue.builtIn.preset(.system, named: name)).period != "")
    _ = try resolved.scenario.validated()
  }

  /// On a rollup, and as a scenario of its own on the settlement chain.
  @Test(arguments: layers3)
  func aLayer3IsValidOnARollup(name: String) throws {
    _ = try Reading.resolve("system: \(name)").scenario.validated()
    let layered = try Reading.resolve(
      """
      settlement: ethereum-pectra
      rollups:
        host: {system: arbitrum-nitro}
        game: {system: \(name), host: host}
      """)
    #expect(layered.scenario.rollups.contains { $0.poster.carrier == .calldata })
    _ = try layered.scenario.validated(layered.shape)
  }

  @Test(arguments: zip(systemsElsewhere, ["ethereum-pectra", "cardano"]))
  func aSystemWithItsDataElsewhereIsValid(name: String, chain: String) throws {
    let resolved = try Reading.resolve("system: \(name)")
    #expect(resolved.chain == chain)
    #expect(resolved.scenario.rollup.data.mode != .host)
    _ = try resolved.scenario.validated()
  }

  @Test(arguments: zip(systemsOnStorage, ["arweave", "algorand"]))
  func aSystemOnAChainThatStoresDataIsValid(name: String, chain: String) throws {
    let resolved = try Reading.resolve("system: \(name)")
    #expect(resolved.chain == chain)
    _ = try resolved.scenario.validated()
  }

  @Test(arguments: systems, blobChains)
  func aSystemIsValidOnEveryChainWithBlobs(system: String, chain: String) throws {
    let resolved = try Reading.resolve("{system: \(system), settlement: \(chain)}")
    #expect(resolved.chain == chain)
    _ = try resolved.scenario.validated()
  }

  @Test func aSystemWithBlobsIsRefusedWhereThereAreNone() {
    #expect(
      Reading.problems("{system: starknet, settlement: ethereum-merge}") == [
        "test.yaml:1:10: poster.blobs_per_transaction: expected poster.blobs_per_transaction from 1 "
          + "to the 0 blobs that a transaction can have",
        "test.yaml:1:10: poster.carrier: expected calldata: this settlement chain has no blobs",
      ])
    #expect(
      Reading.problems(
        "{system: arbitrum-nitro, settlement: ethereum-merge, poster.carrier: calldata}") == [])
  }

  /// On chains that sell bytes a gas is a byte, and some have room for a batch of Ethereum's.
  @Test(arguments: ["arweave", "algorand"])
  func aSystemCanPutItsBatchesOnAChainThatSellsBytes(chain: String) throws {
    let resolved = try Reading.resolve(
      "{system: arbitrum-nitro, settlement: \(chain), poster.carrier: calldata}")
    _ = try resolved.scenario.validated()
    let calldata = resolved.scenario.settlement.calldata
    #expect(calldata.gas(zeroBytes: 10, nonZeroBytes: 90, execution: 0) == 100)
  }

  @Test func whatCardanoHasNoRoomForIsRefused() {
    let problems = Reading.problems(
      "{system: arbitrum-nitro, settlement: cardano, poster.carrier: calldata}")
    #expect(problems.count == 4)
    #expect(problems.allSatisfy { $0.contains("expected a transaction of at most 16384 gas") })
  }

  /// A figure is a value with a flag, or a range that is flagged as unknown and has the value of no
  /// source.
  @Test func unknownFiguresAreRangesAndOthersAreNot() {
    for preset in Catalogue.builtIn.presets {
      #expect(!preset.entries.isEmpty, "\(preset.name)")
      for entry in preset.entries {
        let (flag, range) = (entry.provenance.flag, entry.provenance.range)
        let path = Parameter.all[entry.parameter].path
        #expect((flag == .unknown) == (range != nil), "\(preset.name) \(path)")
        #expect(entry.provenance.origin == preset.name)
        #expect(flag != .chosen, "only users choose")
      }
    }
  }

  /// What is measured or read somewhere says where, except that blobs did not exist yet.
  @Test func documentedFiguresHaveASource() {
    for preset in Catalogue.builtIn.presets {
      for entry in preset.entries {
        let path = Parameter.all[entry.parameter].path
        guard [.measured, .documented].contains(entry.provenance.flag),
          preset.name != "ethereum-merge" || !path.contains("blob")
        else { continue }
        #expect(!entry.provenance.source.isEmpty, "\(preset.name) \(path)")
      }
    }
  }

  @Test(arguments: [
    ("arbitrum-nitro", ["proposer.gas", "bridge.resolve_gas"]),
    ("optimism-bedrock", ["poster.max_age", "proposer.gas", "fees.l2_gas_price"]),
    (
      "optimism-fault-proofs",
      ["poster.max_age", "proposer.gas", "bridge.resolve_gas", "fees.l2_gas_price"]
    ),
    ("zksync-era", ["prover.provers"]),
    (
      "starknet",
      ["poster.max_age", "prover.provers", "prover.proof_time", "prover.gas", "prover.rent"]
    ),
    ("polygon-zkevm", ["poster.zero_bytes", "prover.provers"]),
    (
      "loopring",
      ["poster.max_age", "prover.provers", "prover.rent", "settlement.confirmations"]
    ),
    (
      "aztec-connect",
      ["workload.classes.private_transfer.client_time", "prover.proof_time", "prover.rent"]
    ),
  ])
  func theseFiguresAreUnknown(system: String, paths: [String]) throws {
    let unknowns = try Reading.resolve("system: \(system)").unknowns
    #expect(unknowns.map(\.parameter.path) == paths)
  }

  /// What only users who leave read, or upgrades, is unknown where a scenario has these.
  @Test(arguments: [
    ("loopring", "exits.users: 10", ["exits.request_gas", "exits.freeze_gas", "exits.gas"]),
    ("hermez-1", "upgrades.per_year: 1", ["upgrades.keys.signers", "upgrades.keys.threshold"]),
    (
      "layer3-private", "upgrades.per_year: 1",
      ["upgrades.keys.signers", "upgrades.keys.threshold", "upgrades.delay"]
    ),
  ])
  func theseFiguresAreUnknownWhereTheyAreRead(
    system: String, setting: String, paths: [String]
  ) throws {
    let idle = try Reading.resolve("system: \(system)").unknowns.map(\.parameter.path)
    let used = try Reading.resolve("{system: \(system), \(setting)}").unknowns
      .map(\.parameter.path)
    #expect(used.filter { !idle.contains($0) } == paths)
    #expect(used.filter { !paths.contains($0) } == idle)
  }

  /// However the keys of a system are drawn, there are as many signers as have to sign.
  @Test(arguments: Catalogue.builtIn.names(.system))
  func enoughSignersAreThere(system: String) throws {
    let resolved = try Reading.resolve("system: \(system)")
    func range(_ path: String) throws -> ClosedRange<Double> {
      let value = try #require(resolved.number(path))
      return resolved.provenance(path)?.range ?? value...value
    }
    for set in ["upgrades.keys", "upgrades.council"] {
      let (signers, threshold) = (try range("\(set).signers"), try range("\(set).threshold"))
      guard signers.upperBound > 0 else { continue }
      #expect(threshold.lowerBound >= 1 && threshold.upperBound <= signers.lowerBound, "\(set)")
      for bounds in [signers, threshold] {
        #expect(bounds.lowerBound == bounds.lowerBound.rounded(), "\(set)")
        #expect(bounds.upperBound == bounds.upperBound.rounded(), "\(set)")
      }
    }
  }

  @Test func unknownRangesAreThoseOfTheCalibration() throws {
    func range(_ path: String, of system: String) throws -> ClosedRange<Double>? {
      try Reading.resolve("system: \(system)").provenance(path)?.range
    }
    #expect(try range("proposer.gas", of: "arbitrum-nitro") == 100_000...500_000)
    #expect(try range("poster.max_age", of: "optimism-bedrock") == 600...1200)
    #expect(try range("prover.gas", of: "starknet") == 340_000...1_900_000)
    #expect(try range("proposer.gas", of: "optimism-bedrock") == 50_000...300_000)
    #expect(try range("poster.max_age", of: "starknet") == 600...7200)
    #expect(try range("prover.proof_time", of: "starknet") == 1200...10_800)
    #expect(try range("prover.rent", of: "starknet") == 1.87...8.06)
    #expect(try range("prover.provers", of: "zksync-era") == 8...64)
    #expect(try range("upgrades.keys.signers", of: "hermez-1") == 3...5)
    #expect(try range("upgrades.delay", of: "orbis") == 3600...1_814_400)
  }
}
