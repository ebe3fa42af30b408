import Declarations
import Settlement
import Testing

@testable import Worlds

@Suite struct ParameterTableTests {
  @Test func pathsAndColumnsAreUnique() {
    #expect(Set(Parameter.all.map(\.path)).count == Parameter.all.count)
    #expect(Set(Parameter.all.map(\.column)).count == Parameter.all.count)
  }

  @Test func columnsAreSnakeCaseWithTheirUnit() {
    for parameter in Parameter.all {
      #expect(parameter.column.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" })
    }
    #expect(Parameter.named("poster.max_age")?.column == "poster_max_age_s")
    #expect(Parameter.named("prover.rent")?.column == "prover_rent_usd_per_h")
  }

  /// Each parameter reads back what was written into it, and moves no other but its rival.
  @Test(arguments: Parameter.all.indices) func writesReachTheirPlace(index: Int) throws {
    let parameter = Parameter.all[index]
    var scenario = Scenario.baseCase
    let value: ParameterValue =
      switch parameter.kind {
      case .quantity: .quantity(3)
      case .word(let words): .word(words[words.count - 1])
      case .distribution: .distribution(.constant(3))
      case .trace: .trace(DemandTrace(name: "x", steps: [.init(time: .zero, factor: 2)]))
      case .history: .history(BlockTrace(name: "x", blocks: [.init()], columns: [], clock: .run))
      }
    parameter.write(&scenario, value)
    #expect(parameter.read(scenario) == value)
    let rivals = Parameter.all.filter { $0.path.hasPrefix("workload.arrivals.") }.map(\.path)
    for other in Parameter.all where other.path != parameter.path {
      if rivals.contains(parameter.path), rivals.contains(other.path) { continue }
      #expect(other.read(scenario) == other.read(.baseCase), "\(other.path)")
    }
  }

  @Test func measuresAreUniqueAndNamedByTheirGroup() {
    #expect(Set(Measure.all.map(\.name)).count == Measure.all.count)
    for measure in Measure.all { #expect(measure.name.hasPrefix(measure.group.rawValue + "_")) }
  }

  @Test(arguments: [
    ("12 s", Dimension.duration, 12.0), ("0.25 s", .duration, 0.25), ("7 d", .duration, 604_800),
    ("100 kB", .bytes, 100_000), ("131072 B", .bytes, 131_072), ("30 Mgas", .gas, 30e6),
    ("15 gwei", .weiPerGas, 15e9), ("50 /s", .rate, 50), ("10 %", .share, 0.1),
    ("1e3ms", .duration, 1), ("  5 min", .duration, 300), ("0.1", .share, 0.1), ("8", .count, 8),
    ("1764795600", .instant, 1_764_795_600), ("2025-12-03T21:00:00Z", .instant, 1_764_795_600),
    ("1970-01-01", .instant, 0), ("1972-03-01", .instant, 68_256_000),
    ("2000-02-29", .instant, 951_782_400), ("2100-03-01", .instant, 4_107_542_400),
    ("9999-12-31T23:59:59Z", .instant, 253_402_300_799),
  ])
  func quantitiesAreRead(text: String, dimension: Dimension, value: Double) {
    #expect(dimension.parse(text) == value)
  }

  @Test(arguments: [
    ("12", Dimension.duration), ("-1 s", .duration), ("nan s", .duration), ("inf s", .duration),
    ("1e400 s", .duration), ("s", .duration), ("", .duration), ("12 parsecs", .duration),
    ("1 000 s", .duration), ("1.5", .count), ("0x10", .count), ("-3", .count), ("5 s", .number),
    ("12 S", .duration), ("2025-12-03T21:00:00", .instant), ("2025-12-3", .instant),
    ("2025-13-01", .instant), ("2100-02-29", .instant), ("1969-12-31", .instant),
    ("2025-12-03T24:00:00Z", .instant), ("2025-12-03T+1:00:00Z", .instant), ("-1", .instant),
    ("1.5", .instant), ("2025-12-03T", .instant), ("T21:00:00Z", .instant),
  ])
  func nonsenseIsNot(text: String, dimension: Dimension) {
    #expect(dimension.parse(text) == nil)
  }

  @Test func patternsMatchMeasures() throws {
    let measure = try #require(Measure.all.first { $0.name == "cost_data_wei_per_tx_mean" })
    for pattern in ["cost_*", "*", "cost_data_wei_per_tx", "cost_*_mean", "*wei*", measure.name] {
      #expect(measure.matches(pattern), "\(pattern)")
    }
    for pattern in ["cost", "finality_*", "cost_data_wei", "*usd*", "cost_data_wei_per_tx_mean*x"] {
      #expect(!measure.matches(pattern), "\(pattern)")
    }
  }
}
