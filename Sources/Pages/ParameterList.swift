import Catalogue
import Specifications
import Worlds

/// Every parameter that a run of an experiment reads, with its value and where that comes from.
struct ParameterList {
  /// A value, and the systems that have it.
  struct Entry {
    let path: String
    /// Its place among the parameters of the shape.
    let index: Int
    let value: String
    let flag: Evidence
    let date: String
    let source: String
    let note: String
    /// The presets that it holds for; empty for all.
    var systems: String
  }

  /// In the order of the parameters.
  private(set) var entries: [Entry] = []
  private let factorCount: Int

  /// - Parameter experiment: of whose points the first of each choice of presets stands for the others,
  ///   which differ in what factors say.
  init(of experiment: Experiment) {
    let varied = Set(experiment.spec.factors.map(\.path))
    factorCount = varied.count
    let groups = Self.groups(of: experiment)
    var places: [String: [Int]] = [:]
    for (name, resolved) in groups {
      for (index, parameter) in resolved.shape.parameters.enumerated()
      where resolved.isUsed(at: index) {
        let entry = Entry(
          parameter.path, index, of: resolved, isVaried: varied.contains(parameter.path))
        let known = places[parameter.path, default: []].first { entries[$0].isSame(as: entry) }
        if let known {
          entries[known].systems += ", \(name)"
        } else {
          places[parameter.path, default: []].append(entries.count)
          entries.append(entry.with(systems: name))
        }
      }
    }
    let all = groups.map(\.name).joined(separator: ", ")
    for place in entries.indices where entries[place].systems == all {
      entries[place].systems = ""
    }
    // Stable: of one parameter in the order of the systems.
    entries = entries.enumerated().sorted { ($0.1.index, $0.0) < ($1.1.index, $1.0) }.map(\.1)
  }

  /// One point of each choice of presets, with what tells it from the others.
  private static func groups(
    of experiment: Experiment
  ) -> [(name: String, resolved: ResolvedScenario)] {
    var names: Set<String> = []
    return experiment.spreadPoints(1000).compactMap { point in
      let resolved = point.resolved
      let systems = resolved.systems.filter { !$0.isEmpty }.joined(separator: " + ")
      let name = [systems, resolved.chain.isEmpty ? "" : "on \(resolved.chain)"]
        .filter { !$0.isEmpty }.joined(separator: " ")
      let title = name.isEmpty ? "base case" : name
      return names.insert(title).inserted ? (title, resolved) : nil
    }
  }

  /// How well the values are known, in words.
  var summary: String {
    let counts = Evidence.allCases.map { flag in
      (flag, entries.count { $0.flag == flag })
    }.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
    return "Values of parameters by how well they are known: "
      + "\(counts.joined(separator: ", ")); \(factorCount) vary. "
      + "Assumed ones are those of the base case, chosen because no figure applies."
  }

  /// The list as a table that can be searched.
  var html: String {
    let rows = entries.map { entry in
      [
        Markup.code(entry.path), Markup.text(entry.value),
        "<span class=\"flag \(entry.flag.rawValue)\">\(entry.flag.rawValue)</span>",
        Markup.text(entry.date), Markup.text(entry.source), Markup.text(entry.systems),
        Markup.text(entry.note),
      ]
    }
    return """
      <p>Codes of sources are those of the page <em>Calibration</em> of the handbook. A value without
      a system holds for all.</p>
      <p><label>Search <input id="search" type="search" placeholder="poster, unknown, NITRO …"></label>
      <span id="found" class="note"></span></p>

      """
        + Markup.table(
          "parameters", ["parameter", "value", "flag", "date", "source", "of", "note"], rows)
  }
}

extension ParameterList.Entry {
  fileprivate init(
    _ path: String, _ index: Int, of resolved: ResolvedScenario, isVaried: Bool
  ) {
    let provenance = resolved.provenance(at: index)
    self.path = path
    self.index = index
    value = isVaried ? "varies, see Design" : resolved.valueText(index)
    flag = provenance.flag
    date = provenance.date
    source = provenance.source
    let isBaseCase = provenance.origin == "base case"
    note = isBaseCase ? "base case" : provenance.note
    systems = ""
  }

  fileprivate func isSame(as other: Self) -> Bool {
    (value, flag, date, source, note) == (
      other.value, other.flag, other.date, other.source, other.note
    )
  }

  fileprivate func with(systems: String) -> Self {
    var entry = self
    entry.systems = systems
    return entry
  }
}
