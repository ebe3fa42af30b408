import Testing

/// What a factor can be, and what it says when it is none.
@Suite struct FactorTests {
  private func levels(_ path: String, _ range: String) throws -> [Double] {
    try Tiny.experiment("factors: {\(path): \(range)}").design.map { try #require(Double($0[0])) }
  }

  /// The bounds are such that arithmetic alone would miss the upper one by an ulp.
  @Test func aLinearRangeHitsBothEnds() throws {
    let values = try levels("prices.eth", "{linear: [0.3 USD, 0.9 USD], points: 4}")
    #expect(values.count == 4)
    #expect(values.first == 0.3 && values.last == 0.9)
    for (value, expected) in zip(values, [0.3, 0.5, 0.7, 0.9]) {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test func aLogarithmicRangeHitsBothEnds() throws {
    let values = try levels("poster.max_age", "{log: [7 s, 29 s], points: 3}")
    #expect(values.count == 3)
    #expect(values.first == 7 && values.last == 29)
    for (one, next) in zip(values, values.dropFirst()) {
      #expect(abs(next / one - step) < 1e-9, "whole nanoseconds")
    }
  }

  /// The square root of 29/7.
  private let step = 2.0354009783964297

  @Test func aRangeOfCountsIsWhole() throws {
    #expect(try levels("prover.provers", "{log: [1, 100], points: 5}") == [1, 3, 10, 32, 100])
  }

  @Test func aRangeOfDatesIsOfWholeSeconds() throws {
    #expect(
      try levels("settlement.starts_at", "{linear: [1970-01-02, 1970-01-02T00:00:03Z], points: 3}")
        == [86_400, 86_402, 86_403])
  }

  @Test(arguments: [
    ("{poster.max_age: [1 min, 60 s]}", ["factors.poster.max_age: the value 60 appears twice"]),
    ("{system: [starknet, starknet]}", ["factors.system: the value starknet appears twice"]),
    (
      "[poster.max_age: [1 s], poster.max_age: [2 s]]",
      ["factors.poster.max_age: appears twice; first at column 11"]
    ),
    ("[]", ["factors: expected at least one factor; leave the key out for none"]),
    ("{}", ["factors: expected at least one factor; leave the key out for none"]),
    ("{system: []}", ["factors.system: expected a list of at least one preset"]),
    (
      "{poster.max_ages: [1 s]}",
      ["factors.poster.max_ages: unknown factor; did you mean 'poster.max_age'?"]
    ),
    ("{sytem: [starknet]}", ["factors.sytem: unknown factor; did you mean 'system'?"]),
    (
      "[{poster.max_age: [1 s], horizon: [1 h]}]",
      ["factors: expected one factor such as 'poster.max_age: [1 min, 1 h]'"]
    ),
  ])
  func whatIsNoFactor(factors: String, problems: [String]) {
    #expect(Tiny.problems("factors: \(factors)") == problems)
  }

  @Test(arguments: [
    "[]", "5", "{log: [0 s, 1 h], points: 3}", "{linear: [2 s, 1 s], points: 3}",
    "{linear: [1 s, 2 s], points: 1}", "{linear: [1 s], points: 3}", "{linear: [1 s, 2 s]}",
    "{linear: [1, 2], points: 3}", "[1 s, -1 s]", "[nan s]",
    "{log: [1e-300 s, 1e9 s], points: 3}",
  ])
  func whatIsNoListOrRange(levels: String) {
    #expect(!Tiny.problems("factors: {poster.max_age: \(levels)}").isEmpty)
  }

  @Test func wordsAndDistributionsCanVary() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - prover.proof_time: [1 min, {exponential: {mean: 1 min}}]
        - poster.carrier: [blobs, calldata]
      """)
    #expect(experiment.design[0] == ["60 s", "blobs"])
    #expect(experiment.design[3] == ["{exponential: {mean: 60 s}}", "calldata"])
  }
}
