import Catalogue
import Declarations
import EventKernel
import Foundation
import Settlement
import Testing

/// The history of a chain as a file gives it.
@Suite struct HistoryReadingTests {
  private static let rest = """
    settlement.starts_at: 1718841600
    settlement.history.blobs: use
    settlement.history.end: demand

    """

  private func resolve(
    _ csv: String, _ rest: String = rest
  ) throws -> Result<ResolvedScenario, InvalidInput> {
    try Reading.inFolder { folder in
      try Data(csv.utf8).write(to: folder.appendingPathComponent("blocks.csv"))
      let file = folder.appendingPathComponent("s.yaml")
      try Data("settlement.history.trace: blocks.csv\n\(rest)".utf8).write(to: file)
      return Result { () throws(InvalidInput) in
        try Catalogue.builtIn.resolve(.read(.load(file.path)))
      }
    }
  }

  /// Problems with what follows the folder of the file.
  private func problems(_ csv: String, _ rest: String = rest) throws -> [String] {
    guard case .failure(let error) = try resolve(csv, rest) else { return [] }
    return error.problems.map { problem in
      let text = problem.description
      return text.firstRange(of: "blocks.csv:").map { String(text[$0.lowerBound...]) }
        ?? problem.message
    }
  }

  /// The columns of a file of counted blobs; what is not known is passed over.
  @Test func blocksAreRead() throws {
    let history = try resolve(
      """
      block_number,timestamp_ms,blob_count,blob_gas_used,excess_blob_gas
      20129225,1718841600000,2,262144,131072
      20129226,1718841624000,6,786432,0

      """
    ).get().scenario.settlement.history
    let trace = history.trace
    #expect(trace.blocks.map(\.time) == [.seconds(1_718_841_600), .seconds(1_718_841_624)])
    #expect(trace.blocks.map { $0[.blobCount] } == [2, 6])
    #expect(trace.columns == [.blobCount, .excessBlobGas])
    #expect(trace.firstNumber == 20_129_225 && trace.clock == .chain)
    #expect(trace.name.hasPrefix("blocks.csv sha256:"))
    #expect(history.blobs == .use && history.gas == .demand && history.ours == .priceTaker)
  }

  /// By number, by seconds of the run and by date, with every figure.
  @Test(
    arguments: [
      ("block_number,base_fee_per_gas\n7,1\n8,2\n", "gas: fee", nil),
      ("time_s,gas_used,gas_limit\n0,1,30000000\n24,2,30000000\n", "gas: use", .run),
      (
        "time,base_fee_per_gas,base_fee_per_blob_gas\n2024-06-20,1,3\n2024-06-20T00:00:36Z,2,4\n",
        "gas: fee, blobs: fee", .chain
      ),
      ("unix_s,blob_count\n1718841600,0\n1718841612,6\n", "blobs: use", .chain),
    ] as [(String, String, DemandTrace.Clock?)])
  func clocks(csv: String, given: String, clock: DemandTrace.Clock?) throws {
    let trace = try resolve(
      csv, "settlement.starts_at: 1718841600\nsettlement.history: {\(given), end: repeat}\n"
    ).get().scenario.settlement.history.trace
    #expect(trace.clock == clock && trace.blocks.count == 2)
  }

  @Test(arguments: [
    (
      "slot,blob_count\n1,2\n",
      [
        "blocks.csv:1:1: expected block_number, one column of times (time_s, time, unix_s, "
          + "timestamp_ms), or both; found 'slot,blob_count'"
      ]
    ),
    (
      "block_number,blob_count\n1,2\n3,x\n4,-1\n",
      [
        "blocks.csv:3:1: expected block 2, one row for each block; found '3'",
        "blocks.csv:3:3: expected a whole number up to 1e18; found 'x'",
        "blocks.csv:4:1: expected block 3, one row for each block; found '4'",
        "blocks.csv:4:3: expected a whole number up to 1e18; found '-1'",
      ]
    ),
    (
      "timestamp_ms,blob_count\n1718841600000,2\n1718841600000,2\n1.5,2\n",
      [
        "blocks.csv:3:1: expected a time after that of the row before",
        "blocks.csv:4:1: expected Unix milliseconds such as 1718841600000; found '1.5'",
      ]
    ),
    (
      "unix_s,blob_count\n1718841600,2\n1718841613,7\n1718841625,7\n",
      [
        "blocks.csv:3:1: settlement.history.trace: expected a time that is a whole number of slots of 12 "
          + "s after that of the row before; it is 13 s after it",
        "blocks.csv:4:1: settlement.history.trace: expected blob_count of at most the 6 that fit into a "
          + "block",
      ]
    ),
    (
      "unix_s,gas_used\n1718841600,2\n",
      [
        "expected the columns that settlement.history.gas and settlement.history.blobs ask for; the "
          + "file has no blob_count"
      ]
    ),
    (
      "unix_s,blob_count\n1718841700,2\n",
      [
        "blocks.csv:2:1: settlement.history.trace: expected a first block within a slot of the start of "
          + "the run; it comes 100 s after it"
      ]
    ),
    (
      "unix_s,blob_count\n1718841500,2\n",
      [
        "blocks.csv:2:1: settlement.history.trace: expected a history that reaches the start of the run, "
          + "settlement.starts_at"
      ]
    ),
  ])
  func whatIsWrongIsSaidWithItsLine(csv: String, expected: [String]) throws {
    #expect(try problems(csv) == expected)
  }

  /// A history that ends must be longer than the horizon, unless the scenario says what holds then.
  @Test func aHistoryThatIsTooShort() throws {
    let csv = "unix_s,blob_count\n1718841600,2\n1718841612,2\n"
    #expect(
      try problems(csv, "settlement.starts_at: 1718841600\nsettlement.history.blobs: use\n") == [
        "blocks.csv:3:1: settlement.history.trace: expected a history as long as the horizon of 25200 s; "
          + "it ends at 24 s: set settlement.history.end to say what holds then"
      ])
    #expect(
      Reading.problems("settlement.history.blobs: use\n") == [
        "test.yaml:1:27: settlement.history.blobs: expected settlement.history.trace, a file with the "
          + "blocks of the history"
      ])
  }
}
