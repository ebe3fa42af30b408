import Declarations
import Specifications
import Statistics
import Worlds

extension StoppingRule {
  /// How far a point has come.
  enum Progress: Equatable {
    /// It lacks some of the first `count` replications.
    case lacksSome(ofFirst: Int)
    /// It has enough: so many.
    case isFinished(count: Int, isMet: Bool)
  }

  /// How far a point has come.
  ///
  /// - Parameter outcome: of a replication; nil if there is none yet.
  func progress(_ outcome: (Int) throws -> RunOutcome?) rethrows -> Progress {
    var tallies = [Tally](repeating: Tally(), count: goals.count)
    var seen = 0
    for look in looks {
      for replication in seen..<look {
        guard let outcome = try outcome(replication) else { return .lacksSome(ofFirst: look) }
        guard case .success(let result) = outcome.result else { continue }
        for (index, goal) in goals.enumerated() {
          if let value = result.measures[goal.measure] { tallies[index].record(value) }
        }
      }
      seen = look
      if zip(goals, tallies).allSatisfy(isMet) { return .isFinished(count: look, isMet: true) }
    }
    return .isFinished(count: seen, isMet: false)
  }

  private func isMet(_ goal: Goal, _ tally: Tally) -> Bool {
    let confidence = confidencePerLook(goal.confidence)
    // Equal values tell nothing of the spread: a rare event has not come yet.
    guard let deviation = tally.standardDeviation, deviation > 0,
      let interval = ConfidenceInterval(meanOf: tally, confidence: confidence)
    else { return false }
    let limit = goal.isRelative ? goal.halfWidth * abs(tally.mean) : goal.halfWidth
    return (interval.high - interval.low) / 2 <= limit
  }
}
