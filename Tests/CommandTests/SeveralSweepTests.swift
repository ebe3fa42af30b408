import Foundation
import Testing

extension CommandTests {
  /// From an experiment that names rollups and a service to its results, in one piece and in several.
  @Suite struct SeveralSweepTests {
    private let place: Place

    init() throws { place = try .ofSeveral() }

    @Test func aSweepVerifies() throws {
      _ = try place.succeed("sweep", "several.yaml", "--results", "r", "--quiet")
      let points = try place.read("r/points.csv").split(separator: "\n")
      #expect(points[0].hasPrefix("rollups_alpha_poster_max_age_s,services_sharp_provers,rollup,"))
      for row in ["30,1,alpha,per_byte,wei/B,", "30,1,sharp,prover_util", "60,4,,price_of_zed,1,"] {
        #expect(points.contains { $0.hasPrefix(row) }, "\(row)")
      }
      // Of each run one row for either rollup, one for the service, one for what is of both.
      #expect(try place.read("r/runs.csv").split(separator: "\n").count == 1 + 12 * 4)
      #expect(try place.read("r/controls.csv").contains(",zed,"))
      #expect(try place.succeed("verify", "r").contains("12 of 12 runs, bit for bit"))
      #expect(try place.succeed("verify", "r", "--run", "3,1").contains("1 of 12 runs"))
      let again = try place.rollsim("sweep", "several.yaml", "--results", "r")
      #expect(again.status == 0 && again.err == "r is up to date\n")
    }

    @Test func mergedShardsAreTheWhole() throws {
      _ = try place.succeed("sweep", "several.yaml", "--results", "whole", "--quiet")
      for index in 0..<2 {
        _ = try place.succeed(
          "sweep", "several.yaml", "--shard", "\(index)/2", "--results", "s\(index)", "--quiet")
      }
      _ = try place.succeed("merge", "s1", "s0", "--results", "merged", "--quiet")
      #expect(try place.files(in: "merged") == place.files(in: "whole"))
    }

    /// Killed four times before half of what the whole takes here and now.
    @Test func aKilledSweepGoesOn() throws {
      let clock = ContinuousClock()
      let start = clock.now
      _ = try place.succeed("sweep", "several.yaml", "--results", "whole", "--quiet")
      let half = UInt32((clock.now - start) / .microseconds(2))
      for part in 1...4 {
        let process = try place.start("sweep", "several.yaml", "--results", "killed", "--quiet")
        usleep(half * UInt32(part) / 4)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      _ = try place.succeed("sweep", "several.yaml", "--results", "killed", "--quiet")
      #expect(try place.files(in: "killed") == place.files(in: "whole"))
    }

    @Test func moreReplicationsRunWhatIsMissing() throws {
      _ = try place.succeed(
        "sweep", "several.yaml", "--replications", "2", "--results", "grown", "--quiet")
      let more = try place.rollsim("sweep", "several.yaml", "--results", "grown")
      #expect(more.err.hasPrefix("8 of 12 runs were finished before\n"), "\(more.err)")
      _ = try place.succeed("sweep", "several.yaml", "--results", "whole", "--quiet")
      #expect(try place.files(in: "grown") == place.files(in: "whole"))
    }

    @Test func aFigureOfOneRollupShowsNoOther() throws {
      _ = try place.succeed("sweep", "several.yaml", "--results", "r", "--quiet")
      let points = try place.read("r/points.csv").split(separator: "\n")
      func mean(_ row: String) throws -> String {
        let line = try #require(points.first { $0.hasPrefix(row) })
        return "\"mean\": \(line.split(separator: ",")[5])"
      }
      let (alpha, zed) = (try mean("30,1,alpha,per_byte,"), try mean("30,1,zed,per_byte,"))
      let one = try place.read("r/figures/one.vl.json")
      #expect(one.contains(alpha) && !one.contains(zed))
      let both = try place.read("r/figures/both.vl.json")
      #expect(both.contains(alpha) && both.contains(zed))
      let stages = try place.read("r/figures/stages.vl.json")
      #expect(try stages.contains(mean("30,1,zed,finality_posted_s_p50,")))
      #expect(try !stages.contains(mean("30,1,alpha,finality_posted_s_p50,")))
    }

    /// The best setting is a scenario with the same rollups.
    @Test func aSearchFindsSettingsOfRollupAndService() throws {
      let best = try place.succeed("optimise", "search.yaml", "--results", "o", "--quiet")
      for name in [
        "rollups.zed.poster.max_age", "services.sharp.provers", "price_of_zed",
        "services.sharp.prover_utilisation",
      ] {
        #expect(best.contains(name), "\(best)")
      }
      let evaluations = try place.read("o/evaluations.csv").split(separator: "\n")
      #expect(evaluations[0].contains("rollups_zed_poster_max_age_s,services_sharp_provers"))
      let table = try place.succeed(
        "run", "o/optimum.yaml", "--replications", "2", "--measure", "prover_utilisation")
      #expect(table.hasPrefix("2 rollups, measured from 1 min to 3 min"))
      #expect(table.contains("sharp   prover_utilisation"))
    }
  }
}
