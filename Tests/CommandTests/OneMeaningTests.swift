import Foundation
import Testing

extension CommandTests {
  /// Nothing is misread in silence: what stands twice is refused, and what is exact is read exactly.
  @Suite struct OneMeaningTests {
    private let place: Place

    init() throws { place = try Place() }

    private func check(_ yaml: String) throws -> [String] {
      try place.write("s.yaml", yaml)
      let output = try place.rollsim("check", "s.yaml")
      #expect(output.status == (output.err.isEmpty ? 0 : 2))
      return output.err.split(separator: "\n").map(String.init)
    }

    /// Of two values one would be ignored.
    @Test(arguments: [
      (
        "system: optimism-bedrock\nposter.max_age: 1 min\nposter: {max_age: 5 min, max_bytes: 1 kB}",
        "s.yaml:3:10: poster.max_age: appears twice; first at line 2"
      ),
      (
        "settlement: ethereum-pectra\nsettlement.chain: ethereum-bpo1",
        "s.yaml:2:1: settlement.chain: appears twice; first at line 1"
      ),
      (
        "workload: {arrivals: {poisson.rate: 1 /s}}\nworkload.arrivals.deterministic.rate: 1 /s",
        "s.yaml:2:1: workload.arrivals.deterministic.rate: replaces workload.arrivals.poisson.rate "
          + "at line 1; expected one of them"
      ),
      (
        "{warmup: auto, \"war\\u006dup\": 1 s}", "s.yaml:1:2: a key appears twice: warmup"
      ),
      (
        "experiment: a\nscenario: {poster.gas: 1 gas, poster: {gas: 1 gas}}",
        "s.yaml:2:40: poster.gas: appears twice; first at column 12"
      ),
      (
        "experiment: a\nfactors:\n  settlement: [ethereum-pectra]\n  settlement.chain: [ethereum-bpo1]",
        "s.yaml:4:3: factors.settlement.chain: appears twice; first at line 3"
      ),
      (
        "experiment: a\nfactors:\n  workload.arrivals.poisson.rate: [1 /s]\n"
          + "  workload.arrivals.deterministic.rate: [1 /s]",
        "s.yaml:4:3: factors.workload.arrivals.deterministic.rate: replaces "
          + "workload.arrivals.poisson.rate at line 3; expected one of them"
      ),
      (
        "experiment: a\nfactors: {settlement: [ethereum-pectra]}\n"
          + "baseline: {settlement: ethereum-pectra, settlement.chain: ethereum-pectra}",
        "s.yaml:3:41: settlement.chain: appears twice; first at column 12"
      ),
      (
        "experiment: a\nfactors: {horizon: {linear: [3 h, 4 h], log: [3 h, 4 h], points: 3}}",
        "s.yaml:2:41: factors.horizon.log: expected linear or log, not both"
      ),
      (
        "system: a\nparameters:\n"
          + "  workload.arrivals.poisson.rate: {value: 1 /s, flag: chosen}\n"
          + "  workload.arrivals.deterministic.rate: {value: 1 /s, flag: chosen}",
        "s.yaml:4:3: parameters.workload.arrivals.deterministic.rate: replaces "
          + "workload.arrivals.poisson.rate at line 3; expected one of them"
      ),
      (
        "system: a\nchain: b\nparameters: {}",
        "s.yaml:1:1: expected the key 'system' or 'chain', not both"
      ),
    ])
    func whatStandsTwice(yaml: String, problem: String) throws {
      #expect(try check(yaml) == ["error: \(problem)"])
    }

    /// A factor is there to change what the scenario says.
    @Test func aFactorGoesOverTheScenario() throws {
      #expect(
        try check(
          "experiment: a\nscenario: {workload.arrivals.poisson.rate: 1 /s}\n"
            + "factors: {workload.arrivals.deterministic.rate: [1 /s, 2 /s]}") == [])
    }

