import Catalogue
import Declarations
import Worlds

extension ExperimentSpec {
  /// Changes parameters as the command line asks, each setting as `path=value`.
  ///
  /// - Throws: `InvalidInput` for a setting that is none, or that a factor would overwrite.
  public mutating func apply(settings all: [String]) throws(InvalidInput) {
    let settings = try takeReplication(from: all)
    try request.apply(settings: settings)
    var problems: [Problem] = []
    for setting in settings {
      let location = Location(file: "--set \(setting)")
      var alone = request.withoutSettings(source: location)
      try alone.apply(settings: [setting])
      let varied = alone.paths.filter { path in
        factors.contains { WorldShape.path($0.path, undoes: path) }
      }
      problems += varied.map {
        Problem(location, path: $0, "the experiment varies this; change its factors instead")
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}

extension ScenarioRequest {
  /// Changes parameters as the command line asks, each setting as `path=value`, over what files say.
  ///
  /// - Throws: `InvalidInput` for a setting that is none, or sets what another one sets.
  public mutating func apply(settings: [String]) throws(InvalidInput) {
    var problems: [Problem] = []
    var mentions = Mentions()
    for setting in settings {
      let file = "--set \(setting)"
      guard let equals = setting.firstIndex(of: "=") else {
        problems.append(Problem(Location(file: file), "expected path=value"))
        continue
      }
      let path = String(setting[..<equals])
      do throws(InvalidInput) {
        let value = String(setting[setting.index(after: equals)...])
        set(try .parse(value, file: file, path: path), &mentions, &problems)
      } catch {
        problems.append(Problem(Location(file: file), "the value is not valid YAML"))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }

  /// The paths that it sets.
  fileprivate var paths: [String] {
    let names = zip(shape.systemPaths, systems).filter { $0.1 != nil }.map(\.0)
    let others = [("settlement.chain", chain != nil), (Self.warmUp, automaticWarmUp != nil)]
    return names + others.filter(\.1).map(\.0)
      + settings.map { shape.parameters[$0.parameter].path }
  }
}
