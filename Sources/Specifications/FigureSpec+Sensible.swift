import Designs
import Worlds

// What is drawn where a specification names no figures.

extension FigureSpec {
  /// The most figures that are drawn unasked.
  private static let sensibleLimit = 4

  /// Figures that suit an experiment: the ladder of finality, a tornado or lines or bars for the first
  /// measure of each group, and differences from a baseline; none of a list or a sample of points.
  static func sensible(for spec: ExperimentSpec) -> [FigureSpec] {
    let factors = spec.factors.filter { $0.levels.count > 1 }
    guard !factors.isEmpty, [.grid, .zip, .oneAtATime].contains(spec.design) else { return [] }
    var figures = spec.design == .oneAtATime ? [] : ladder(factors, spec)
    figures += representatives(of: spec).compactMap { measure -> FigureSpec? in
      spec.design == .oneAtATime ? tornado(measure) : over(factors, measure, spec)
    }
    if spec.baseline != nil, let measure = representatives(of: spec).first {
      var figure = FigureSpec(kind: .differences)
      figure.measures = [measure]
      figures.insert(figure.placing(factors, ["y", "color", "row"], spec), at: 0)
    }
    // What cannot be drawn of this experiment is left out: nobody has asked for it.
    return Array(figures.filter { $0.check(spec).isEmpty }.prefix(sensibleLimit))
  }

  /// A figure of a kind without further keys.
  private init(kind: Kind) { self.kind = kind }

  /// The median of each stage, a rung for each level of a factor with names.
  private static func ladder(_ factors: [Factor], _ spec: ExperimentSpec) -> [FigureSpec] {
    var figure = FigureSpec(kind: .ladder)
    figure.measures = ["finality_*_s_p50"]
    guard figure.shown(of: spec).count > 2 else { return [] }
    let names = factors.filter { !$0.isNumeric }
    return [figure.placing(names + factors.filter(\.isNumeric), ["y", "row"], spec)]
  }

  private static func tornado(_ measure: String) -> FigureSpec {
    var figure = FigureSpec(kind: .tornado)
    figure.x = measure
    return figure
  }

  /// A measure over the numbers with the most levels as lines, or over names as bars.
  private static func over(
    _ factors: [Factor], _ measure: String, _ spec: ExperimentSpec
  ) -> FigureSpec {
    let numbers = factors.filter(\.isNumeric)
    guard let most = numbers.map(\.levels.count).max(),
      let x = numbers.first(where: { $0.levels.count == most })
    else {
      var figure = FigureSpec(kind: .bar)
      figure.measures = [measure]
      return figure.placing(factors, ["y", "row"], spec)
    }
    var figure = FigureSpec(kind: .line)
    figure.y = measure
    let values = x.levels.compactMap(\.number)
    if let low = values.min(), let high = values.max(), low > 0, high >= 30 * low {
      figure.logarithmic = "x"
    }
    let others = factors.filter { $0.path != x.path }
    let names = others.filter { !$0.isNumeric } + others.filter(\.isNumeric)
    return figure.placing([x] + names, ["x", "color", "row"], spec)
  }

  /// The same figure with factors in channels, one after the other.
  ///
  /// Of factors that are left the first level is shown. Rollups that have names come first beside the axis.
  private func placing(
    _ factors: [Factor], _ channels: [String], _ spec: ExperimentSpec
  ) -> FigureSpec {
    var figure = self
    var paths = factors.map(\.path)
    if spec.measureTable.shape.isNamed { paths.insert(Self.subjectAxis, at: min(1, paths.count)) }
    for (channel, path) in zip(channels, paths) {
      switch channel {
      case "x": figure.x = path
      case "y": figure.y = path
      case "color": figure.color = path
      default: figure.row = path
      }
    }
    guard spec.design != .zip else { return figure }
    figure.filter = paths.dropFirst(channels.count).compactMap { path in
      factors.first { $0.path == path }.map { Filter(path: path, cell: $0.levels[0].cell) }
    }
    return figure
  }

  /// A measure for each group that is reported: the widest sum if it has any, or else its first.
  private static func representatives(of spec: ExperimentSpec) -> [String] {
    var (groups, entries): ([Substring], [MeasureTable.Entry]) = ([], [])
    for measure in spec.measures {
      let entry = spec.measureTable[measure]
      let group = entry.name.prefix { $0 != "_" }
      if let place = groups.firstIndex(of: group) {
        if entry.portions.count > entries[place].portions.count { entries[place] = entry }
      } else {
        groups.append(group)
        entries.append(entry)
      }
    }
    return entries.map(\.name)
  }
}