    @Test func theCommandLineSaysNothingTwice() throws {
      let output = try place.rollsim(
        "run", "tiny.yaml", "--set", "poster.gas=1 gas", "--set", "poster={gas: 1 gas}")
      #expect(output.status == 2 && output.out == "")
      #expect(
        output.err
          == "error: --set poster={gas: 1 gas}: poster.gas: appears twice; first in --set "
          + "poster.gas=1 gas\n")
    }

    /// Whatever the spelling, a factor would go over it.
    @Test(arguments: [
      ("poster.max_age: [1 min]", "poster={max_age: 2 min}", "poster.max_age"),
      ("settlement: [ethereum-pectra]", "settlement=ethereum-bpo1", "settlement.chain"),
      ("warmup: [1 min]", "warmup=auto", "warmup"),
      (
        "workload.arrivals.poisson.rate: [1 /s]", "workload.arrivals.deterministic.rate=1 /s",
        "workload.arrivals.deterministic.rate"
      ),
    ])
    func aSettingOfAFactor(factor: String, setting: String, path: String) throws {
      try place.write("sweep.yaml", "experiment: a\nfactors: {\(factor)}\nreplications: 1")
      let output = try place.rollsim("sweep", "sweep.yaml", "--dry-run", "--set", setting)
      #expect(output.status == 2 && output.out == "")
      #expect(
        output.err
          == "error: --set \(setting): \(path): the experiment varies this; change its factors "
          + "instead\n")
    }

    /// What rests on several parameters is said at the one that was set, the last of several.
    @Test(arguments: [
      (
        "system: optimism-bedrock\nposter.gas: 40 Mgas\nposter.carrier: calldata",
        "s.yaml:2:13: poster.gas: expected a transaction of at most 30000000 gas; it takes 41912200"
      ),
      (
        "system: optimism-bedrock\nwarmup: 30 h",
        "s.yaml:2:9: warmup: expected a horizon after the warm-up"
      ),
      (
        "system: optimism-bedrock\nhorizon: 2 h\nwarmup: 30 h",
        "s.yaml:3:9: warmup: expected a horizon after the warm-up"
      ),
      (
        "poster.max_bytes: 1 B",
        "s.yaml:1:19: poster.max_bytes: expected poster.overhead_bytes below poster.max_bytes"
      ),
      (
        "settlement: ethereum-pectra\nsettlement.blob_target: 20",
        "s.yaml:2:25: settlement.blob_target: expected blob_target <= blob_limit <= 1000"
      ),
    ])
    func aProblemOfSeveralParameters(yaml: String, problem: String) throws {
      #expect(try check(yaml) == ["error: \(problem)"])
    }

    @Test func decimalsAreExact() throws {
      let head = "experiment: a\nscenario: {warmup: 10 min, horizon: 30 min}\nreplications: 2\n"
      try place.write(
        "c.yaml",
        head + "factors: [{bridge.challenge_window: [1 h, 1.1 h, 2 h]}]\n"
          + "constraints: [\"bridge.challenge_window <= 3960\"]\n")
      let preview = try place.rollsim("sweep", "c.yaml", "--dry-run")
      #expect(preview.status == 0)
      #expect(
        preview.out.hasPrefix(
          "point  bridge.challenge_window\n    0  3600\n    1  3960\n\n2 points"))
      #expect(
        try check(
          head + "factors: [{bridge.challenge_window: [1.1 h, 2 h]}]\n"
            + "baseline: {bridge.challenge_window: 66 min}") == [])
      #expect(
        try check(head + "factors: [{bridge.challenge_window: [1.1 h, 66 min]}]") == [
          "error: s.yaml:4:37: factors.bridge.challenge_window: the value 3960 appears twice"
        ])
    }

    /// What a run cannot have is refused where it is written, also in the cells of a list.
    @Test(arguments: [
      ("poster.gas: 1.5 gas", "1:13: poster.gas: expected whole gas; found '1.5 gas'"),
      (
        "bid.tip: 0.0000000001 gwei",
        "1:10: bid.tip: expected whole wei; found '0.0000000001 gwei'"
      ),
      (
        "poster.max_bytes: 0.1 KiB", "1:19: poster.max_bytes: expected whole bytes; found '0.1 KiB'"
      ),
      (
        "poster.max_age: 0.5 ns", "1:17: poster.max_age: expected whole nanoseconds; found '0.5 ns'"
      ),
      (
        "experiment: a\nfactors: {poster.gas: [1 gas, 2.5 gas]}",
        "2:31: factors.poster.gas: expected whole gas; found '2.5 gas'"
      ),
      (
        "experiment: a\nfactors: {poster.gas: {linear: [1.5 gas, 3 gas], points: 2}}",
        "2:33: factors.poster.gas.linear: expected whole gas; found '1.5 gas'"
      ),
      (
        "experiment: a\nfactors: {poster.gas: {linear: [1 gas, 3 gas], points: 9}}",
        "2:23: factors.poster.gas: the value 1 appears twice"
      ),
      (
        "system: a\nparameters: {poster.gas: {value: 0.5 gas, flag: chosen}}",
        "2:34: poster.gas: expected whole gas; found '0.5 gas'"
      ),
    ])
    func whatARunCannotHave(yaml: String, problem: String) throws {
      #expect(try check(yaml).contains("error: s.yaml:\(problem)"))
    }

    @Test(arguments: ["on", "On", "TRUE", "yes", "true", "off", "False", "NO"])
    func yesAndNoInYAML(word: String) throws {
      #expect(try check("settlement.calldata_floor: \(word)") == [])
      #expect(try check("experiment: a\nreplications: 1\nrandom: {common: \(word)}") == [])
      #expect(
        try check("settlement.calldata_floor: \(word)x").first?.hasPrefix(
          "error: s.yaml:1:28: settlement.calldata_floor: expected one of: no, yes") == true)
    }
  }
}
