/// The kinds of transactions that users send.
public enum TransactionClass: Int, CaseIterable, Sendable {
  /// Moves the native coin.
  case transfer
  /// Moves a fungible token.
  case tokenTransfer
  /// Trades on an automated market maker.
  case swap
  /// Creates a non-fungible token.
  case mint
  /// Brings value in from the settlement chain.
  case deposit
  /// Takes value out to the settlement chain.
  case withdrawal
  /// Moves value under a zero-knowledge proof of its own.
  case privateTransfer
  /// Calls a contract of another rollup.
  case crossRollupCall
  /// Creates a contract.
  case deployment
}

/// Counts and sums of the transactions of one class.
public struct ClassTotals: Hashable, Sendable, BitwiseCopyable {
  /// Transactions.
  public var count = 0
  /// Layer 2 gas.
  public var gas: UInt64 = 0
  /// Bytes before compression.
  public var bytes: UInt64 = 0
  /// Prover work [work units].
  public var proverWork = 0.0

  /// Nothing.
  public init() {}
}

/// Counts and sums of transactions by class: all that flows on from a sealed block.
public struct TransactionTotals: Sendable, BitwiseCopyable {
  /// The place behind the classes of users: what rollups do that settle here.
  static let guest = 9
  private var classes = InlineArray<10, ClassTotals>(repeating: ClassTotals())

  /// No transactions.
  public init() {}

  /// The totals of one class.
  public subscript(kind: TransactionClass) -> ClassTotals {
    get { classes[kind.rawValue] }
    set { classes[kind.rawValue] = newValue }
  }

  /// Those of rollups that settle here.
  public var guests: ClassTotals { classes[Self.guest] }

  /// All classes together.
  public var all: ClassTotals {
    var sum = ClassTotals()
    forEachUserClass { sum.add($0) }
    if guests.count > 0 { sum.add(guests) }
    return sum
  }

  /// Calls `body` with the totals of each class of users that has transactions.
  public func forEachUserClass(_ body: (ClassTotals) -> Void) {
    let classes = classes.span
    for index in 0..<Self.guest where classes[index].count > 0 { body(classes[index]) }
  }

  /// Adds other transactions.
  public mutating func add(_ other: TransactionTotals) {
    let others = other.classes.span
    for index in others.indices where others[index].count > 0 {
      classes[index].add(others[index])
    }
  }

  @inline(__always)
  mutating func add(_ transaction: Transaction) {
    let index = Int(transaction.kind)
    classes[index].count &+= 1
    classes[index].gas &+= UInt64(transaction.gas)
    classes[index].bytes &+= UInt64(transaction.bytes)
    classes[index].proverWork += transaction.proverWork
  }
}

extension ClassTotals {
  fileprivate mutating func add(_ other: ClassTotals) {
    count += other.count
    gas += other.gas
    bytes += other.bytes
    proverWork += other.proverWork
  }
}
