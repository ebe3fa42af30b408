import Specifications

/// A share of the runs of an experiment: every `count`-th one, from `index` on.
public struct Shard: Hashable, Sendable {
  /// The number of the share, from 0.
  public let index: Int
  /// How many shares there are.
  public let count: Int

  /// All runs.
  public static let whole = Shard(uncheckedIndex: 0, of: 1)
  /// More shards than this are a mistake.
  static let limit = 1_000_000

  private init(uncheckedIndex index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// The shard that a text such as `2/7` means; nil if there is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...Self.limit).contains(count), (0..<count).contains(index)
    else { return nil }
    self.init(uncheckedIndex: index, of: count)
  }

  /// Whether a run belongs to it.
  public func contains(run: Int) -> Bool { run % count == index }

  /// How many of the first `runs` runs belong to it.
  public func size(of runs: Int) -> Int { max(0, (runs - index + count - 1) / count) }
}

extension Shard: CustomStringConvertible {
  /// The shard as the command line names it.
  public var description: String { "\(index)/\(count)" }
}

extension Experiment {
  /// How many runs of a shard there are; with a rule that stops, at most.
  public func runCount(of shard: Shard) -> Int {
    spec.stopping == nil
      ? shard.size(of: runCount) : shard.size(of: points.count) * spec.replications
  }
}
