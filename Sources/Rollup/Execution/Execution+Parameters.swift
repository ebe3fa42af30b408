import Declarations
import EventKernel

extension Execution.Policy {
  /// What a scenario can say about execution.
  public static let parameters: [PartParameter<Execution.Policy>] =
    [
      .word(
        "mode", \.mode,
        "Whether executing transactions takes time, and which of a block run side by side."
      ).titled("Execution"),
      PartParameter<Execution.Policy>.whole(
        "lanes", .count, \.lanes, "Transactions that run side by side, at most: threads or cores."
      ).titled("Lanes of execution").used { $0.mode == .optimistic || $0.mode == .declared },
      PartParameter<Execution.Policy>.number(
        "validation_share", .share, \.validationShare,
        "What checking once what a transaction has read takes, as a share of its execution."
      ).titled("Time of a validation").used { $0.mode == .optimistic },
      PartParameter<Execution.Policy>.number(
        "serial_share", .share, \.serialShare,
        "Share of the time of a transaction that runs on one lane when its block is executed, as the state root."
      ).titled("Serial share of execution").used { $0.mode == .optimistic || $0.mode == .declared },
      PartParameter<Execution.Policy>.number(
        "interference", .share, \.interference,
        "By how much each lane beside it slows down a lane that executes: caches, memory."
      ).titled("Interference of lanes").used { $0.mode == .optimistic || $0.mode == .declared },
    ]
    + ([
      .whole(
        "lane_speed", .gasPerSecond, \.laneSpeed, "Layer 2 gas that one lane executes per second."
      ).titled("Speed of a lane"),
      .duration("overhead", \.overhead, "What a transaction takes beside its gas.")
        .titled("Execution time beside gas"),
      .number(
        "budget", .share, \.budget,
        "Share of the time between blocks in which one is executed; blocks that are sealed when full have "
          + "sequencer.shortest_interval."
      ).titled("Share of time for execution"),
    ] + AccessPolicy.parameters.lifted(under: "", to: \.access))
    .used(when: \.happens)

  /// States what holds of any execution.
  public func check(_ expect: inout Expectations) {
    expect((1...1024).contains(lanes), "lanes", "expected from 1 to 1024 lanes")
    expect(
      (1...1_000_000_000_000_000).contains(laneSpeed), "lane_speed",
      "expected from 1 gas/s to 1e15 gas/s")
    expect(
      overhead >= .zero && overhead <= .seconds(60), "overhead", "expected from 0 s to 60 s")
    expect(budget > 0 && budget <= 1, "budget", "expected a share above 0, of at most 1")
    expect(
      serialShare >= 0 && serialShare <= 1, "serial_share", "expected a share from 0 to 1")
    expect(
      validationShare >= 0 && validationShare <= 10, "validation_share",
      "expected from 0 to 10 times the execution")
    expect(
      interference >= 0 && interference <= 1, "interference", "expected a share from 0 to 1")
    access.check(&expect)
  }
}
