import Testing

@testable import rollsim

/// What people read in a terminal, wide or narrow.
@Suite struct TerminalTests {
  private static let table = {
    var table = TextTable(["parameter", "value", "note"], rightAligned: [1])
    table.append(["poster.max_age", "12", "in a block every five minutes or so"])
    table.append(["sequence", "3", "short"])
    return table
  }()

  @Test func aTableHasItsWidthWhereThereIsRoom() {
    let wide = """
      parameter       value  note
      poster.max_age     12  in a block every five minutes or so
      sequence            3  short
      """
    #expect(Self.table.text(within: nil) == wide)
    #expect(Self.table.text(within: 58) == wide)
  }

  @Test func longNotesGoOnBelow() {
    #expect(
      Self.table.text(within: 45) == """
        parameter       value  note
        poster.max_age     12  in a block every five
                               minutes or so
        sequence            3  short
        """)
  }

  /// Names and numbers stay whole, whatever the room.
  @Test func noWordIsBroken() {
    #expect(
      Self.table.text(within: 10) == """
        parameter       value  note
        poster.max_age     12  in a
                               block
                               every
                               five
                               minutes
                               or so
        sequence            3  short
        """)
  }

  @Test func progressSaysShareRateAndTimeLeft() {
    let line = ProgressLine(total: 96, of: "runs", done: 24.5, before: 4, after: 10)
    #expect(line.text == "25 %, 24 of 96 runs, 34.9 s left, 2.05 runs/s")
    #expect(line.text(within: 44) == "25 %, 24 of 96 runs, 34.9 s left")
    #expect(line.text(within: 20) == "25 %, 24 of 96 runs")
    #expect(line.text(within: 4) == "25 %")
  }

  @Test func oneLongRunHasAShareOfItsOwn() {
    let line = ProgressLine(total: 1, of: "runs", done: 0.25, before: 0, after: 60)
    #expect(line.text == "25 %, 3 min left, 4 min per run")
    #expect(
      ProgressLine(total: 1, of: "runs", done: 0, before: 0, after: 1).text
        == "0 %, unknown time left, 0 runs/s")
  }

  /// By hand: 214,302 ms ± 408 ms and others, in units of their own.
  @Test(arguments: [
    (214.302, 213.894, 214.71, "s", "214.30 ± 0.41", "s"),
    (561_964, 561_354, 562_574, "s", "6.5042 ± 0.0071", "d"),
    (132_951_111_924, 50_649_021_894, 215_253_201_954, "wei", "133 ± 82", "gwei"),
    (717.387, 717.387, 717.387, "1/s", "717.387 ± 0", "1/s"),
    (0.0282668, 0.027, 0.0295336, "1", "0.0283 ± 0.0013", ""),
    (1234, 1000, 1468, "1", "1230 ± 230", ""),
  ])
  func anEstimateHasSensibleDigits(
    _ mean: Double, _ low: Double, _ high: Double, _ unit: String, _ text: String, _ shown: String
  ) {
    let estimate = ReadableEstimate(mean: mean, limits: (low, high), unit: unit)
    #expect(estimate.text == text)
    #expect(estimate.unit == shown)
  }
}
