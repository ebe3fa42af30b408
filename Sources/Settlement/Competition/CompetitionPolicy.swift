import Declarations
import Randomness

/// How others compete with our transactions for the room of a block.
public struct CompetitionPolicy: Hashable, Sendable {
  /// How what others want of a block is divided among those who bid more and less than we do.
  public enum Rule: String, CaseIterable, Sendable {
    /// By its expectation: the share of others who bid more, of an amount.
    case expected
    /// Transaction by transaction: how many there are and what each bids is drawn, and blobs of one
    /// transaction go into a block together or not at all.
    case drawn
  }

  /// How room is divided.
  public var rule = Rule.expected
  /// Execution gas of one of the others' transactions [gas].
  ///
  /// All are alike. Transactions of mean m and coefficient of variation c make the gas of a block vary as
  /// much as alike ones of m·(1 + c²): the variance of a compound Poisson sum is λ·E[size²].
  public var transactionGas: UInt64 = 100_000
  /// Blobs of one of the others' transactions.
  ///
  /// At most as many as a transaction can have; who wants more after a fork sends several.
  public var transactionBlobs = Distribution.constant(1)
  /// Share of the blocks whose builder leaves out all blobs, independent from block to block.
  public var blobless = 0.0

  /// Others who count as their expectation.
  public init() {}
}

extension CompetitionPolicy {
  /// What a scenario can say about competition.
  static let parameters: [PartParameter<CompetitionPolicy>] = [
    .word(
      "rule", \.rule,
      "Whether others who bid more than we do count as their expectation, or are drawn one by one."
    ).titled("How others who bid more are counted"),
    .whole(
      "transaction_gas", .gas, \.transactionGas,
      "Execution gas of one of the others' transactions, where they are drawn."
    ).used { $0.rule == .drawn },
  ]

  /// The same about blobs.
  static let blobParameters: [PartParameter<CompetitionPolicy>] = [
    .distribution(
      "transaction_blobs", .count, \.transactionBlobs,
      "Blobs of one of the others' transactions, where they are drawn; whole numbers."
    ).used { $0.rule == .drawn },
    .number(
      "blobless_share", .share, \.blobless,
      "Share of the blocks whose builder leaves out all blobs."),
  ]

  /// The numbers of blobs that one of the others' transactions has; nil if these are not counted.
  var blobCounts: [Double]? {
    switch transactionBlobs {
    case .constant(let count): [count]
    case .discrete(let counts):
      zip(counts.elements, counts.weights).filter { $0.1 > 0 }.map(\.0)
    default: nil
    }
  }

  /// States what holds of any competition on a chain whose transactions have at most so many blobs.
  func check(mostBlobs: UInt64, _ expect: inout Expectations) {
    expect(
      rule == .expected || transactionGas >= 21_000, "transaction_gas",
      "expected at least 21,000 gas: no transaction uses less")
    let isCounted = blobCounts.map { counts in
      counts.allSatisfy { $0 == $0.rounded() && (1...Double(max(mostBlobs, 1))).contains($0) }
    }
    expect(
      rule == .expected || isCounted == true, "transaction_blobs",
      "expected a whole number, or a discrete distribution of whole numbers, from 1 to the \(mostBlobs) "
        + "blobs that a transaction can have")
    expect(blobless < 1, "blobless_share", "expected a share from 0 to below 1")
  }
}
