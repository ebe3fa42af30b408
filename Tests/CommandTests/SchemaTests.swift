import Catalogue
import Specifications
import Testing

/// The schemas against what the readers accept and refuse.
@Suite struct SchemaTests {
  private static let schemas = Result {
    try Dictionary(
      uniqueKeysWithValues: ["scenario", "experiment", "preset", ""].map { kind in
        let output = try Place().rollsim(["schema", kind].filter { !$0.isEmpty })
        return (kind, try SchemaChecker(output.out))
      })
  }

  private func accepts(_ yaml: String, as kind: String) throws -> Bool {
    try #require(Self.schemas.get()[kind]).accepts(yaml)
  }

  private func isRead(_ yaml: String) -> Bool {
    (try? CheckedInput(.parse(yaml, file: "test.yaml"))) != nil
  }

  @Test func theSameBytesEachTime() throws {
    let place = try Place()
    let output = try place.rollsim("schema")
    #expect(output.status == 0 && output.err == "")
    #expect(try place.rollsim("schema").out == output.out)
    #expect(
      output.out.hasPrefix("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\""))
  }

  /// A file that is in use must not be marked as wrong in an editor.
  @Test(arguments: Document.all) func whatStandsInTheRepositoryIsAccepted(document: Document)
    throws
  {
    #expect(try accepts(document.yaml, as: document.kind))
    #expect(try accepts(document.yaml, as: ""))
  }

  @Test func theRepositoryHasEveryKind() {
    let kinds = Document.all.map(\.kind)
    #expect(kinds.count { $0 == "experiment" } >= 6)
    #expect(kinds.count { $0 == "preset" } >= 16)
    #expect(kinds.count { $0 == "scenario" } >= 10)
  }

  /// An unknown key, put into each mapping that begins a line, is found.
  @Test(arguments: Document.all) func anUnknownKeyAnywhereIsRefused(document: Document) throws {
    let lines = document.yaml.split(separator: "\n")
    var places = 0
    var before: Substring?
    for (index, line) in lines.enumerated() where line.contains(/^ *[a-z_.]+:/) {
      let indentation = line.prefix { $0 == " " }
      defer { before = indentation }
      if let before, indentation.count <= before.count { continue }
      let changed = lines[..<index] + [indentation + "nonsense: 1"] + lines[index...]
      let yaml = changed.joined(separator: "\n")
      #expect(try !accepts(yaml, as: document.kind), "\(yaml)")
      #expect(!isRead(yaml))
      places += 1
    }
    #expect(places > 0)
  }

  /// Nested and dotted keys are one; where both are read, both are in the schema.
  @Test(arguments: [
    "poster.max_age: 5 min", "poster: {max_age: 5 min}",
    "settlement: {demand: {level: 1}}", "settlement: {demand.level: 1}",
    "settlement.demand: {level: 0.5}", "settlement.demand.level: 1e0",
    "settlement: ethereum-pectra", "settlement: {chain: ethereum-pectra, slot: 12 s}",
    "settlement.chain: ethereum-pectra", "system: starknet",
    "settlement: {chain: ethereum-2025, starts_at: 2025-12-03T21:00:00Z}",
    "settlement.starts_at: 2025-12-03", "settlement.starts_at: 1764795600",
    "settlement.missed_slots: 2 %", "settlement.missed_slots: \"0.02\"",
    "settlement.calldata_floor: yes", "workload.arrivals: {poisson: {rate: 1_000 /s}}",
    "prover.proof_time: 1 min", "prover.proof_time: {gamma: {shape: 2, scale: 1 s}}",
    "prover: {proof_time: {lognormal: {median: 1 min, sigma: 0.5}}}",
    "settlement.demand.trace: none",
    "prover.proof_time: {weibull: {mean: 1 min, cv: 2}}",
    "prover.proof_time: {lognormal: {mu: -0.5, sigma: 1}}",
    "prover.proof_time: {beta: {alpha: 2, beta: 3, low: 1 s, high: 9 s}}",
    "prover.proof_time: {discrete: {values: [1 s, 2 s], weights: [1, 0.5]}}",
    "prover.proof_time: {truncated: {of: {hyperexponential: {mean: 9 s, cv: 2}}, low: 1 s, "
      + "high: 1 min}}",
    "prover.proof_time: {mixture: {of: [3 s, {pareto: {shape: 2, scale: 1 s}}], weights: [9, 1]}}",
    "{rollups: {a: {system: starknet}}}", "rollups.a.system: starknet",
    "{rollups: {a: {prover: s}, b.poster.max_age: 1 min}, services: {s: {order: fair}}}",
    "{rollups: {a: {}, b: {host: a, poster.carrier: calldata}}, neighbours: {op-2: {count: 1}}}",
  ])
  func aScenarioThatIsRead(yaml: String) throws {
    #expect(isRead(yaml))
    #expect(try accepts(yaml, as: "scenario"))
  }

  @Test(arguments: [
    "posterr: {max_age: 5 min}", "poster: 3", "poster.max_age: 5", "poster.max_age: -5 min",
    "poster.max_age: 5 parsecs", "poster.max_age: [5 min]", "poster.carrier: pigeons",
    "settlement: {chain: ethereum-pektra}", "system: starknett", "prover.provers: 1.5",
    "prover.proof_time: {discrete: {values: 1 s, weights: [1]}}",
    "prover.proof_time: {mixture: {of: {uniform: {low: 1 s, high: 2 s}}, weights: [1]}}",
    "prover.proof_time: {truncated: {of: {exponential: {mean: 1 s}}, low: 1 s}}",
    "prover.proof_time: {gamma: {shape: 2}}", "prover.proof_time: {gamma: {mean: 1 s, sigma: 1}}",
    "settlement.starts_at: 2025-12-03 21:00", "prover.provers: 1e16", "- 1", "horizon:",
    "system: [starknet]", "system.max_age: 5 min", "parameters: {}",
    "rollups: {a: {posterr: {max_age: 1 s}}}", "rollups: [a, b]", "rollups: {a: 3}",
    "services: {s: {provers: none}}", "neighbours: {op-2: {counts: 1}}",
  ])
  func aScenarioThatIsRefused(yaml: String) throws {
    #expect(!isRead(yaml))
    #expect(try !accepts(yaml, as: "scenario"))
  }

  @Test(arguments: [
    "", "factors: {prover.provers: {log: [1, 8], points: 4}}",
    "factors: [system: [starknet], settlement: [ethereum-pectra]]",
    "factors: {prover.proof_time: [1 min, {exponential: {mean: 1 min}}]}",
    "design: zip\nfactors: {horizon: [3 h, 4 h]}\nconstraints: [horizon > 2 * warmup]",
    "design: {morris: {trajectories: 2, levels: 4}}\nfactors: {horizon: {log: [3 h, 4 h]}}",
    "factors: {horizon: [3 h, 4 h]}\nbaseline: {horizon: 3 h}",
    "design: {sobol: {points: 2}}\nfactors: {horizon: {log: [3 h, 4 h]}}\n"
      + "optimise: {minimise: cost_total_usd_per_tx_mean, starts: 2, frontier: {measure: "
      + "finality_posted_s_p95, points: 5}, subject_to: [{measure: finality_posted_s_p95, "
      + "at_most: 6 min}]}",
    "factors: [horizon: [3 h, 4 h], cooldown: {expression: 200 * horizon}]",
    "factors: {settlement.starts_at: {linear: [2025-12-03, 2026-01-01], points: 3}}",
    "measures: [cost_total_usd_per_tx, finality_*]", "confidence: 90 %",
    "derived: {a: {value: cost_data_wei_per_tx / 2, unit: wei}}\nmeasures: [a]",
    "derived: {a: {value: bytes_posted_per_tx * 2, unit: 1, meaning: b}}\n"
      + "factors: {horizon: [3 h, 4 h]}\nfigures: [{x: horizon, y: a}]",
    "random: {seed: 18446744073709551615, common: false}",
    "fee_paths: {every: 1 min}\nfigures: [{kind: path, y: base_fee_wei_per_gas, log: y}]",
  ])
  func anExperimentThatIsRead(rest: String) throws {
    let yaml = "experiment: a\n" + rest
    #expect(isRead(yaml))
    #expect(try accepts(yaml, as: "experiment"))
  }

  @Test func experimentsOnSeveralRollups() throws {
    for yaml in [Place.severalExperiment, Place.severalSearch] {
      #expect(isRead(yaml))
      #expect(try accepts(yaml, as: "experiment"))
    }
  }

  @Test(arguments: [
    "experiments: a", "factors: {poster.max_ages: [1 s]}", "factors: []",
    "factors: {horizon: []}",
    "factors: [{horizon: [3 h], system: [starknet]}]", "measures: []", "measures: [speed]",
    "derived: {}", "derived: {a: {value: bytes_posted_per_tx}}", "derived: {a: 1}",
    "derived: {a: {value: bytes_posted_per_tx, unit: 1, sense: b}}",
    "optimise: {minimise: speed}", "optimise: {starts: 2}", "baseline: {}", "design: gird",
    "design: sobol", "design: {morris: {points: 4}}", "design: {list: 3}",
    "design: {sobol: {points: 0}}", "constraints: horizon", "factors: {horizon: {expresion: 1}}",
    "random: {sed: 1}", "random: {seed: -1}", "replications: 0",
    "factors: {horizon: {log: [1 h], points: 1}}", "fee_paths: {replications: 2}",
    "fee_paths: {every: 1 min}\nfigures: [{kind: path, y: base_fee_wei_per_gas, log: yx}]",
    "figures: [{kind: pie}]", "figures: {x: horizon}", "scenario: {posterr: 1}",
  ])
  func anExperimentThatIsRefused(rest: String) throws {
    let yaml = "experiment: a\n" + rest
    #expect(!isRead(yaml))
    #expect(try !accepts(yaml, as: "experiment"))
  }

  @Test(arguments: [
    "{}", "{poster.max_age: {value: 1 s}}",
    "{poster.max_age: {range: [1 s, 2 s], flag: derived}}",
    "{poster.max_age: {value: 1 s, range: [1 s, 2 s], flag: unknown}}",
    "{poster.carrier: {range: [blobs, calldata], flag: unknown}}",
    "{poster: {max_age: {value: 1 s, flag: derived}}}",
    "{poster.max_age: {value: 1 s, flag: derived, sauce: A}}",
    "{poster.max_age: {value: 1, flag: derived}}",
  ])
  func figuresOfAPresetThatAreRefused(parameters: String) throws {
    let yaml = "system: mine\nparameters: \(parameters)"
    #expect(isRead(yaml) == (parameters == "{}"))
    #expect(try accepts(yaml, as: "preset") == (parameters == "{}"))
    #expect(try !accepts("parameters: {}", as: "preset"))
  }
}
