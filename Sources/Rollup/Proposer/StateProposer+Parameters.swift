import Declarations
import EventKernel

extension StateProposer.Policy {
  /// What a scenario can say about the proposer.
  public static let parameters: [PartParameter<StateProposer.Policy>] = [
    .duration("interval", \.interval, "Time between claims about the state."),
    .word("covers", \.coverage, "Which batches a claim covers."),
    .whole("gas", .gas, \.claimGas, "Settlement gas of a claim.", affects: .money),
  ]

  /// States what holds of any proposer.
  public func check(_ expect: inout Expectations) {
    expect(interval >= .shortestCycle, "interval", "expected at least 1 ms")
  }
}
