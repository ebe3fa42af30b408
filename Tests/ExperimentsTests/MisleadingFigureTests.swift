import Testing

/// A figure that would say what is not so is refused, with one message and what would do instead.
@Suite struct MisleadingFigureTests {
  private static func problems(_ figure: String, _ more: String = "") -> [String] {
    Tiny.problems(
      "factors: {poster.max_age: [1 min, 2 min], poster.carrier: [blobs, calldata]}\n"
        + "\(more)\nfigures: [\(figure)]")
  }

  private static let bar = "kind: bar, y: poster.max_age, row: poster.carrier"

  @Test func aTotalIsNotStackedOnItsParts() {
    #expect(
      Self.problems("{\(Self.bar), measures: cost_*_usd_per_tx_mean}") == [
        "figures.measures: a stack counts twice what both 'cost_total_usd_per_tx_mean' and "
          + "'cost_data_usd_per_tx_mean' count; expected parts of one sum, such as "
          + "[cost_data_usd_per_tx_mean, cost_state_usd_per_tx_mean, cost_proof_usd_per_tx_mean, "
          + "cost_prover_usd_per_tx_mean]"
      ])
  }

  /// Costs by purpose and costs by kind of fee are two ways to cut the same sum.
  @Test(arguments: [
    "[cost_data_wei_per_tx, cost_blob_wei_per_tx]",
    "[cost_execution_wei_per_tx, cost_execution_state_wei_per_tx]",
    "[cost_state_wei_per_tx, cost_tip_wei_per_tx]", "cost_*_wei_per_tx_mean",
  ])
  func norWhatOverlaps(measures: String) {
    let found = Self.problems("{\(Self.bar), measures: \(measures)}")
    #expect(found.count == 1 && found[0].contains("a stack counts twice"), "\(found)")
  }

  @Test(arguments: [
    "[cost_data_wei_per_tx, cost_state_wei_per_tx, cost_proof_wei_per_tx, cost_prover_wei_per_tx]",
    "[cost_execution_wei_per_tx, cost_calldata_wei_per_tx, cost_tip_wei_per_tx, cost_blob_wei_per_tx]",
    "[market_blob_own_share, market_blob_neighbour_share]", "cost_total_usd_per_tx",
  ])
  func whatAddsUpIsStacked(measures: String) {
    #expect(Self.problems("{\(Self.bar), measures: \(measures)}") == [])
  }

  @Test(arguments: ["bar", "quantiles", "ladder"])
  func unitsAreNotMixed(kind: String) {
    #expect(
      Self.problems(
        "{kind: \(kind), y: poster.max_age, row: poster.carrier, measures: cost_data_*}") == [
          "figures.measures: 'cost_data_*' mixes units: 'cost_data_wei_per_tx_mean' is in wei, "
            + "'cost_data_usd_per_tx_mean' in USD"
        ])
  }

  @Test(arguments: [
    (
      "{\(bar), measures: finality_*_s_p50}",
      "measures: bars of several measures are stacked, and 'finality_soft_s_p50' is no part of a sum; "
        + "expected one measure, or kind: quantiles"
    ),
    (
      "{kind: ladder, y: poster.max_age, row: poster.carrier, measures: bytes_posted_per_tx}",
      "measures: a ladder shows times; 'bytes_posted_per_tx' is in B"
    ),
    (
      "{kind: heat-map, x: poster.carrier, y: poster.max_age, measures: finality_*_s_p50}",
      "measures: expected one measure; 'finality_*_s_p50' matches 8, such as 'finality_soft_s_p50' and "
        + "'finality_posted_s_p50'"
    ),
    (
      "{kind: line, x: poster.max_age, y: cost_total_usd_per_tx}",
      "x: 'poster.carrier' varies and is not shown, so that its levels would cover each other; "
        + "expected it as color, row or in where"
    ),
    (
      "{kind: bar, y: poster.max_age, measures: cost_total_usd_per_tx}",
      "y: 'poster.carrier' varies and is not shown, so that its levels would cover each other; "
        + "expected it as row or in where"
    ),
    (
      "{kind: histogram, x: cost_total_usd_per_tx, color: poster.carrier, row: poster.max_age}",
      "color: bins of several would cover each other; expected row, or kind: ecdf"
    ),
    (
      "{kind: differences, y: poster.max_age, row: poster.carrier, measures: cost_total_usd_per_tx}",
      "kind: differences need the experiment's key 'baseline'"
    ),
    (
      "{kind: tornado, x: cost_total_usd_per_tx}",
      "kind: a tornado needs 'design: one-at-a-time'"
    ),
  ])
  func whatElseMisleads(figure: String, problem: String) {
    #expect(Self.problems(figure) == ["figures.\(problem)"])
  }

  private static let line =
    "{x: poster.max_age, y: cost_total_wei_per_tx, color: poster.carrier, log: y, axes:"

  @Test(arguments: [
    (
      "{y: {unit: gwai}}",
      "axes.y.unit: 'gwai' is no unit of the axis; expected one of: wei, gwei, ETH; did you mean 'gwei'?"
    ),
    ("{z: {unit: s}}", "axes.z: expected one of: x, y, color"),
    ("{y: {units: s}}", "axes.y.units: unknown key; did you mean 'unit'?"),
    ("{y: {range: [1, 2]}}", "axes.y.range: expected numbers with a unit, such as '10 wei'"),
    ("{y: {range: [2 gwei, 1 gwei]}}", "axes.y.range: expected the lowest value first"),
    (
      "{y: {range: [0 gwei, 1 gwei]}}",
      "axes.y.range: expected positive values on a logarithmic axis"
    ),
    ("{color: {unit: s}}", "axes.color.unit: 's' is no unit of the axis; this axis has no unit"),
  ])
  func ofAnAxis(axes: String, problem: String) {
    #expect(Self.problems("\(Self.line) \(axes)}") == ["figures.\(problem)"])
  }

  @Test(arguments: ["size: [20, 300]", "size: 300", "formats: [gif]", "formats: []"])
  func ofTheWhole(key: String) {
    let found = Self.problems(Self.line.replacing("axes:", with: key) + "}")
    #expect(found.count == 1 && found[0].hasPrefix("figures."), "\(found)")
  }
}
