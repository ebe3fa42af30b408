import Catalogue
import Declarations
import Foundation
import Randomness
import Testing
import Worlds

/// Distributions by name, and what they are written as in turn.
@Suite struct DistributionReadingTests {
  static let forms: [(String, Distribution)] = [
    ("20 s", .constant(20)),
    ("{deterministic: {value: 20 s}}", .constant(20)),
    ("{uniform: {low: 1 s, high: 1 min}}", .uniform(low: 1, high: 60)),
    ("{triangular: {low: 1 s, mode: 3 s, high: 1 min}}", .triangular(low: 1, mode: 3, high: 60)),
    ("{exponential: {mean: 3 min}}", .exponential(mean: 180)),
    ("{erlang: {stages: 4, mean: 20 s}}", .gamma(shape: 4, scale: 5)),
    ("{gamma: {shape: 2.5, scale: 8 s}}", .gamma(shape: 2.5, scale: 8)),
    ("{gamma: {mean: 20 s, cv: 0.5}}", .gamma(shape: 4, scale: 5)),
    ("{gamma: {cv: 0.5, mean: 20 s}}", .gamma(shape: 4, scale: 5)),
    ("{lognormal: {mean: 3 s, cv: 0.5}}", .lognormal(mean: 3, cv: 0.5)),
    ("{lognormal: {median: 3 s, sigma: 0.5}}", .lognormal(median: 3, sigma: 0.5)),
    ("{lognormal: {mu: -1e-3, sigma: 0.5}}", .lognormal(mu: -1e-3, sigma: 0.5)),
    ("{weibull: {shape: 1.5, scale: 1 min}}", .weibull(shape: 1.5, scale: 60)),
    ("{weibull: {mean: 1 min, cv: 2}}", .weibull(mean: 60, cv: 2)),
    ("{pareto: {shape: 1.5, scale: 1 min}}", .pareto(shape: 1.5, scale: 60)),
    ("{pareto: {mean: 1 min, cv: 2}}", .pareto(mean: 60, cv: 2)),
    (
      "{beta: {alpha: 2, beta: 3.5, low: 1 s, high: 1 min}}",
      .beta(alpha: 2, beta: 3.5, low: 1, high: 60)
    ),
    (
      "{beta: {mean: 20 s, cv: 0.3, low: 1 s, high: 1 min}}",
      .beta(mean: 20, cv: 0.3, low: 1, high: 60)
    ),
    ("{hyperexponential: {mean: 1 min, cv: 2}}", .hyperexponential(mean: 60, cv: 2)),
    (
      "{hyperexponential: {means: [1 s, 1 min], weights: [3, 1]}}",
      .hyperexponential(Weighted([1, 60], weights: [3, 1]))
    ),
    (
      "{mixture: {of: [3 s, {exponential: {mean: 1 min}}], weights: [0.9, 0.1]}}",
      .mixture(Weighted([.constant(3), .exponential(mean: 60)], weights: [0.9, 0.1]))
    ),
    (
      "{truncated: {of: {pareto: {shape: 0.5, scale: 1 s}}, low: 0 s, high: 1 h}}",
      .truncated(.pareto(shape: 0.5, scale: 1), low: 0, high: 3600)
    ),
    (
      "{discrete: {values: [1 s, 1 min], weights: [3, 1]}}",
      .discrete(Weighted([1, 60], weights: [3, 1]))
    ),
  ]

  private static func read(_ text: String) throws -> ParameterValue? {
    try Reading.resolve("{system: zksync-era, prover.proof_time: \(text)}")
      .value("prover.proof_time")
  }

  @Test(arguments: forms)
  func distributionsHaveNames(text: String, expected: Distribution) throws {
    #expect(try Self.read(text) == .distribution(expected))
  }

  /// mean and cv mean what they say.
  @Test(arguments: ["lognormal", "gamma", "weibull", "pareto", "beta"])
  func meanAndVariation(name: String) throws {
    let bounds = name == "beta" ? ", low: 10 s, high: 200 s" : ""
    let value = try Self.read("{\(name): {mean: 40 s, cv: 0.5\(bounds)}}")
    guard case .distribution(let read) = value else {
      Issue.record("no distribution")
      return
    }
    #expect(abs(read.mean - 40) < 1e-12)
    #expect(abs(read.variance - 400) < 1e-10)
  }

  /// Values whose shortest texts are long.
  static let awkward: [Distribution] = [
    .lognormal(mean: 1.3, cv: 0.7), .lognormal(mean: 50_000, cv: 0.2),
    .lognormal(mu: 1e-9, sigma: 1), .lognormal(mu: -3.3, sigma: 0.1), .gamma(mean: 1.5, cv: 0.2),
    .weibull(mean: 0.3333333333333333, cv: 0.7), .hyperexponential(mean: 0.1, cv: 1.7),
    .uniform(low: 0.30000000000000004, high: 1.0000033333333333),
    .mixture(
      Weighted([
        .truncated(.lognormal(mean: 1, cv: 1), low: 0.1, high: 2.3333333333333335),
        .exponential(mean: 1e-9),
      ])),
  ]

