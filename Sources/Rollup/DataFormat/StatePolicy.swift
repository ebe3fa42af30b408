import Declarations
import Randomness

extension Workload {
  /// What a scenario says about the state that transactions write to.
  ///
  /// Each write goes to a slot of its own choice: with a share of the writes to a new one, else to one of the
  /// slots that are there, by a Zipf law.
  public struct StatePolicy: Hashable, Sendable {
    /// Storage slots that are there.
    public var slots: UInt64 = 1_000_000
    /// How much writes prefer few slots: the exponent of their Zipf law; 0 for not at all.
    public var zipfExponent = 1.0
    /// The share of writes that go to a slot which nobody wrote before.
    public var newShare = 0.0

    /// The base case.
    public init() {}

    /// Which of the slots that are there a write goes to.
    public var law: ZipfLaw { ZipfLaw(count: slots, exponent: zipfExponent) }

    /// Different slots that so many writes go to on average.
    public func expectedDistinct(writes: Double) -> Double {
      newShare * writes + law.expectedDistinct(draws: (1 - newShare) * writes)
    }
  }
}

extension Workload.StatePolicy {
  static let parameters: [PartParameter<Workload.StatePolicy>] = [
    .whole("slots", .count, \.slots, "Storage slots that transactions write to.").titled(
      "Storage slots"),
    .number(
      "zipf_exponent", .number, \.zipfExponent,
      "Exponent of the Zipf law by which writes choose a slot; 0 for all alike."
    ).titled("Zipf exponent of writes"),
    .number(
      "new_share", .share, \.newShare, "Share of writes that go to a slot nobody wrote before."
    ).titled("Share of writes to new slots"),
  ]

  func check(_ expect: inout Expectations) {
    expect((1...1_000_000_000_000).contains(slots), "slots", "expected from 1 to 1e12 slots")
    expect((0...10).contains(zipfExponent), "zipf_exponent", "expected an exponent from 0 to 10")
    expect((0...1).contains(newShare), "new_share", "expected a share from 0 to 1")
  }
}
