import Catalogue
import Randomness
import Testing

@testable import Declarations
@testable import Reporting
@testable import Running
@testable import Specifications
@testable import Worlds

/// What is written in two ways and means one thing is one scenario, one run and one result.
///
/// The pairs are drawn from the table of parameters (seed 1): every parameter takes part, in every
/// unit that can write the value. A factor of a unit that is rounded, a spelling that is not known in
/// one of the places where values are read, and a path that means something else when it is nested
/// would each give two keys for one run.
@Suite struct SpellingTests {
  @Test(arguments: Parameter.all.map(\.path)) func oneMeaningHasOneKey(path: String) throws {
    let parameter = try #require(Parameter.named(path))
    var stream = RandomStream(seed: 1, replication: 0, name: path)
    var (draws, keys) = (0, 0)
    while draws < 2 || keys == 0, draws < 20 {
      let values = Spelling.values(of: parameter.kind, &stream)
      #expect(values.count > 1)
      let plain = "\(path): \(values[0])"
      let scenarios = values.map { Spelling.mapping(path, $0, &stream) }
      for scenario in scenarios {
        #expect(settings(scenario) == settings(plain), "\(plain) and \(scenario)")
      }
      let last = scenarios[scenarios.count - 1]
      let found = outcome(plain)
      #expect(outcome(last) == found, "\(plain) and \(last)")
      if found.key != nil { keys += 1 }
      draws += 1
    }
    // Some values fit into no scenario.
    #expect(keys > 0 || Self.narrow.contains(path), "\(path)")
  }

  /// What a reader takes a scenario to set; nil if it is refused.
  private func settings(_ scenario: String) -> [ScenarioRequest.Setting]? {
    guard let request = try? ScenarioRequest.read(.parse(scenario, file: "s.yaml")) else {
      return nil
    }
    let nowhere = Location(file: "")
    return request.settings.map {
      .init(parameter: $0.parameter, kind: $0.kind, value: $0.value, location: nowhere)
    }
  }

  /// Parameters no value of which fits to the base case without others.
  private static let narrow = Set(
    Parameter.all.map(\.path).filter {
      $0.hasPrefix("settlement.forks.") || $0.hasPrefix("workload.arrivals.counts.")
        || $0.hasPrefix("workload.arrivals.times.")
        // Of the one signer there is.
        || $0 == "upgrades.keys.threshold" || $0 == "upgrades.keys.common_group"
        // Of tokens that the market's pool has at the start.
        || $0 == "token.supply"
    })

  /// What a reader makes of a scenario: its values, and the run and manifest if it can be run.
  private struct Outcome: Equatable {
    var scenario: Scenario?
    var key: [UInt8]?
    var manifest = ""
  }

  private func outcome(_ scenario: String) -> Outcome {
    var outcome = Outcome()
    guard let node = try? InputNode.parse(scenario, file: "s.yaml"),
      let request = try? ScenarioRequest.read(node)
    else { return outcome }
    outcome.scenario = try? Catalogue.builtIn.layered(request).scenario
    guard
      let experiment = try? Experiment(ExperimentSpec(name: "spelling", request: request))
    else { return outcome }
    outcome.key = experiment.key(of: experiment.points[0])
    outcome.manifest = Manifest(experiment, settings: [], inputs: []).json(files: []).text
    return outcome
  }

  @Test(arguments: [
    ("poster.max_age: [1.1 min, 90 s]", "poster.max_age: [66 s, 1.5 min]"),
    ("workload.arrivals.poisson.rate: [66 /min]", "workload.arrivals.poisson.rate: [1.1 /s]"),
    ("proposer.interval: [0.055 h]", "proposer.interval: [198_000 ms]"),
    ("settlement.calldata_floor: [on, False]", "settlement.calldata_floor: [yes, no]"),
    ("poster.gas: [0.0123 Mgas]", "poster.gas: [12.30 kgas]"),
    ("settlement: [ethereum-bpo2]", "settlement.chain: [ethereum-bpo2]"),
  ])
  func oneMeaningHasOneResult(one: String, other: String) throws {
    let (report, same) = try (
      Tiny.report("factors: {\(one)}").1, Tiny.report("factors: {\(other)}").1
    )
    #expect(report.points.csv == same.points.csv)
    #expect(report.runs.csv == same.runs.csv)
  }

