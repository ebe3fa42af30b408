import Catalogue
import RunStore
import Testing

@testable import Reporting
@testable import Running
@testable import Specifications

/// Warm-ups that pilot runs find.
@Suite struct WarmUpTests {
  private static func experiment(_ scenario: String, _ rest: String = "") throws -> Experiment {
    let text = """
      experiment: warm
      scenario:
        system: optimism-bedrock
        settlement: ethereum-pectra
        poster.max_age: 450 s
        horizon: 4 h
        workload.arrivals.poisson.rate: 0.5 /s
        bridge.challenge_window: 10 min
        \(scenario)
      replications: 2
      measures: [finality_included_*]

      """
    return try Experiment(.read(.parse(text + rest, file: "e.yaml")))
  }

  private static func problems(_ scenario: String, _ rest: String = "") -> [String] {
    do {
      _ = try experiment(scenario, rest).findingWarmUp(jobs: 2)
      return []
    } catch let error as InvalidInput {
      return error.problems.map(\.message)
    } catch {
      return ["\(error)"]
    }
  }

  /// Nothing is included while others bid more than the cap, for the first hour.
  private static let shock = """
    warmup: auto, settlement.demand.shock_start: 0 s, settlement.demand.shock_duration: 1 h,
    settlement.demand.shock_factor: 10, bid.fee_cap: 20 gwei, bid.cap_rule: fixed,
    bid.replacement: never
    """
    .split(separator: ",").map { $0.trimmingPrefix { $0.isWhitespace } }
    .joined(separator: "\n  ")

  /// What the beginning does to transactions is known, and so is when it ends.
  ///
  /// Who submits shortly before the end of the shock waits no longer than others. Seed 1; seeds 1 to 6
  /// give 3,528 to 4,334 s. Detects a warm-up that does not see the shock, or that is a fixed share of the horizon
  /// other than a quarter.
  @Test func aShockAtTheBeginningIsCutOff() throws {
    let found = try Self.experiment(Self.shock).findingWarmUp(jobs: 2)
    #expect(3300...4800 ~= (try #require(found.warmUpFound)))
  }

  @Test func whatIsFoundGivesTheRowsOfTheSameWarmUpSetByHand() throws {
    let asked = try Self.experiment("warmup: auto")
    #expect(asked.pilotCount == 5)
    let found = try asked.findingWarmUp(jobs: 2)
    #expect(found.pilotCount == 0)
    let again = try asked.findingWarmUp(jobs: 1)
    let seconds = try #require(found.warmUpFound)
    #expect(again.warmUpFound == seconds && seconds < 7200)
    let byHand = try Self.experiment("warmup: \(seconds) s")
    #expect(byHand.warmUpFound == nil && byHand.pilotCount == 0)
    #expect(try found.report().runs.csv == byHand.report().runs.csv)
    #expect(found.key(of: found.points[0]) == byHand.key(of: byHand.points[0]))
  }

  /// What is found does not change what was asked: a finished sweep is known without pilot runs.
  @Test func theManifestHasBothWhatWasAskedAndWhatWasFound() throws {
    let asked = try Self.experiment("warmup: auto")
    let found = try asked.findingWarmUp(jobs: 2)
    let manifests = [asked, found].map { Manifest($0, settings: [], inputs: []) }
    #expect(manifests[0].identity == manifests[1].identity)
    #expect(manifests[1].json(files: []).text.contains("\"warmup_found_s\""))
    #expect(manifests[1].json(files: []).text.contains("\"warmup\": \"auto\""))
  }

  @Test func aLaterSettingReplacesIt() throws {
    var spec = try Self.experiment("warmup: auto").spec
    try spec.apply(settings: ["warmup=10 min"])
    #expect(spec.request.automaticWarmUp == nil)
    try spec.apply(settings: ["warmup=auto"])
    #expect(spec.request.automaticWarmUp != nil)
  }

  /// The points are checked again with what was found.
  @Test func aHorizonBeforeTheWarmUpIsRefused() {
    let horizons = """
      factors: {horizon: [40 min, 4 h], settlement.demand.shock_duration: [1 s, 1 h]}
      constraints: [settlement.demand.shock_duration < horizon]

      """
    let problems = Self.problems(Self.shock, horizons)
    #expect(problems.contains { $0.contains("horizon after the warm-up") }, "\(problems)")
  }

  @Test func whatDoesNotSettleIsRefused() {
    let unsettled = Self.problems(
      "warmup: auto\n  sequencer.block_transactions: 1\n  sequencer.block_interval: 3 s")
    #expect(unsettled.count == 1 && unsettled[0].contains("'soft' does not settle"))
    let failed = Self.problems(
      "warmup: auto\n  bid.fee_cap: 7 wei\n  bid.cap_rule: fixed\n  cooldown: 1 d")
    #expect(failed.count == 1 && failed[0].contains("a pilot run failed"), "\(failed)")
    let factors = "factors: {warmup: [1 min, 2 min]}\n"
    #expect(Self.problems("warmup: auto", factors)[0].contains("it is a factor as well"))
    let constraint = "constraints: [warmup < poster.max_age]\n"
    #expect(Self.problems("warmup: auto", constraint)[0].contains("is calculated from it"))
    let search = "optimise: {minimise: finality_included_s_mean}\n"
    #expect(Self.problems("warmup: auto", search)[0].contains("a search has no pilot runs"))
  }
}
