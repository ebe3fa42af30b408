import Declarations
import EventKernel

extension FeePolicy {
  /// What a scenario can say about fees.
  public static let parameters: [PartParameter<FeePolicy>] =
    prices + backlogs.used { $0.rule == .arbos } + blocks.used { $0.rule.followsBlocks } + [
      patience
    ]

  private static let prices: [PartParameter<FeePolicy>] = [
    .word("rule", \.rule, "How the price of layer 2 gas moves.", affects: [.fee, .throughput]),
    .whole(
      "l2_gas_price", .weiPerGas, \.gasPrice,
      "Price of layer 2 gas, or the least where it moves.", affects: [.fee]),
  ]

  private static let tolerance: PartParameter<FeePolicy> = .duration(
    "backlog_tolerance", \.tolerance,
    "Backlog of layer 2 gas that leaves the price alone, as time at each gas target.",
    affects: [.fee])

  private static let backlogs: [PartParameter<FeePolicy>] =
    [tolerance]
    + (1...GasTargets.capacity).flatMap { number in
      GasTarget.parameters(of: number)
        .lifted(under: "gas_targets.\(number)", to: \FeePolicy.targets[number])
    }

  private static let blocks: [PartParameter<FeePolicy>] = [
    .whole(
      "block_target", .gas, \.blockTarget,
      "Layer 2 gas of a block at which the price stays what it is: on the OP Stack the gas limit over the elasticity.",
      affects: [.fee, .throughput]),
    .whole(
      "denominator", .count, \.denominator,
      "One over the relative step of the price after a block without gas.", affects: [.fee]),
  ]

  private static let patience: PartParameter<FeePolicy> = .duration(
    "patience", \.patience,
    "Time that a transaction waits for gas that costs no more than it offers; then its user gives up.",
    affects: [.fee, .throughput, .finality])

  /// Windows and tolerances that a policy may have: time of blocks is counted in seconds.
  private static let times = SimDuration.zero...SimDuration.days(365)

  /// States what holds of any fees.
  public func check(_ expect: inout Expectations) {
    expect(Self.times.contains(patience), "patience", "expected at most 365 d")
    if rule.followsBlocks {
      expect(blockTarget > 0, ["block_target", "rule"], "expected a positive gas target")
      expect(denominator > 0, ["denominator", "rule"], "expected at least 1")
      expect(gasPrice > 0, ["l2_gas_price", "rule"], "expected a least price of 1 wei or more")
    }
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
