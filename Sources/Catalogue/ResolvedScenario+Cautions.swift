import Worlds

extension ResolvedScenario {
  /// What is probably not meant, each where the user can change it.
  public func cautions(_ request: ScenarioRequest) -> [Problem] {
    scenario.cautions.map { caution in
      let setting = caution.paths.lazy.compactMap { path in
        request.settings.last { Parameter.all[$0.parameter].path.hasPrefix(path) }
      }.first
      let location = setting?.location ?? request.system?.location ?? request.source
      let path = setting.map { Parameter.all[$0.parameter].path } ?? caution.paths[0]
      return Problem(location, path: path, caution.message)
    }
  }
}
