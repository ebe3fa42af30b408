import Testing

@testable import Settlement

/// Where each of our transactions is: every sender's in the order of its nonces, those in blocks before
/// those that wait.
struct NonceLedger {
  private struct Sender {
    var sent: [SettlementTransaction] = []
    /// How many of them are in blocks.
    var included = 0
  }

  private var senders: [[Int]: Sender] = [:]

  /// How many wait.
  var waiting: Int { senders.values.reduce(0) { $0 + $1.sent.count - $1.included } }
  /// How many are in blocks.
  var included: Int { senders.values.reduce(0) { $0 + $1.included } }

  /// A key of the rollup for each of its tasks, one for each neighbour, a sequence for all users, and
  /// a key of the challenger.
  private static func key(_ transaction: SettlementTransaction) -> [Int] {
    switch transaction.kind {
    case .dataPart, .data, .provenData: [0]
    case .stateClaim: [1]
    case .proof, .execution: [2]
    case .sharedData, .sharedProof: [6]
    case .neighbourData: [3, transaction.reference]
    case .deposit, .withdrawalProof, .withdrawal, .exitRequest, .freeze, .exit, .message, .forcing,
      .call:
      [4]
    case .defence, .veto: [5]
    case .attack, .upgrade: [7]
    case .payout: [8]
    }
  }

  mutating func submit(_ transaction: SettlementTransaction) {
    senders[Self.key(transaction), default: Sender()].sent.append(transaction)
  }

  /// The next nonce of its sender comes into a block.
  mutating func include(_ transaction: SettlementTransaction) {
    let key = Self.key(transaction)
    guard let sender = senders[key], sender.included < sender.sent.count else {
      Issue.record("included before it was sent: \(transaction)")
      return
    }
    #expect(sender.sent[sender.included] == transaction)
    senders[key]?.included += 1
  }

  /// The last nonce of its sender falls out of a block and waits again.
  mutating func drop(_ transaction: SettlementTransaction) {
    let key = Self.key(transaction)
    guard let sender = senders[key], sender.included > 0 else {
      Issue.record("dropped and not in a block: \(transaction)")
      return
    }
    #expect(sender.sent[sender.included - 1] == transaction)
    senders[key]?.included -= 1
  }
}
