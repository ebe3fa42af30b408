import Randomness

/// How the replications of a point depend on each other.
///
/// Replications that follow each other form groups of one size. Within a group they depend on each
/// other so that its mean varies less; groups are independent, and intervals are over their means.
public enum Coupling: Hashable, Sendable {
  /// Not at all: a group is one replication.
  case independent
  /// Replications 2k and 2k + 1 share their streams, the second one mirrored (Hammersley and Morton
  /// 1956, "A new Monte Carlo technique: antithetic variates").
  case antithetic
  /// Unknown figures are drawn at points of a low-discrepancy sequence, a group at all of its points
  /// under a random shift of its own (Cranley and Patterson 1976, "Randomization of number theoretic
  /// methods for multiple integration"). Everything else is independent.
  case sampled(Sampling)

  /// Replications of a group.
  public var groupSize: Int {
    switch self {
    case .independent: 1
    case .antithetic: 2
    case .sampled(let sampling): sampling.pointCount(factors: 1)
    }
  }

  /// What groups are called, as a sentence begins.
  package var groups: String {
    switch self {
    case .independent: "Replications"
    case .antithetic: "Antithetic pairs"
    case .sampled: "Shifted sets of points"
    }
  }

  /// What intervals are over.
  package var unitsOfIntervals: String {
    self == .independent ? "replications" : "the means of \(groups.lowercased())"
  }

  /// It in a few words, for manifests and keys.
  package var text: String {
    switch self {
    case .independent: "independent"
    case .antithetic: "antithetic"
    case .sampled(let sampling): "\(sampling.name) \(groupSize)"
    }
  }

  /// The number by which a replication's streams are keyed.
  package func streams(ofReplication replication: Int) -> UInt64 {
    switch self {
    case .independent, .sampled: UInt64(replication)
    case .antithetic where replication % 2 == 0: UInt64(replication)
    case .antithetic: RandomStream.mirror(of: UInt64(replication - 1))
    }
  }

  /// The points that a group is drawn at, before they are shifted; none if nothing is sampled.
  package func places(dimensions: Int) -> [[Double]] {
    guard case .sampled(let sampling) = self, dimensions > 0 else { return [] }
    return sampling.rows(factors: dimensions, seed: 0)
  }
}
