import Declarations
import EventKernel
import Randomness

extension Sequencer {
  /// An operator who leaves transactions out of its blocks, which it has received.
  final class Censor {
    /// What a scenario says about it.
    let policy: CensorPolicy
    /// Those that were left out since they were last taken.
    private var leftOut: [LeftOut] = []
    private var stream: RandomStream

    /// - Parameter policy: must censor something.
    init(_ policy: CensorPolicy, _ streams: StreamSource) {
      self.policy = policy
      stream = streams.stream("censorship")
    }

    private init(copying other: Censor, _ draws: Draws) {
      policy = other.policy
      leftOut = other.leftOut
      stream = other.stream.copy(drawing: draws)
    }

    func copy(drawing draws: Draws) -> Censor { Censor(copying: self, draws) }

    /// Whether the operator leaves a transaction out, which it then notes.
    ///
    /// One draw for each, censored or not: who is left out at a share is among those who are at any larger one.
    func leavesOut(_ transaction: Transaction) -> Bool {
      let draw = stream.uniform()
      guard policy.holds(at: transaction.submittedAt), draw < policy.share,
        policy.kind.contains(transaction.kind)
      else { return false }
      leftOut.append(
        LeftOut(submittedAt: transaction.submittedAt, isMeasured: transaction.isMeasured))
      return true
    }

    func takeLeftOut() -> [LeftOut] {
      defer { leftOut.removeAll(keepingCapacity: true) }
      return leftOut
    }
  }

  /// A transaction that the operator leaves out.
  public struct LeftOut: Sendable {
    /// When it was submitted.
    public let submittedAt: SimTime
    /// Whether it counts in measures.
    public let isMeasured: Bool
  }

  /// What a scenario says about an operator who leaves transactions out.
  public struct CensorPolicy: Hashable, Sendable {
    /// Share of users' transactions of a kind that it leaves out.
    public var share = 0.0
    /// Which of them it looks at.
    public var kind = CensoredKind.all
    /// From when on, from the start of the run.
    public var begin = SimDuration.zero
    /// How long; zero for ever.
    public var length = SimDuration.zero
    /// What it takes not from rollups that settle on this one, from then on.
    public var guests = CensoredGuests.none

    /// Nobody is left out.
    public init() {}

    /// Whether anybody is left out.
    public var censors: Bool { share > 0 }

    /// Whether what a rollup that settles on this one sends at an instant is left out.
    ///
    /// - Parameter isOfUser: whether it is of a user there: a withdrawal.
    public func leavesOutGuest(isOfUser: Bool, at instant: SimTime) -> Bool {
      switch guests {
      case .none: false
      case .users: isOfUser && holds(at: instant)
      case .all: holds(at: instant)
      }
    }

    /// When it ends; nil for never.
    public var end: SimTime? { length > .zero ? .start + begin + length : nil }

    func holds(at instant: SimTime) -> Bool {
      instant >= .start + begin && end.map { instant < $0 } ?? true
    }

    /// What a scenario can say about it.
    public static let parameters: [PartParameter<CensorPolicy>] =
      [
        .number(
          "share", .share, \.share,
          "Share of users' transactions of the kind that the operator leaves out of its blocks."
        ).titled("Share of transactions that the operator leaves out")
      ]
      + [
        .word(
          "kind", \.kind, "Transactions that the operator leaves out: all, or those of a class."
        ).used(when: \.censors),
        .duration(
          "from", \.begin, "When the operator begins to leave them out, from the start of the run."
        ).used { $0.censors || $0.guests != .none },
        .duration("for", \.length, "How long it does; 0 for ever.").used(when: \.censors),
        .word(
          "guests", \.guests,
          "What the operator takes not from rollups that settle on this one: nothing, what their users send "
            + "(withdrawals), or all."
        ).titled("Censored transactions of rollups that settle on it"),
      ]

    /// States what holds of any such operator.
    public func check(_ expect: inout Expectations) {
      expect((0...1).contains(share), "share", "expected a share from 0 to 1")
    }
  }

  /// What an operator takes not from rollups that settle on its own.
  public enum CensoredGuests: String, CaseIterable, Sendable {
    /// It takes all.
    case none
    /// Withdrawals of their users.
    case users
    /// Whatever they send.
    case all
  }

  /// Which transactions an operator leaves out.
  public struct CensoredKind: RawRepresentable, CaseIterable, Hashable, Sendable {
    /// The class; nil for all.
    public let ofClass: TransactionClass?

    /// Those of every class.
    public static let all = CensoredKind(ofClass: nil)
    /// The word for all, then the names of classes.
    public static let allCases = [all] + TransactionClass.allCases.map { CensoredKind(ofClass: $0) }

    private init(ofClass: TransactionClass?) { self.ofClass = ofClass }

    /// The kind that a word names.
    public init?(rawValue: String) {
      guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = kind
    }

    /// The word for it.
    public var rawValue: String { ofClass?.name ?? "all" }

    /// Whether transactions of a class, by its number, are among them.
    func contains(_ number: UInt8) -> Bool { ofClass.map { $0.rawValue == Int(number) } ?? true }
  }
}
