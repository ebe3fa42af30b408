import Worlds

extension ResolvedScenario {
  /// What is probably not meant, each where the user can change it.
  public func cautions(_ request: ScenarioRequest) -> [Problem] {
    scenario.cautions.map { request.problem(with: $0.paths, $0.message) }
  }
}
