import Catalogue
import Foundation
import Reporting
import Running
import Testing

/// What a result was made from.
@Suite struct ManifestTests {
  private func manifest(_ rest: String) throws -> Manifest {
    try Manifest(
      Tiny.experiment(rest), settings: ["horizon=3 min"],
      inputs: [.init(path: "tiny.yaml", content: Data("a: 1".utf8))])
  }

  private func object(_ rest: String = "") throws -> [String: Any] {
    let text = try manifest(rest).json(files: [("a.csv", "ba78")]).text
    return try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func equalSpecificationsHaveEqualManifests() throws {
    let one = try manifest("factors: {poster.max_age: [1 min, 120 s]}")
    let two = try manifest("factors: [poster.max_age: [60 s, 2 min]]")
    #expect(one.identity == two.identity)
    #expect(one.specificationHash == two.specificationHash)
    #expect(one.json(files: []).text == two.json(files: []).text)
  }

  @Test(arguments: [
    "random: {seed: 2}", "random: {common: false}", "measures: [cost_*]", "confidence: 0.9",
    "factors: {poster.max_age: [1 min]}", "factors: {system: [starknet]}",
    "factors: {settlement: [ethereum-bpo2]}", "factors: {workload.mix.swap: [0.2]}",
    "question: Why?", "design: zip", "factors: {poster.max_age: {expression: 60}}",
    "constraints: [poster.max_age > 0]",
  ])
  func whatChangesResultsChangesTheIdentity(rest: String) throws {
    #expect(try manifest(rest).identity != manifest("").identity)
  }

  /// The parts of a specification that a figure alone shows.
  @Test func figuresChangeTheIdentity() throws {
    let factors = "factors: {poster.max_age: [1 min]}\n"
    let figure = "figures: [{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx"
    let plain = try manifest(factors).identity
    let bar = try manifest(factors + figure + "}]").identity
    let named = try manifest(factors + figure + ", name: a}]").identity
    #expect(Set([plain, bar, named]).count == 3)
  }

  /// No key, at any depth, tells when or where it was written.
  @Test func thereIsNoTime() throws {
    let text = try manifest("").json(files: []).text.lowercased()
    for word in [
      "\"time\"", "timestamp", "created", "\"date\"", "hostname", "\"jobs\"", "\"host\"",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    let year = Calendar(identifier: .gregorian).component(.year, from: Date())
    #expect(!text.contains("\(year)-"))
  }

  @Test func itSaysWhatAResultWasMadeFrom() throws {
    let object = try object("random: {seed: 18446744073709551615}")
    #expect(object["experiment"] as? String == "tiny")
    #expect(
      object["command"] as? [String] == ["rollsim", "sweep", "tiny.yaml", "--set", "horizon=3 min"])
    #expect(
      object["inputs"] as? [[String: String]] == [
        [
          "path": "tiny.yaml", "text": "a: 1",
          "sha256": "16c3c6d78678d53d39ab2c7a5a7bc4596567b46a1a57000a2d707334f779b824",
        ]
      ])
    let random = try #require(object["random"] as? [String: Any])
    #expect(random["seed"] as? String == "18446744073709551615", "exact, so as text")
    #expect(random["generator"] as? String == "philox4x64-10")
    let program = try #require(object["program"] as? [String: Any])
    #expect(program["version"] as? String == Program.version)
    #expect((program["source_sha256"] as? String)?.count == 64)
    let platform = try #require(object["platform"] as? [String: Any])
    for key in ["architecture", "libm", "libm_features", "gsl"] { #expect(platform[key] != nil) }
    #expect(object["files"] as? [String: String] == ["a.csv": "ba78"])
  }

  /// What all points have in common stands once, and each point has the rest.
  @Test func pointsListWhatTheyDoNotShare() throws {
    let object = try object("factors: {system: [starknet, zksync-era], horizon: [3 min]}")
    let specification = try #require(object["specification"] as? [String: Any])
    let shared = try #require(specification["scenario"] as? [String: String])
    let points = try #require(specification["points"] as? [[String: String]])
    #expect(shared["horizon"] == "180 s" && shared["system"] == nil)
    #expect(points.map { $0["system"] } == ["starknet", "zksync-era"])
    #expect(points.allSatisfy { $0["horizon"] == nil && $0["prover.proof_time"] != nil })
  }

  /// A word where that says all, as in all manifests so far; else whatever the points follow from.
  @Test func theDesignIsInTheSpecification() throws {
    func design(_ rest: String) throws -> Any? {
      (try object(rest)["specification"] as? [String: Any])?["design"]
    }
    #expect(try design("factors: {poster.max_age: [1 min]}") as? String == "grid")
    #expect(try design("design: one-at-a-time") as? String == "one-at-a-time")
    let sobol = try design(
      """
      design: {sobol: {points: 2}}
      factors:
        - poster.max_age: {log: [1 s, 2 s]}
        - poster.carrier: [blobs, calldata]
        - proposer.interval: {expression: 3 * poster.max_age}
      constraints: [poster.max_age < 5]
      """)
    let members = try #require(sobol as? [String: Any])
    #expect(Set(members.keys) == ["name", "points", "ranges", "expressions", "constraints"])
    #expect(members["name"] as? String == "sobol")
    #expect(members["points"] as? Int == 2)
    let ranges = try #require(members["ranges"] as? [String: Any])
    #expect(ranges["poster.max_age"] as? [String: [Int]] == ["log": [1, 2]])
    #expect(ranges["poster.carrier"] as? [String] == ["blobs", "calldata"])
    #expect(
      members["expressions"] as? [String: String] == ["proposer.interval": "3 * poster.max_age"])
    #expect(members["constraints"] as? [String] == ["poster.max_age < 5"])
  }

  @Test func itListsTheParametersThatAreUsed() throws {
    let object = try object("factors: {system: [starknet]}")
    let specification = try #require(object["specification"] as? [String: Any])
    let parameters = try #require(specification["scenario"] as? [String: String])
    #expect(parameters["horizon"] == "180 s")
    #expect(parameters["prover.proof_time"] == "1200 to 10800 s [unknown]")
    #expect(parameters["poster.compression"] == "0.135 [estimated]")
    #expect(parameters["poster.max_bytes"] == "761856 B [estimated]")
    #expect(parameters["proposer.interval"] == nil, "a validity rollup has no proposer")
  }
}
