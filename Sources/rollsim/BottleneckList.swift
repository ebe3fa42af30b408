import Results

/// The tightest part of each rollup of a run, and how tight the others are.
struct BottleneckList {
  private static let measures = "throughput_utilisation_"

  /// A rollup by the cells that name it, and the mean of each of its utilisations.
  private struct Rollup {
    let name: String
    var parts: [(part: String, share: Double)]
  }

  private var rollups: [Rollup] = []

  /// - Parameter subjects: the columns that name a rollup, if there are several.
  init(_ points: Table, subjects: [String]) {
    let columns = points.columns.map(\.name)
    for row in points.rows {
      let cells = Dictionary(uniqueKeysWithValues: zip(columns, row))
      guard let measure = cells["measure"]?.text, measure.hasPrefix(Self.measures),
        let share = cells["mean"]?.number
      else { continue }
      let name = subjects.compactMap { cells[$0]?.text }.joined(separator: " ")
      if rollups.last?.name != name { rollups.append(Rollup(name: name, parts: [])) }
      let part = String(measure.dropFirst(Self.measures.count))
      rollups[rollups.count - 1].parts.append((part, share))
    }
  }

  /// A line for each rollup; empty if no utilisation is shown.
  var text: String { rollups.map(Self.line).joined(separator: "\n") }

  private static func line(_ rollup: Rollup) -> String {
    let parts = rollup.parts.sorted { $0.share > $1.share }.map {
      "\($0.part) \((100 * $0.share).rounded(to: 3)) %"
    }
    return "bottleneck\(rollup.name.isEmpty ? "" : " of \(rollup.name)"), as load over what can be "
      + "sustained: \(parts.joined(separator: ", "))"
  }
}
