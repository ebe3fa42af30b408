import Designs
import Results
import Specifications
import Statistics

extension ExperimentSpec {
  /// Empty tallies of its measures over replications, or over the means of groups of them.
  var noTallies: [GroupedTally] {
    [GroupedTally](
      repeating: GroupedTally(ofGroupsOf: coupling.groupSize), count: measures.count)
  }
}

extension [Table.Cell] {
  /// The limits of Student's interval of a mean; empty ones where there is no interval.
  package static func limits(of tally: Tally, confidence: Double) -> [Table.Cell] {
    let interval = ConfidenceInterval(meanOf: tally, confidence: confidence)
    return [.init(interval?.low), .init(interval?.high)]
  }

  /// A mean, its limits and their confidence.
  ///
  /// - Parameter confidence: where a rule stopped the replications, of all its looks together.
  package static func estimate(
    _ tally: Tally, confidence: Double, _ spec: ExperimentSpec
  ) -> [Table.Cell] {
    [.number(tally.mean)] + limits(of: tally, confidence: spec.confidencePerLook(confidence)) + [
      .number(confidence)
    ]
  }
}
