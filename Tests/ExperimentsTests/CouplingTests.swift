import Catalogue
import EventKernel
import Foundation
import Results
import Testing
import Worlds

@testable import Running
@testable import Specifications

/// Replications that depend on each other are averaged before they are counted.
@Suite struct CouplingTests {
  private static let measures = "measures: [fee_base_wei_per_gas_mean, cost_data_wei_per_tx_mean]"

  // MARK: Antithetic pairs

  /// The even replications are those of the experiment without pairs; the odd ones have no others'
  /// streams.
  @Test func theFirstOfAPairIsAPlainRun() throws {
    let plain = try Tiny.experiment("").points[0]
    let pairs = try Tiny.experiment("random: {antithetic: true}").points[0]
    #expect(pairs.run(replication: 0) == plain.run(replication: 0))
    #expect(pairs.run(replication: 2) == plain.run(replication: 2))
    let mirrored = try pairs.run(replication: 1).result.get().fingerprint
    for replication in 0..<4 {
      #expect(try plain.run(replication: replication).result.get().fingerprint != mirrored)
    }
  }

  /// A share u of the range in the one, 1 − u in the other: in a log-uniform range low · (high/low)^u
  /// the product of both is low · high.
  @Test func unknownFiguresAreMirrored() throws {
    let point = try Tiny.experiment(
      "factors: {system: [starknet]}\nrandom: {antithetic: true}"
    ).points[0]
    let unknown = try #require(
      point.resolved.unknowns.firstIndex { $0.parameter.path == "prover.proof_time" })
    let range = point.resolved.unknowns[unknown].range
    let (one, other) = (point.run(replication: 4).drawn, point.run(replication: 5).drawn)
    let product = one[unknown] * other[unknown] / (range.lowerBound * range.upperBound)
    #expect(abs(product - 1) < 1e-12)
    #expect(one[unknown] != other[unknown])
  }

  /// Mean, standard deviation and Student's interval over three pair means by hand: the quantile of t
  /// with two degrees of freedom at 0.975 is 0.95 √(2 / (1 − 0.95²)).
  @Test func intervalsAreOverPairs() throws {
    var spec = try Tiny.experiment("random: {antithetic: true}\n" + Self.measures).spec
    spec.replications = 6
    let report = try Experiment(spec).report()
    let values = report.runs.numbers("cost_data_wei_per_tx_mean").compactMap(\.self)
    let hand = Self.summary(Self.pairMeans(values))
    let row = try #require(
      report.points.column("measure").firstIndex { $0.text == "cost_data_wei_per_tx_mean" })
    for (column, expected) in hand {
      let found = try #require(report.points.numbers(column)[row])
      #expect(abs(found - expected) <= 1e-11 * abs(hand[0].1), "\(column)")
    }
    let description = report.points.columns.first { $0.name == "n" }?.description
    #expect(description == "Antithetic pairs in which the measure has a value.")
  }

  @Test func differencesAreOverPairs() throws {
    var spec = try Tiny.experiment(
      """
      random: {antithetic: true}
      measures: [cost_data_wei_per_tx_mean]
      factors: {poster.max_age: [30 s, 2 min]}
      baseline: {poster.max_age: 30 s}
      """
    ).spec
    spec.replications = 6
    let report = try Experiment(spec).report()
    let values = report.runs.numbers("cost_data_wei_per_tx_mean").compactMap(\.self)
    let hand = Self.summary(Self.pairMeans((0..<6).map { values[6 + $0] - values[$0] }))
    let differences = try #require(report.differences)
    for (column, expected) in hand {
      let found = try #require(differences.numbers(column == "mean" ? "difference" : column)[0])
      #expect(abs(found - expected) <= 1e-11 * abs(hand[0].1) + 1e-300, "\(column)")
    }
  }

  private static func pairMeans(_ values: [Double]) -> [Double] {
    stride(from: 0, to: values.count, by: 2).map { (values[$0] + values[$0 + 1]) / 2 }
  }

  private static func summary(_ means: [Double]) -> [(String, Double)] {
    let mean = means.reduce(0, +) / 3
    let deviation = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
    let half = 0.95 * (2 / (1 - 0.95 * 0.95)).squareRoot() * deviation / 3.0.squareRoot()
    return [
      ("mean", mean), ("ci_low", mean - half), ("ci_high", mean + half), ("sd", deviation),
      ("n", 3),
    ]
  }

  // MARK: Sampled figures

  /// Points 4 to 7 of Sobol's sequence lie a quarter apart, and so they do after a shift around the
  /// circle; another group is shifted otherwise.
  @Test func aGroupDrawsAtShiftedPoints() throws {
    var spec = try Tiny.experiment(
      "factors: {system: [starknet]}\nrandom: {sampling: {sobol: {points: 2}}}"
    ).spec
    spec.coupling = .sampled(.sobol(points: 4))
    spec.replications = 8
    let point = try Experiment(spec).points[0]
    let unknown = try #require(
      point.resolved.unknowns.firstIndex { $0.parameter.path == "prover.proof_time" })
    let range = point.resolved.unknowns[unknown].range
    let shares = (0..<8).map { replication in
      let value = point.run(replication: replication).drawn[unknown]
      return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    }
    for group in [shares[..<4], shares[4...]] {
      let sorted = group.sorted()
      for (lower, upper) in zip(sorted, sorted.dropFirst()) {
        #expect(abs(upper - lower - 0.25) < 1e-9)
      }
    }
    #expect(abs(shares[0] - shares[4]) > 1e-6)
  }

  // MARK: Keys and problems

  @Test func runsOfEachKindHaveKeysOfTheirOwn() throws {
    let kinds = [
      "", "random: {antithetic: true}", "random: {sampling: {sobol: {points: 2}}}",
      "random: {sampling: {sobol: {points: 1}}}", "random: {sampling: {halton: {points: 2}}}",
    ]
    let keys = try kinds.map { kind in
      let experiment = try Tiny.experiment("factors: {system: [starknet]}\n" + kind)
      return experiment.key(of: experiment.points[0])
    }
    #expect(Set(keys).count == kinds.count)
    let plain = try Tiny.experiment("random: {antithetic: false}")
    #expect(try plain.key(of: plain.points[0]) == RunKeyTests.key(""))
  }

  @Test func oddReplicationsMakeNoPairs() throws {
    var spec = try Tiny.experiment("random: {antithetic: true}").spec
    spec.replications = 7
    let error = #expect(throws: InvalidInput.self) { try Experiment(spec) }
    #expect(
      error?.problems.map(\.message) == [
        "7 make no whole number of antithetic pairs; expected a multiple of 2"
      ])
  }

  static let problems = [
    (
      "random: {sampling: {sobol: {points: 2}}}",
      "random.sampling: nothing is drawn at the points of 'sobol': no point of the design has an "
        + "unknown figure"
    ),
    (
      "factors: {system: [starknet]}\nrandom: {sampling: {halton: {points: 3}}}",
      "replications: 2 make no whole number of shifted sets of points; expected a multiple of 3"
    ),
    (
      "random: {antithetic: true, sampling: {halton: {points: 2}}}",
      "random: expected antithetic or sampling, not both"
    ),
    (
      "random: {sampling: sobl}",
      "random.sampling: expected {sobol: {points: 16}}; did you mean 'sobol'?"
    ),
    (
      "random: {sampling: sobol}",
      "random.sampling: 'sobol' needs a number of points: write {sobol: {points: 16}}"
    ),
    (
      "random: {antithetic: perhaps}",
      "random.antithetic: expected one of: true, false; found 'perhaps'"
    ),
  ]

  @Test(arguments: problems) func whatDoesNotFitIsRefused(_ text: String, _ message: String) {
    #expect(Tiny.problems(text) == [message])
  }
}