  /// The text of a value, read again, is the same value to the last bit.
  @Test(arguments: [forms.map { $0.1 }, awkward].joined().map { $0 })
  func theTextIsExact(distribution: Distribution) throws {
    let value = ParameterValue.distribution(distribution)
    let text = value.text(in: .distribution(.duration))
    let read = try Self.read(text)
    #expect(read == value || read?.constant.map { value.constant == $0 } == true, "\(text)")
  }

  /// Medians of stored results keep their text.
  @Test func aLognormalIsWrittenByItsMedian() {
    let distribution = Distribution.lognormal(median: 3600, sigma: 0.5)
    let median = distribution.lognormalMedian?.shortest ?? ""
    let text = ParameterValue.distribution(distribution).text(in: .distribution(.duration))
    #expect(text == "{lognormal: {median: \(median) s, sigma: 0.5}}")
  }

  @Test(arguments: [
    ("{pareto: {shape: 1, scale: 1 s}}", "the mean is infinite; bound it: {truncated"),
    (
      "{mixture: {of: [{pareto: {shape: 1, scale: 1 s}}, 3 s], weights: [1, 1]}}",
      "the mean is infinite"
    ),
    ("{weibull: {mean: 1 s, cv: 0}}", "no such distribution: shape and scale must be"),
    ("{hyperexponential: {mean: 1 s, cv: 0.5}}", "or cv finite and at least 1"),
    ("{hyperexponential: {means: [1 s], weights: [1, 2]}}", "as many weights as alternatives"),
    ("{discrete: {values: 3 s, weights: [1]}}", "values: expected a list; found '3 s'"),
    ("{discrete: {values: [], weights: []}}", "values: expected a list; found a list"),
    ("{discrete: {values: [3], weights: [1]}}", "'3', which has no unit"),
    ("{truncated: {of: 3 s, low: 0 s, high: 9 s}}", "only a continuous distribution can be"),
    ("{truncated: {of: {exponential: {mean: 1 s}}, low: 40 s, high: 50 s}}", "less than 1e-12"),
    ("{truncated: {of: {exponential: {mean: 1 s}}, low: 2 s, high: 1 s}}", "0 <= low < high"),
    ("{truncated: {off: {exponential: {mean: 1 s}}, low: 0 s, high: 1 s}}", "did you mean 'of'?"),
    ("{mixture: {of: [{wibull: {mean: 1 s, cv: 1}}], weights: [1]}}", "did you mean 'weibull'?"),
    ("{lognormal: {mu: one, sigma: 1}}", "mu: expected a number; found 'one'"),
    (
      "{mixture: {of: [{mixture: {of: [{mixture: {of: [{mixture: {of: [{uniform: {low: 1 s, "
        + "high: 2 s}}], weights: [1]}}], weights: [1]}}], weights: [1]}}], weights: [1]}}",
      "distributions stand at most 4 deep"
    ),
    ("{empirical: {file: none.csv, column: a}}", "none.csv"),
  ])
  func whatIsNoDistributionIsRefused(text: String, problem: String) {
    let problems = Reading.problems("{system: zksync-era, prover.proof_time: \(text)}")
    #expect(problems.first?.contains(problem) == true, "\(problems)")
  }

  /// Observations come from a column, and their text changes with the content of the file.
  @Test func observationsComeFromAColumn() throws {
    try Reading.inFolder { folder in
      let file = folder.appendingPathComponent("times.csv")
      func read(_ content: String) throws -> (ParameterValue?, [InputRecord.File]) {
        try Data(content.utf8).write(to: file)
        let yaml = "{empirical: {file: \(file.path), column: proof_s}}"
        return try InputRecord.recording { () throws(InvalidInput) in
          try Reading.resolve("{system: zksync-era, prover.proof_time: \(yaml)}")
            .value("prover.proof_time")
        }
      }
      let (first, files) = try read("n,proof_s\n1,20\n2,40.5\n3,20\n")
      guard case .distribution(.empirical(let observations)) = first else {
        Issue.record("no observations")
        return
      }
      #expect(observations.values.elements == [20, 40.5, 20])
      #expect(files.map(\.path).contains(file.path))
      let text = first?.text(in: .distribution(.duration)) ?? ""
      #expect(text.hasPrefix("{empirical: {file: times.csv, column: proof_s, sha256: "))
      let (second, _) = try read("n,proof_s\n1,20\n2,40.5\n3,21\n")
      #expect(second?.text(in: .distribution(.duration)) != text)

      let problems = { (content: String) -> String in
        do {
          _ = try read(content)
          return ""
        } catch { return (error as? InvalidInput)?.description ?? "" }
      }
      #expect(
        problems("n,proof\n1,2\n").contains("no column is called 'proof_s'; did you mean 'proof'?"))
      #expect(problems("n,proof_s\n1,-2\n").contains("times.csv:2:3: "))
      #expect(problems("n,proof_s\n1,2 s\n").contains("in s without the unit; found '2 s'"))
      #expect(problems("n,proof_s\n1,nan\n").contains("expected a number of 0 or more"))
      #expect(problems("n,proof_s\n").contains("expected a header and at least one row"))
    }
  }
}
