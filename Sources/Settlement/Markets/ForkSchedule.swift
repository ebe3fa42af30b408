/// A change of the blob parameters at a date (EIP-7892, "blob-parameter-only forks").
public struct BlobFork: Hashable, Sendable {
  /// When it takes effect [Unix seconds]; zero if it is not scheduled.
  public var time: Int64
  /// How blobs are priced from then on.
  public var rule: BlobFeeRule

  /// A fork.
  public init(time: Int64, rule: BlobFeeRule) {
    self.time = time
    self.rule = rule
  }

  /// No fork.
  public static let none = BlobFork(
    time: 0,
    rule: BlobFeeRule(target: 0, limit: 0, updateFraction: 1, hasReservePrice: false))
}

/// The blob parameters of a chain over time.
///
/// Up to three forks, because a scenario has one value for each parameter. An unscheduled one has
/// time zero; the times of the others ascend.
public struct ForkSchedule: Hashable, Sendable {
  /// Most forks that a schedule has.
  public static let capacity = 3
  private var forks = [BlobFork](repeating: .none, count: capacity)

  /// A schedule without forks.
  public init() {}

  /// Fork `number`, counted from 1.
  public subscript(number: Int) -> BlobFork {
    get { forks[number - 1] }
    set { forks[number - 1] = newValue }
  }

  /// The forks that are scheduled.
  public var scheduled: [BlobFork] { forks.filter { $0.time > 0 } }

  /// How blobs are priced at `time` [Unix seconds], if by `first` before the forks.
  ///
  /// What one transaction carries at most stays as it is until a fork says otherwise.
  public func rule(at time: Int64, after first: BlobFeeRule) -> BlobFeeRule {
    var rule = first
    for fork in forks where fork.time > 0 && fork.time <= time {
      let limit = rule.transactionLimit
      rule = fork.rule
      if rule.transactionLimit == 0 { rule.transactionLimit = limit }
    }
    return rule
  }

  /// The rules of a chain, `first` and those of its forks.
  public func rules(after first: BlobFeeRule) -> [BlobFeeRule] {
    [first] + scheduled.map { rule(at: $0.time, after: first) }
  }
}
