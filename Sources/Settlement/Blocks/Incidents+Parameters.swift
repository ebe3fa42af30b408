import Declarations
import EventKernel

// What goes wrong on a settlement chain, and what its proposers leave out.

extension Reorgs.Policy {
  static let parameters: [PartParameter<Reorgs.Policy>] = [
    .number(
      "probability", .share, \.probability,
      "Probability that a block is built on an earlier block than the last."
    ).titled("Probability of a re-org at a block"),
    .number(
      "depth", .number, \.meanDepth,
      "Mean number of blocks that such a block drops; geometrically distributed."
    ).titled("Mean depth of a re-org").used { $0.probability > 0 },
    .whole(
      "max_depth", .count, \.maxDepth,
      "Most blocks that a re-org drops; final blocks never are."
    ).used { $0.probability > 0 },
  ]
}

extension Censorship.Policy {
  static let parameters: [PartParameter<Censorship.Policy>] = [
    .number(
      "share", .share, \.share,
      "Share of the blocks whose proposer leaves transactions out."),
    .word("target", \.target, "What such a proposer leaves out.").titled(
      "What a censoring proposer leaves out"
    ).used { $0.share > 0 },
  ]
}

extension IncidentProcess.Policy {
  /// - Parameter times: the times in which the incident holds.
  static func parameters(
    of times: String, affects: Set<MeasureGroup> = .everything
  ) -> [PartParameter<IncidentProcess.Policy>] {
    [
      .duration(
        "interval", \.interval, "Mean time between \(times); 0 s for none.", affects: affects),
      .duration("duration", \.duration, "Mean length of \(times); 0 s for none.", affects: affects)
        .used { $0.interval > .zero },
    ]
  }
}

extension IncidentProcess.Policy {
  /// States what holds of such a process whose keys begin with `prefix`.
  func check(_ prefix: String, _ expect: inout Expectations) {
    for (key, time) in [("interval", interval), ("duration", duration)] {
      expect(
        time == .zero || (.seconds(1)...SettlementPolicy.longestTime).contains(time),
        "\(prefix)\(key)", "expected 0 s, or from 1 s to 3650 d")
    }
  }
}
