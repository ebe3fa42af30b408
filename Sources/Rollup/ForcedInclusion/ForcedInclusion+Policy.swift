import Declarations
import EventKernel
import Randomness

extension ForcedInclusion {
  /// How what users send through the host comes into the rollup if its operator does not want it.
  public enum Rule: String, CaseIterable, Sendable {
    /// It does not.
    case none
    /// After the delay anybody may force it by a transaction, with all before it.
    ///
    /// Source: Nitro, `SequencerInbox.forceInclusion`; Polygon zkEVM, `sequenceForceBatches`.
    case transaction
    /// After the delay all who follow the rollup derive a block from it by themselves.
    ///
    /// Source: OP Stack specification, derivation: the sequencing window.
    case derivation
    /// The operator has to serve it before the delay has passed, or the rollup is frozen (`exits`).
    ///
    /// Source: StarkEx `FREEZE_GRACE_PERIOD`, zkSync Lite `PRIORITY_EXPIRATION`, Loopring
    /// `MAX_AGE_FORCED_REQUEST_UNTIL_WITHDRAW_MODE`.
    case request
  }

  /// What an operator does with what comes through the host.
  public enum Inbox: String, CaseIterable, Sendable {
    /// Includes it as it does deposits.
    case serves
    /// Delays it as long as the rule lets it.
    case delays
  }

  /// What a scenario says about it.
  public struct Policy: Hashable, Sendable {
    /// How messages come into the rollup.
    public var rule = Rule.none
    /// Share of those left out who send a message to the host; the others wait.
    public var share = 1.0
    /// From the submission until they do [s].
    public var patience = Distribution.constant(600)
    /// Gas of a message on the host.
    public var gas: UInt64 = 100_000
    /// Time that has to pass after its block.
    public var delay = SimDuration.zero
    /// Blocks of the host that have to come after it.
    public var delayBlocks = 0
    /// Gas of the transaction that forces.
    public var forcingGas: UInt64 = 150_000
    /// What delays before leave of the delay in blocks.
    public var buffer = DelayBuffer.Policy()
    /// What the operator does with messages.
    public var inbox = Inbox.delays
    /// From the block of a message until an operator who does not delay it includes it [s].
    public var service = Distribution.constant(780)

    /// No message is sent.
    public init() {}

    /// Whether messages come in whatever the operator does.
    public var needsNoOperator: Bool { rule == .transaction || rule == .derivation }

    /// What a scenario can say about it.
    public static let parameters: [PartParameter<Policy>] =
      [
        .word(
          "rule", \.rule,
          "How what users send through the host comes into the rollup against its operator.",
          affects: [.censorship]
        ).titled("Rule of forced inclusion")
      ]
      + ([PartParameter<Policy>]([
        .number(
          "share", .share, \.share,
          "Share of those left out who send a message to the host; the others wait."),
        .distribution(
          "patience", .duration, \.patience,
          "Time from the submission of a transaction until its user sends it to the host."
        ).titled("Patience of users who are left out"),
        .whole("gas", .gas, \.gas, "Gas of such a message on the host."),
        .duration(
          "delay", \.delay, "Time that has to pass after the block of the host that has it."),
        .whole(
          "delay_blocks", .count, \.delayBlocks, "Blocks of the host that have to come after it."),
        .word("inbox", \.inbox, "What the operator does with messages from the host."),
      ]) + buffer).used { $0.rule != .none }
      + [
        .whole("forcing_gas", .gas, \.forcingGas, "Gas of the transaction that forces messages.")
          .used { $0.rule == .transaction },
        .distribution(
          "service", .duration, \.service,
          "Time from the block of a message until an operator who serves it includes it."
        ).used { $0.rule != .none && $0.inbox == .serves },
      ]

    private static let buffer: [PartParameter<Policy>] =
      [
        .whole(
          "buffer_blocks", .count, \.buffer.most,
          "Blocks by which the operator may delay messages in all, beyond a threshold each; 0 for any."
        ).titled("Delay buffer").used { $0.rule == .transaction },
        .whole(
          "buffer_threshold", .count, \.buffer.threshold,
          "Delay of a message in blocks that uses no buffer up."
        ).used { $0.rule == .transaction && $0.buffer.isUsed },
        .whole(
          "buffer_replenishment", .count, \.buffer.replenishment,
          "What the buffer regains for each block, in ten-thousandths of a block."
        ).used { $0.rule == .transaction && $0.buffer.isUsed },
      ]

    /// States what holds of any such rule.
    public func check(_ expect: inout Expectations) {
      expect((0...1).contains(share), "share", "expected a share from 0 to 1")
      expect(
        (0...10_000_000).contains(delayBlocks), "delay_blocks", "expected at most 10,000,000 blocks"
      )
      expect(
        buffer.replenishment <= 10_000, "buffer_replenishment",
        "expected at most 10,000 ten-thousandths")
      expect(
        !buffer.isUsed || (1...buffer.most).contains(buffer.threshold),
        ["buffer_threshold", "buffer_blocks"], "expected from 1 block to the whole buffer")
      expect(buffer.most <= 10_000_000, "buffer_blocks", "expected at most 10,000,000 blocks")
    }
  }
}
