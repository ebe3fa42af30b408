import EventKernel
import Rollup
import Settlement

// What anybody sees of the claims of a rollup who watches its host.

/// How far a claim about the state has come.
public enum ClaimStage: Hashable, Sendable {
  /// It is not made yet.
  case notMade
  /// It is made, and in no block of the host.
  case waiting
  /// A block of the host holds it, and its delay has not passed.
  case included(BlockPlace)
  /// It has taken effect.
  case effective
}

extension World {
  /// How far a claim has come: the first one of a rollup is number 0.
  ///
  /// - Parameter rollup: its place among the rollups of the scenario.
  public func stage(ofClaim claim: Int, of rollup: Int) -> ClaimStage {
    let known = journeys[rollup].claims.indices
    guard known.contains(claim) else { return claim < known.lowerBound ? .effective : .notMade }
    let progress = journeys[rollup].claims[claim]
    if progress.maturedAt != nil { return .effective }
    return progress.includedIn.map { .included($0) } ?? .waiting
  }
}
