import Catalogue
import Testing
import Worlds

@testable import Specifications

/// What names mean where a scenario names several rollups and services.
@Suite struct MeasureTableTests {
  static let several = MeasureTable(
    of: WorldShape(rollups: ["b", "a"], services: ["sharp"]))

  private func index(_ name: String, _ table: MeasureTable) throws -> (Int, [String]) {
    var problems: [Problem] = []
    let index = try table.index(.parse(name, file: "--name"), &problems)
    return (index ?? 0, problems.map(\.message))
  }

  @Test func theOnlyRollupNeedsNoName() throws {
    let table = MeasureTable(of: .single)
    #expect(table.indices.map { table[$0].qualifiedName } == Measure.all.map(\.name))
    let (place, problems) = try index("cost_data_wei_per_tx", table)
    #expect(table[place].name == "cost_data_wei_per_tx_mean" && problems.isEmpty)
    #expect(table.indices(matching: "rollups.*").isEmpty)
  }

  /// The order is that of the file, not of the alphabet.
  @Test func aQualifiedNameMeansOneSubject() throws {
    let table = Self.several
    let (place, problems) = try index("rollups.a.cost_data_wei_per_tx", table)
    #expect(problems.isEmpty)
    #expect(table[place].subjectName == "a" && table[place].name == "cost_data_wei_per_tx_mean")
    let found = table.indices(of: "cost_data_wei_per_tx_mean").map { table[$0].qualifiedName }
    #expect(found == ["b", "a"].map { "rollups.\($0).cost_data_wei_per_tx_mean" })
  }

  @Test func aNameOfSeveralSubjectsSaysWhose() throws {
    let (_, problems) = try index("prover_utilisation", Self.several)
    #expect(
      problems == [
        "'prover_utilisation' does not say whose; expected one of: rollups.b.prover_utilisation, "
          + "rollups.a.prover_utilisation, services.sharp.prover_utilisation"
      ])
  }

  @Test func aNameOfOneSubjectIsEnough() throws {
    let table = MeasureTable(of: WorldShape(rollups: ["a"], services: ["sharp"]))
    let (place, problems) = try index("cost_data_wei_per_tx", table)
    #expect(problems.isEmpty && table[place].qualifiedName == "rollups.a.cost_data_wei_per_tx_mean")
  }

  @Test func theNearestNameIsQualifiedLikeTheOneThatIsWrong() throws {
    #expect(
      try index("rollups.a.cost_data_wei_per_txs", Self.several).1 == [
        "no measure is called 'rollups.a.cost_data_wei_per_txs'; did you mean "
          + "'rollups.a.cost_data_wei_per_tx_mean'?"
      ])
    #expect(
      try index("prover_utilization", Self.several).1 == [
        "no measure is called 'prover_utilization'; did you mean 'prover_utilisation'?"
      ])
  }

  @Test func patternsSelectOverAllSubjectsOrOfOne() {
    let table = Self.several
    func names(_ pattern: String) -> [String] {
      table.indices(matching: pattern).map { table[$0].qualifiedName }
    }
    #expect(
      names("prover_util*") == [
        "rollups.b.prover_utilisation", "rollups.a.prover_utilisation",
        "services.sharp.prover_utilisation",
      ])
    #expect(names("rollups.a.prover_util*") == ["rollups.a.prover_utilisation"])
    #expect(names("services.*.prover_util*") == ["services.sharp.prover_utilisation"])
    // A subject is no part of a name.
    #expect(names("*sharp*").isEmpty)
  }
}
