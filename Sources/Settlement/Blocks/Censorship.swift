import Randomness

/// Proposers who leave out a kind of transaction.
public struct Censorship: ~Copyable {
  /// What a scenario says about it.
  public struct Policy: Hashable, Sendable {
    /// What censoring proposers leave out.
    public enum Target: String, CaseIterable, Sendable {
      /// Batch data.
      case data
      /// Claims about the state: assertions and output roots.
      case claim
      /// Validity proofs.
      case proof
      /// Deposits.
      case deposit
      /// Challenges of claims about the state, and moves of those who defend what is right.
      case challenge
      /// What users send through the chain whom an operator leaves out, and what forces it.
      case forced
      /// Everything of the rollups.
      case all
    }

    /// Share of the blocks whose proposer censors, independent from block to block.
    ///
    /// n blocks in a row censor with probability share^n.
    public var share: Double
    /// What they leave out.
    public var target: Target

    /// Censorship by this share of proposers.
    public init(share: Double = 0, target: Target = .all) {
      self.share = share
      self.target = target
    }
  }

  private let policy: Policy
  private var stream: RandomStream
  private var isCensoring = false

  init(_ policy: Policy, seed: UInt64, replication: UInt64) {
    self.policy = policy
    stream = RandomStream(seed: seed, replication: replication, name: "settlement.censorship")
  }

  /// Draws the proposer of the next block.
  mutating func beginBlock() {
    isCensoring = policy.share > 0 && stream.bernoulli(policy.share)
  }

  /// Whether the block leaves out transactions of `kind`.
  func leavesOut(_ kind: SettlementTransaction.Kind) -> Bool {
    guard isCensoring else { return false }
    return switch policy.target {
    case .data: kind.isData
    case .claim: kind == .stateClaim
    case .proof: [.proof, .provenData, .sharedProof, .execution].contains(kind)
    case .deposit: kind == .deposit
    case .challenge: kind == .defence
    case .forced: kind == .message || kind == .forcing
    case .all: true
    }
  }
}

extension Censorship: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Censorship { Censorship(copying: self, draws) }

  private init(copying other: borrowing Censorship, _ draws: Draws) {
    policy = other.policy
    isCensoring = other.isCensoring
    stream = other.stream.copy(drawing: draws)
  }
}
