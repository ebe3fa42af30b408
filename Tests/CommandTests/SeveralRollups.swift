import Foundation
import Testing

extension Place {
  /// A scenario of two rollups, of which one has its proofs made by a service.
  static let severalScenario = """
    warmup: 1 min
    horizon: 3 min
    rollups:
      zed: {sequence: sequence_verify, workload.arrivals.poisson.rate: 1 /s, prover: sharp}
      alpha: {workload.arrivals.poisson.rate: 2 /s, bridge.challenge_window: 10 min}
    services: {sharp: {provers: 8}}

    """

  private static let severalParts =
    "experiment: several\nscenario:\n"
    + severalScenario.split(separator: "\n").map { "  \($0)\n" }.joined()
      + """
      derived:
        per_byte: {value: cost_data_wei_per_tx / bytes_posted_per_tx, unit: wei/B}
        price_of_zed: {value: rollups.zed.cost_total_wei_per_tx / rollups.alpha.cost_total_wei_per_tx, unit: 1}
      replications: 3

      """

  /// An experiment of four points and three replications on it.
  static let severalExperiment =
    severalParts + """
      factors:
        rollups.alpha.poster.max_age: [30 s, 1 min]
        services.sharp.provers: [1, 4]
      controls: [rollups.alpha.throughput_offered_tx_per_s]
      measures: [finality_posted_s_*, cost_data_*, bytes_posted_per_tx, prover_utilisation, per_byte, price_of_zed, throughput_offered_*]
      figures:
        - {name: one, x: rollups.alpha.poster.max_age, y: per_byte, color: services.sharp.provers, where: {rollup: alpha}}
        - {kind: ladder, name: stages, y: rollups.alpha.poster.max_age, measures: finality_*_s_p50, row: services.sharp.provers, where: {rollup: zed}}
        - {kind: line, name: both, x: rollups.alpha.poster.max_age, y: per_byte, color: rollup, row: services.sharp.provers}

      """

  /// A search on it.
  static let severalSearch =
    severalParts.replacing("replications: 3", with: "replications: 2") + """
      design: {sobol: {points: 4}}
      factors:
        rollups.zed.poster.max_age: {log: [30 s, 2 min]}
        services.sharp.provers: {linear: [1, 4]}
      optimise:
        minimise: price_of_zed
        subject_to: [{measure: services.sharp.prover_utilisation, at_most: 0.9}]
        starts: 1
        evaluations: 10

      """

  /// A folder with these three: `two.yaml`, `several.yaml` and `search.yaml`.
  static func ofSeveral() throws -> Place {
    let place = try Place()
    try place.write("two.yaml", severalScenario)
    try place.write("several.yaml", severalExperiment)
    try place.write("search.yaml", severalSearch)
    return place
  }

  /// What the program prints, which has to succeed.
  func succeed(_ arguments: String...) throws -> String {
    let output = try rollsim(arguments)
    #expect(output.status == 0, "\(output.err)")
    return output.out
  }

  /// The text of a file.
  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }
}
