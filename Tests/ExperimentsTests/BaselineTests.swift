import Reporting
import Results
import Testing
import Worlds

/// Differences are those of the rows of runs, pair by pair.
@Suite struct BaselineTests {
  @Test func differencesAreThoseOfTheRuns() throws {
    let (_, report) = try Tiny.report(
      """
      factors:
        - system: [zksync-era, optimism-bedrock]
        - poster.max_age: [30 s, 1 min, 2 min]
      baseline: {poster.max_age: 1 min}
      """)
    let differences = try #require(report.differences)
    #expect(Set(differences.numbers("reference")) == [1, 4], "the same system each time")
    let names = differences.column("measure").map(\.text)
    let rows = names.indices.filter { names[$0] == "finality_posted_s_mean" }
    let posted = report.runs.numbers("finality_posted_s_mean")
    let expected = [0, 2, 3, 5].map { point -> [Double] in
      let reference = point < 3 ? 1 : 4
      return (0..<2).compactMap { run in
        posted[2 * point + run].flatMap { a in posted[2 * reference + run].map { a - $0 } }
      }
    }
    #expect(rows.count == 4)
    for (row, values) in zip(rows, expected) {
      let mean = (values[0] + values[1]) / 2
      let difference = try #require(differences.numbers("difference")[row])
      let deviation = try #require(differences.numbers("sd")[row])
      #expect(abs(difference - mean) < 1e-9)
      #expect(abs(deviation - abs(values[0] - values[1]) / 2.0.squareRoot()) < 1e-9)
    }
  }

  @Test(arguments: [
    ("{system: starknet}", "baseline: 'system' is no factor of the experiment"),
    ("{poster.max_age: 5 min}", "baseline: poster.max_age never is 300"),
    ("{}", "baseline: expected {factor: value}"),
  ])
  func whatIsNoBaseline(text: String, problem: String) {
    #expect(
      Tiny.problems("factors: {poster.max_age: [1 min, 2 min]}\nbaseline: \(text)") == [problem])
  }

  @Test func aReferenceThatTheDesignLacksIsNamed() {
    let problems = Tiny.problems(
      """
      factors: {poster.max_age: [1 min, 2 min], proposer.interval: [1 min, 2 min]}
      design: zip
      baseline: {poster.max_age: 1 min}
      """)
    #expect(
      problems == [
        "baseline: point 1 has no reference: no point has poster.max_age = 60, proposer.interval = 120"
      ])
  }
}
