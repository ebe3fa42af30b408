import Declarations
import EventKernel

extension FeePolicy {
  /// What a scenario can say about fees.
  public static let parameters: [PartParameter<FeePolicy>] =
    [
      .word("rule", \.rule, "How the price of layer 2 gas moves.", affects: [.fee, .throughput]),
      .whole(
        "l2_gas_price", .weiPerGas, \.gasPrice,
        "Price of layer 2 gas, or the least where it moves.", affects: [.fee]),
    ]
    + [
      .duration(
        "backlog_tolerance", \.tolerance,
        "Backlog of layer 2 gas that leaves the price alone, as time at each gas target.",
        affects: [.fee])
    ].used { $0.rule == .arbos }
    + (1...GasTargets.capacity).flatMap { number in
      GasTarget.parameters(of: number)
        .lifted(under: "gas_targets.\(number)", to: \FeePolicy.targets[number])
        .used { $0.rule == .arbos }
    }

  /// Windows and tolerances that a policy may have: time of blocks is counted in seconds.
  private static let times = SimDuration.zero...SimDuration.days(365)

  /// States what holds of any fees.
  public func check(_ expect: inout Expectations) {
    guard rule == .arbos else { return }
    expect(
      (1...1_000_000_000_000_000).contains(gasPrice), ["l2_gas_price", "rule"],
      "expected from 1 wei to 1e15 wei")
    expect(
      !targets.effective.isEmpty, ["gas_targets.1.target", "gas_targets", "rule"],
      "expected at least one gas target")
    expect(
      Self.times.contains(tolerance) && tolerance.isWholeSeconds, "backlog_tolerance",
      "expected whole seconds, at most 365 d")
    for number in 1...GasTargets.capacity where targets[number].gasPerSecond > 0 {
      let path = "gas_targets.\(number)"
      expect(
        targets[number].gasPerSecond <= 1_000_000_000_000, "\(path).target",
        "expected at most 1e12 gas/s")
      let window = targets[number].window
      expect(
        Self.times.contains(window) && window >= .seconds(1) && window.isWholeSeconds,
        "\(path).window", "expected whole seconds, from 1 s to 365 d")
    }
  }
}

extension GasTarget {
  fileprivate static func parameters(of number: Int) -> [PartParameter<GasTarget>] {
    [
      .whole(
        "target", .gasPerSecond, \.gasPerSecond,
        "Layer 2 gas that can last by gas target \(number); 0 for no such target.",
        affects: [.fee, .throughput]),
      .duration(
        "window", \.window,
        "Time of such gas whose backlog multiplies the price by about e.", affects: [.fee]
      ).titled("Window of gas target \(number)").used { $0.gasPerSecond > 0 },
    ]
  }
}

extension SimDuration {
  fileprivate var isWholeSeconds: Bool { self == .seconds(wholeSeconds) }
}
