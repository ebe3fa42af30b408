import Reporting
import Results
import Testing

/// The fees of the settlement chain over time.
@Suite struct FeePathTests {
  private static let experiment = """
    factors: {settlement.base_fee: [1 gwei, 2 gwei]}
    fee_paths: {every: 7 s, replications: 1}
    """

  /// A grid from the start until before the horizon, for each point; no row of another replication.
  @Test func aRowForEachInstantOfTheGrid() throws {
    let (experiment, report) = try Tiny.report(Self.experiment)
    let fees = try #require(report.fees)
    let horizon = experiment.points[0].resolved.scenario.horizon.seconds
    let instants = Array(stride(from: 0.0, to: horizon, by: 7))
    #expect(fees.rows.count == 2 * instants.count)
    #expect(fees.column("time_s") == (instants + instants).map(Table.Cell.number))
    #expect(fees.column("replication").allSatisfy { $0 == .integer(0) })
  }

  /// Before the first slot stands what the scenario says.
  @Test func aPathBeginsWithTheFeeOfTheFirstBlock() throws {
    let fees = try #require(try Tiny.report(Self.experiment).1.fees)
    let starts = zip(fees.column("time_s"), fees.column("base_fee_wei_per_gas"))
      .filter { $0.0 == .number(0) }.map(\.1)
    #expect(starts == [.integer(1_000_000_000), .integer(2_000_000_000)])
    #expect(Set(fees.column("base_fee_wei_per_gas")).count > 4, "and then it moves")
  }

  /// A chain without blobs has no fee of them, and not a constant one.
  @Test func withoutBlobsTheirFeeIsEmpty() throws {
    let fees = try #require(
      try Tiny.report(
        """
        factors: [{settlement: [ethereum-merge, ethereum-pectra]}, {poster.carrier: [calldata]}]
        fee_paths: {every: 1 min}
        """
      ).1.fees)
    let cells = zip(fees.column("settlement_chain"), fees.column("blob_base_fee_wei_per_gas"))
    #expect(cells.allSatisfy { ($0 == .string("ethereum-merge")) == ($1 == .empty) })
    #expect(!fees.column("base_fee_wei_per_gas").contains(.empty))
  }

  /// Looking at the fees does not change the run.
  @Test func nothingElseDependsOnIt() throws {
    let without = try Tiny.report("factors: {settlement.base_fee: [1 gwei, 2 gwei]}").1
    let with = try Tiny.report(Self.experiment).1
    #expect(without.fees == nil)
    #expect(without.points.csv == with.points.csv)
    #expect(without.runs.csv == with.runs.csv)
  }

  @Test func aPathIsDrawn() throws {
    let (experiment, report) = try Tiny.report(
      Self.experiment + "\nfigures: [{kind: path, y: base_fee_wei_per_gas, log: y}]")
    let document = try #require(Figures.documents(experiment, report).first)
    #expect(document.path == "figures/path-1.vl.json")
    #expect(document.content.contains("\"Base fee [gwei/gas]\""))
  }

  @Test(arguments: [
    ("fee_paths: {every: 0 s}", "expected at least 1 ms"),
    ("fee_paths: {replications: 2}", "the key 'every' with a duration is missing"),
    ("fee_paths: {evry: 1 s}", "unknown key; did you mean 'every'?"),
    ("fee_paths: {every: 1 s, replications: 0}", "expected from 1 to 1,000,000"),
    ("fee_paths: 1 min", "expected {every: 1 min, replications: 1}"),
    (
      "factors: {settlement.base_fee: [\((1...14).map { "\($0) gwei" }.joined(separator: ", "))]}\n"
        + "fee_paths: {every: 1 ms, replications: 9}",
      "the paths have 5040000 samples; expected at most 5000000"
    ),
    ("figures: [{kind: path, y: base_fee_wei_per_gas}]", "a path needs the experiment's key"),
    (
      "fee_paths: {every: 1 min}\nfigures: [{kind: path, y: base_fee_wei_per_gaz}]",
      "'base_fee_wei_per_gaz' is nothing that a path has; did you mean 'base_fee_wei_per_gas'?"
    ),
  ])
  func whatCannotBeIsRefused(_ text: String, _ message: String) {
    let problems = Tiny.problems(text)
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }
}
