import Catalogue
import Specifications
import Worlds

/// Says on standard error what is allowed and probably not meant; results do not change by it.
enum Cautions {
  /// Of one scenario.
  static func say(of resolved: ResolvedScenario, _ request: ScenarioRequest) {
    for problem in resolved.cautions(request) { StandardError.say("warning: \(problem)") }
  }

  /// Of an experiment: that replications of some point take long.
  static func say(of experiment: Experiment) {
    guard let caution = experiment.longRun else { return }
    StandardError.say("warning: \(experiment.spec.problem("scenario", caution.message))")
  }
}
