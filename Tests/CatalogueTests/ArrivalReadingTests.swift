import Catalogue
import Declarations
import Foundation
import Rollup
import Testing
import Worlds

/// Arrival processes as scenarios write them, and files of arrivals.
@Suite struct ArrivalReadingTests {
  /// What a scenario says with a file `arrivals.csv` beside it: its arrivals, or what is wrong.
  private static func read(
    _ scenario: String, _ csv: String
  ) throws -> (arrivals: ArrivalProcess?, problems: [String]) {
    try Reading.inFolder { folder in
      let file = folder.appendingPathComponent("scenario.yaml")
      try Data(scenario.utf8).write(to: file)
      try Data(csv.utf8).write(to: folder.appendingPathComponent("arrivals.csv"))
      do throws(InvalidInput) {
        let resolved = try Catalogue.builtIn.resolve(.read(.load(file.path)))
        return (resolved.scenario.rollup.workload.arrivals, [])
      } catch {
        return (
          nil, error.problems.map { $0.description.replacing(folder.path + "/", with: "") }
        )
      }
    }
  }

  private static let counts = "workload.arrivals.counts.trace: arrivals.csv"
  private static let times = "workload.arrivals.times.trace: arrivals.csv"

  @Test func countsAreReadFromAFile() throws {
    let read = try Self.read(Self.counts, "time_s,count\n0,120\n60,0\n120,600\n40000,0\n")
    guard case .counts(let trace)? = read.arrivals else {
      Issue.record("\(read.problems)")
      return
    }
    #expect(trace.steps.map(\.factor) == [120, 0, 600, 0])
    #expect(abs(ArrivalProcess.counts(trace).rate - 720.0 / 40_000) < 1e-12)
  }

  @Test func timesMayRepeat() throws {
    let read = try Self.read(Self.times, "time_s\n1\n1\n1.5\n40000\n")
    guard case .times(let trace)? = read.arrivals else {
      Issue.record("\(read.problems)")
      return
    }
    #expect(trace.steps.map(\.factor) == [2, 1, 1])
  }

  @Test(arguments: [
    (counts, "time_s,factor\n0,1\n60,2\n", "count"),
    (
      counts, "time_s,count\n0,1.5\n60,2\n", "arrivals.csv:2:3: expected a whole number of arrivals"
    ),
    (counts, "time_s,count\n0,-1\n60,2\n", "arrivals.csv:2:3: expected a whole number of arrivals"),
    (
      counts, "time_s,count\n60,1\n0,2\n",
      "arrivals.csv:3:1: expected a time after that of the row before"
    ),
    (counts, "time_s,count\n0,1\n", "expected a CSV file with at least two times"),
    (times, "time_s\n5\n4\n", "arrivals.csv:3:1: expected a time after that of the row before"),
    (counts, "time_s,count\n100000,1\n200000,2\n", "expected a first time before the horizon"),
  ]) func whatIsWrongIsSaid(_ example: (scenario: String, csv: String, problem: String)) throws {
    let problems = try Self.read(example.scenario, example.csv).problems
    #expect(problems.contains { $0.contains(example.problem) }, "\(problems)")
  }

  /// Figures of one process go together, those of two replace each other.
  ///
  /// A rate that was set goes on.
  @Test func oneProcessHasItsFigures() throws {
    let burst = try Reading.resolve(
      "workload.arrivals.modulated: {rate: 3 /s, burst: 4}"
    ).scenario.rollup.workload.arrivals
    #expect(burst.rate == 3)
    guard case .modulated(let shape) = burst else {
      Issue.record("\(burst)")
      return
    }
    #expect(shape.burst == 4 && shape.calmTime == .seconds(3000))
    let problems = Reading.problems(
      "{workload.arrivals.modulated.burst: 4, workload.arrivals.poisson.rate: 1 /s}")
    #expect(
      problems.count == 1 && problems[0].contains("replaces workload.arrivals.modulated.burst"))
    let profile = try Reading.resolve(
      "{system: arbitrum-nitro, workload.arrivals.profile.daily_amplitude: 0.2}")
    #expect(
      profile.scenario.rollup.workload.arrivals.rate
        == (try Reading.resolve("system: arbitrum-nitro")).scenario.rollup.workload.arrivals.rate)
  }

  @Test(arguments: [
    ("self_exciting.offspring: 1", "self_exciting.offspring"),
    ("modulated.burst: 0.5", "modulated.burst"), ("groups.size: 0.5", "groups.size"),
    ("profile.daily_peak: 90 min", "profile.daily_peak"),
    ("profile.daily_amplitude: 1.5", "profile.daily_amplitude"),
  ]) func aFigureOutOfRangeIsRefused(_ example: (setting: String, path: String)) {
    let problems = Reading.problems("workload.arrivals.\(example.setting)")
    #expect(problems.count == 1 && problems[0].contains(example.path), "\(problems)")
  }
}