  /// The column of a computed level shows what its run used.
  @Test(arguments: [
    "poster.max_age: {log: [7 s, 29 s], points: 5}",
    "poster.gas: {linear: [21000 gas, 21010 gas], points: 4}",
    "fees.l2_gas_price: {log: [1 wei, 1 gwei], points: 6}",
    "poster.max_bytes: {linear: [100 kB, 1 MB], points: 7}",
    "proposer.interval: {expression: 100 / 3}", "proposer.gas: {expression: 1e5 / 3}",
  ])
  func aColumnShowsWhatARunUsed(factor: String) throws {
    let experiment = try Tiny.experiment("factors: {\(factor)}")
    for point in experiment.points {
      let parameter = try #require(Parameter.named(experiment.spec.factors[0].path))
      #expect(
        point.levels[0].cell.number == parameter.read(point.resolved.scenario)?.constant)
    }
  }

  /// Also where a design samples, in which levels may then repeat.
  @Test func aSampleShowsWhatARunUsed() throws {
    let experiment = try Tiny.experiment(
      """
      design: {sobol: {points: 16}}
      factors: [{poster.gas: {linear: [7 gas, 9 gas]}}, {poster.max_age: {log: [7 s, 29 s]}}]
      """)
    for point in experiment.points {
      for (factor, level) in zip(experiment.spec.factors, point.levels) {
        let parameter = try #require(Parameter.named(factor.path))
        #expect(level.cell.number == parameter.read(point.resolved.scenario)?.constant)
      }
    }
    #expect(Set(experiment.design.map { $0[0] }) == ["7", "8", "9"])
  }
}

/// Ways to write one value.
private enum Spelling {
  /// Texts of a kind that all mean the same.
  static func values(of kind: ParameterKind, _ stream: inout RandomStream) -> [String] {
    switch kind {
    case .quantity(let dimension): return quantities(dimension, &stream)
    case .word(let words):
      let word = words[Int(stream.nextWord() % UInt64(words.count))]
      let truths = ParameterKind.truths.filter { kind.word(meantBy: $0.text) == word }.map(\.text)
      return [word, "\"\(word)\""] + (kind.isTruth ? truths : [])
    case .distribution(let dimension):
      let texts = quantities(dimension, &stream)
      return stream.bernoulli(0.5)
        ? texts + texts.map { "{deterministic: {value: \($0)}}" }
        : texts.map { "{exponential: {mean: \($0)}}" }
    case .trace, .history: return ["none", "'none'"]
    }
  }

  /// A path with a value, nested at one of its dots or at all.
  static func mapping(_ path: String, _ value: String, _ stream: inout RandomStream) -> String {
    let words = path.split(separator: ".").map(String.init)
    let separators = words.dropFirst().map { _ in stream.bernoulli(0.5) }
    var text = words[0]
    for (word, isNested) in zip(words.dropFirst(), separators) {
      text += (isNested ? ": {" : ".") + word
    }
    return text + ": \(value)" + String(repeating: "}", count: separators.count { $0 })
  }

  /// The same quantity in every unit that can write it and in every spelling of its number.
  private static func quantities(
    _ dimension: Dimension, _ stream: inout RandomStream
  ) -> [String] {
    let unit = dimension.units[Int(stream.nextWord() % UInt64(dimension.units.count))]
    let finest = dimension == .duration ? -9 : dimension.keeps(tenth) ? -12 : 0
    let power = max(Int(stream.nextWord() % 7) - 4, finest - unit.exponent)
    let largest: UInt64 = stream.bernoulli(0.5) ? 9 : 999
    let count = (1 + Int(stream.nextWord() % largest)) * unit.numerator
    return dimension.units.flatMap { other -> [String] in
      let (figures, rest) = (count * other.denominator).quotientAndRemainder(
        dividingBy: other.numerator)
      guard rest == 0 else { return [] }
      return numbers(figures, power + unit.exponent - other.exponent).flatMap {
        ["\($0) \(other.symbol)", "'  \($0)\(other.symbol)'"]
      }
    }
  }

  private static let tenth = ExactDecimal("0.1") ?? { preconditionFailure("a tenth is a number") }()

  /// A number times a power of ten in several spellings.
  private static func numbers(_ figures: Int, _ power: Int) -> [String] {
    let zeros = String(repeating: "0", count: max(power, 0))
    var digits = "\(figures)\(zeros)"
    digits = String(repeating: "0", count: max(-power + 1 - digits.count, 0)) + digits
    let point = digits.index(digits.endIndex, offsetBy: min(power, 0))
    let (whole, fraction) = (String(digits[..<point]), String(digits[point...]))
    let plain = fraction.isEmpty ? whole : "\(whole).\(fraction)"
    return [
      plain, "\(figures)e\(power)", "+\(figures).0E\(power)", "00\(whole).\(fraction)0",
      "\(whole.prefix(1))_\(whole.dropFirst()).\(fraction)_0",
    ] + (whole == "0" ? [".\(fraction)"] : [])
  }
}
