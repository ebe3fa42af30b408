import Catalogue

extension ExperimentSpec {
  /// Changes parameters as the command line asks, each setting as `path=value`.
  ///
  /// - Throws: `InvalidInput` for a setting that is none, or that a factor would overwrite.
  public mutating func apply(settings all: [String]) throws(InvalidInput) {
    let settings = try takeReplication(from: all)
    try request.apply(settings: settings)
    let problems = settings.compactMap { setting -> Problem? in
      let path = setting.prefix { $0 != "=" }
      guard factors.contains(where: { $0.path == path }) else { return nil }
      let message = "the experiment varies this; change its factors instead"
      return Problem(Location(file: "--set \(setting)"), path: String(path), message)
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}

extension ScenarioRequest {
  /// Changes parameters as the command line asks, each setting as `path=value`, in order.
  ///
  /// - Throws: `InvalidInput` for a setting that is none.
  public mutating func apply(settings: [String]) throws(InvalidInput) {
    var problems: [Problem] = []
    for setting in settings {
      let file = "--set \(setting)"
      guard let equals = setting.firstIndex(of: "=") else {
        problems.append(Problem(Location(file: file), "expected path=value"))
        continue
      }
      let path = String(setting[..<equals])
      do throws(InvalidInput) {
        let value = String(setting[setting.index(after: equals)...])
        set(try .parse(value, file: file, path: path), &problems)
      } catch {
        problems.append(Problem(Location(file: file), "the value is not valid YAML"))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}
