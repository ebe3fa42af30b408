import Results
import Testing

@testable import Charts

/// Ranges fit the numbers, ticks are round in a unit that suits them, and both are the same everywhere.
@Suite struct ChartAxisTests {
  private static let wei = Axis(
    field: "fee", title: "Fee", kind: .numbers,
    units: [.init("wei", 1), .init("gwei", 1e9), .init("ETH", 1e18)])
  private static let time = Axis(
    field: "age_s", title: "Age", kind: .numbers,
    units: [
      .init("s", 1), .init("ms", 0.001), .init("min", 60), .init("h", 3600), .init("d", 86_400),
    ])
  private static let rate = Axis(
    field: "rate", title: "Rate", kind: .numbers,
    units: [.init("1/s", 1), .init("1/min", 1.0 / 60)])

  @Test func theLogarithmIsThatOfMathematics() {
    for (number, logarithm) in [
      (1.0, 0.0), (10, 2.302_585_093), (1e-18, -41.446_531_673), (3, 1.098_612_289),
    ] {
      #expect(abs(number.naturalLogarithm - logarithm) < 1e-8)
    }
  }

  @Test(arguments: [
    ([2e10, 2.4e14], "gwei"), ([1.0, 900], "wei"), ([1e17, 3e18], "ETH"),
  ])
  func aUnitSuitsTheNumbers(numbers: [Double], symbol: String) {
    #expect(Self.wei.unit(for: numbers).symbol == symbol)
  }

  /// Per minute is no better than per second where both are short.
  @Test func ratesStay() { #expect(Self.rate.unit(for: [0.1, 100]).symbol == "1/s") }

  @Test func aRangeEndsWithTheNumbers() {
    let scale = NumberScale(Self.wei, [2e10, 2.4e14], isLogarithmic: true)
    #expect(scale.low == 2e10 && scale.high == 2.4e14)
    #expect(scale.guide["values"] == [100e9, 1000e9, 10_000e9, 100_000e9])
    #expect(scale.title(along: 400) == "Fee [gwei]")
  }

  @Test func fewLevelsAreTheTicks() {
    let levels = [30.0, 300, 3600]
    let scale = NumberScale(Self.time, levels, isLogarithmic: true, levels: levels)
    #expect(scale.guide["values"] == [30.0, 300.0, 3600.0])
    #expect(scale.title(along: 400) == "Age")
  }

  @Test func aRangeOfTheSpecificationHolds() {
    var axis = Self.wei
    axis.range = 1e9...1e12
    let scale = NumberScale(axis, [2e10, 2.4e14], isLogarithmic: true)
    #expect(scale.low == 1e9 && scale.high == 1e12)
  }

  @Test(arguments: [
    (3600.0, "1 h"), (90, "1.5 min"), (120, "2 min"), (0.25, "250 ms"), (604_800, "7 d"),
  ])
  func timesInWords(seconds: Double, words: String) {
    #expect(Self.time.words(.number(seconds)) == words)
  }

  @Test func ratesInWords() { #expect(Self.rate.words(.number(10)) == "10 /s") }

  @Test(arguments: [
    (0, "1970-01-01 00:00 UTC"), (1_764_791_351, "2025-12-03 19:49 UTC"),
    (1_709_164_800, "2024-02-29 00:00 UTC"), (4_107_542_399, "2100-02-28 23:59 UTC"),
  ])
  func datesInWords(seconds: Int, words: String) {
    let axis = Axis(field: "at", title: "At", kind: .dates)
    #expect(axis.words(.integer(seconds)) == words)
  }

  @Test func longTitlesHaveLines() {
    #expect("a bb ccc".wrapped(to: 5) == ["a bb", "ccc"])
    #expect("a bb ccc".wrapped(to: 20) == "a bb ccc")
  }
}
