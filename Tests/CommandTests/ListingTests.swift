import Foundation
import Testing

extension CommandTests {
  /// Commands that only print.
  @Suite struct ListingTests {
    private let place: Place

    init() throws { place = try Place() }

    private func lines(_ arguments: String...) throws -> [String] {
      let output = try place.rollsim(arguments)
      #expect(output.status == 0)
      #expect(output.err == "")
      return output.out.split(separator: "\n").map(String.init)
    }

    @Test func theCatalogue() throws {
      let text = try lines("systems").joined(separator: "\n")
      for name in [
        "arbitrum-nitro", "optimism-bedrock", "zksync-era", "starknet", "ethereum-merge",
        "ethereum-bpo2",
      ] {
        #expect(text.contains(name))
      }
      let csv = try lines("systems", "--format", "csv")
      #expect(csv[0] == "kind,name,title,period,settlement")
      #expect(csv.contains("system,starknet,Starknet,2025-05 on,ethereum-pectra"))
      #expect(csv.contains("chain,ethereum-pectra,\"Ethereum, Pectra\",,"))
      #expect(csv.dropFirst().allSatisfy { $0.hasPrefix("system,") || $0.hasPrefix("chain,") })
    }

    @Test func aSystemHasEveryParameterWithItsSource() throws {
      let csv = try lines("systems", "arbitrum-nitro", "--format", "csv")
      #expect(csv[0] == "parameter,value,flag,date,source,note")
      #expect(csv.contains { $0.hasPrefix("bridge.challenge_blocks,45818,documented,2022-26,") })
      #expect(csv.contains { $0.hasPrefix("proposer.gas,100000 to 500000 gas,unknown,") })
      #expect(!csv.contains { $0.hasPrefix("prover.") })
      #expect(try lines("systems", "arbitrum-nitro") != csv)
    }

    /// Also one that has no room for the batches of the base case.
    @Test func everyPresetCanBeLookedAt() throws {
      for row in try lines("systems", "--format", "csv").dropFirst() {
        let name = String(row.split(separator: ",")[1])
        #expect(try lines("systems", name).count > 20, "\(name)")
      }
    }

    @Test func aChainHasItsParametersAlone() throws {
      let csv = try lines("systems", "ethereum-bpo2", "--format", "csv")
      #expect(csv.dropFirst().allSatisfy { $0.hasPrefix("settlement.") })
      #expect(csv.contains { $0.hasPrefix("settlement.blob_limit,21,documented,") })
    }

    /// A service has some measures of its own, and others that rollups have too.
    @Test func measuresOfServicesStandApart() throws {
      let rent = try lines("measures", "prover_rent*")
      #expect(rent.count == 2 && rent[0].hasPrefix("measure of a service"))
      let use = try lines("measures", "prover_utilisation")
      #expect(
        use.map { $0.prefix(10) } == ["measure   ", "prover_uti", "measure of", "prover_uti"])
    }

    @Test func measuresWithAPattern() throws {
      let all = try lines("measures")
      let some = try lines("measures", "cost_*")
      #expect(all.count > 60)
      #expect(some.count == 25)
      #expect(some.dropFirst().allSatisfy { $0.hasPrefix("cost_") })
    }

    /// The experiments of this repository.
    @Test(arguments: ["finality", "cost", "throughput", "fee-markets", "batch-posting"])
    func publishedExperiments(
      name: String
    ) throws {
      let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      let path = root.appendingPathComponent("experiments/\(name).yaml").path
      let output = try lines("check", path)
      #expect(output.count == 1)
      #expect(output[0].contains("a valid experiment: "))
    }

    @Test func everyKindOfFileCanBeChecked() throws {
      try place.write(
        "mine.yaml", "system: mine\nparameters: {poster.max_age: {value: 1 s, flag: assumed}}\n")
      #expect(
        try lines("check", "tiny.yaml", "sweep.yaml", "mine.yaml") == [
          "tiny.yaml: a valid scenario",
          "sweep.yaml: a valid experiment: 2 points, 4 runs",
          "mine.yaml: a valid preset of a system",
        ])
    }
  }
}
