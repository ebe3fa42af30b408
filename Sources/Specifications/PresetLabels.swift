import Catalogue
import Results

/// Presets in files are called by their own names in results, not by the paths of their files.
extension ExperimentSpec {
  /// The specification with the names that presets have.
  func labelled(by catalogue: Catalogue) -> ExperimentSpec {
    func named(_ name: ScenarioRequest.Name) -> ScenarioRequest.Name {
      var name = name
      name.label = catalogue.label(of: name.text)
      return name
    }
    func named(_ filter: FigureSpec.Filter) -> FigureSpec.Filter {
      guard (request.shape.systemPaths + ["settlement.chain"]).contains(filter.path) else {
        return filter
      }
      return .init(path: filter.path, cell: .string(catalogue.label(of: filter.cell.text)))
    }
    var spec = self
    spec.factors = factors.map { factor in
      guard case .levels(let levels) = factor.source else { return factor }
      let labelled = levels.map { level -> Factor.Level in
        switch level {
        case .system(let rollup, let name): .system(rollup, named(name))
        case .chain(let name): .chain(named(name))
        case .setting: level
        }
      }
      return Factor(path: factor.path, column: factor.column, source: .levels(labelled))
    }
    for index in figures.indices { spec.figures[index].filter = figures[index].filter.map(named) }
    spec.baseline = baseline.map { Baseline(values: $0.values.map(named)) }
    return spec
  }

  /// Two files whose presets have one name could not be told apart in results.
  var labelProblems: [Problem] {
    factors.flatMap { factor -> [Problem] in
      var files: [String: String] = [:]
      return factor.levels.compactMap { level in
        let name: ScenarioRequest.Name
        switch level {
        case .system(_, let system): name = system
        case .chain(let chain): name = chain
        case .setting: return nil
        }
        guard let other = files.updateValue(name.text, forKey: name.label), other != name.text
        else {
          return nil
        }
        let message = "'\(name.text)' and '\(other)' are both called '\(name.label)'"
        return Problem(name.location, path: factor.path, message)
      }
    }
  }
}
