import Declarations

extension SharedProofs.Policy {
  /// What a scenario can say about proofs that rollups share.
  static let parameters: [PartParameter<SharedProofs.Policy>] = [
    .whole(
      "claims", .count, \.claims,
      "Claims of rollups that share a proof on the settlement chain; 0 for none."
    ).titled("Claims that share a proof"),
    .duration(
      "max_wait", \.maxWait, "Time after which it is made although fewer wait."
    ).titled("Longest wait for a shared proof").used(when: \.isUsed),
    .distribution(
      "time", .duration, \.time, "Time to make one proof of those of the claims."
    ).titled("Time to make a shared proof").used(when: \.isUsed),
    .whole(
      "gas", .gas, \.gas, "Settlement gas to verify it.", affects: .money
    ).titled("Gas to verify a shared proof").used(when: \.isUsed),
    .whole(
      "tip", .weiPerGas, \.tip, "Tip that the service bids for it per settlement gas."
    ).titled("Tip for a shared proof").used(when: \.isUsed),
    .whole(
      "fee_cap", .weiPerGas, \.feeCap,
      "Most that the service pays for it per settlement gas, base fee and tip together."
    ).titled("Fee cap of a shared proof").used(when: \.isUsed),
  ]

  /// Whether rollups share proofs at all.
  public var isUsed: Bool { claims > 0 }

  func check(_ expect: inout Expectations) {
    expect((0...1_000_000).contains(claims), "claims", "expected at most 1,000,000 claims")
  }
}
