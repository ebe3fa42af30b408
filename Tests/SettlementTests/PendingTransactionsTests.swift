import EventKernel
import Randomness
import Testing

@testable import Settlement

/// What a block asks of the transactions that wait, against one pass over a list in the order of
/// submission.
@Suite struct PendingTransactionsTests {
  private typealias Entry = PendingTransactions.Entry
  private static let prices = Prices(baseFee: 1, blobBaseFee: 1)

  /// A list in the order of submission; every question is a pass over it.
  private struct Model {
    let limit: Int
    var waiting: [Entry] = []

    /// Which may be included in a block, `holdsBack` deciding of those that are asked about.
    mutating func block(_ holdsBack: (Entry) -> Bool) -> [Int] {
      var included: [Int: Int] = [:]
      var heldBack: Set<Int> = []
      var orders: [Int] = []
      waiting.removeAll { entry in
        let sender = entry.transaction.reference
        guard included[sender, default: 0] < limit, !heldBack.contains(sender) else { return false }
        if holdsBack(entry) {
          heldBack.insert(sender)
          return false
        }
        included[sender, default: 0] += 1
        orders.append(entry.order)
        return true
      }
      return orders
    }
  }

  /// Which transactions a block cannot take: the same for both, another for each block.
  private static func isHeldBack(_ entry: Entry, block: Int) -> Bool {
    (entry.order &* 7919 &+ block &* 104_729) % 5 == 0
  }

  private static func block(
    _ pending: inout PendingTransactions, number: Int, at now: SimTime
  ) -> [Entry] {
    var included: [Entry] = []
    pending.beginBlock(at: now, prices)
    while let entry = pending.next {
      if isHeldBack(entry, block: number) {
        pending.holdBackNext()
      } else {
        pending.removeNext()
        included.append(entry)
      }
    }
    return included
  }

  /// 500 senders over 60 blocks, some of which a re-org drops again.
  @Test(arguments: [1, 2, 1_000_000], [1, 2] as [UInt64])
  func inclusionFollowsTheOrderOfSubmission(_ limit: Int, _ seed: UInt64) {
    var stream = RandomStream(seed: seed, replication: 0, name: "senders")
    var pending = PendingTransactions()
    var model = Model(limit: limit)
    var total = 0
    var restored = 0
    for number in 0..<60 {
      let now = SimTime.start + .seconds(Int64(number))
      for _ in 0..<Int(stream.uniform() * 60) {
        // Some senders send much more than others.
        let sender = Int(500 * stream.uniform() * stream.uniform())
        let transaction = SettlementTransaction.sample(
          .neighbourData, sender, maxPending: limit)
        pending.add(transaction, at: now, Self.prices)
        model.waiting.append(
          Entry(order: total, submittedAt: now, transaction: transaction, weightThrough: 0))
        total += 1
      }
      let before = model
      let orders = model.block { Self.isHeldBack($0, block: number) }
      let included = Self.block(&pending, number: number, at: now)
      #expect(included.map(\.order) == orders)
      if stream.bernoulli(0.3) {
        restored += included.count
        for entry in included.reversed() { pending.restore(entry) }
        model = before
      }
      #expect(pending.count == model.waiting.count)
    }
    #expect(restored > 100 && total > 1000)
  }

  /// Of one sender a block takes the limit, however much waits.
  @Test func aSenderHasNoMoreThanItsLimitInABlock() {
    let simulation = ChainDriver.run(
      .ethereum(), slots: 4,
      submitting: (0..<8).map { .sample(.data, $0, maxPending: 3) } + [.sample(.proof, 8)],
      at: Array(repeating: .start, count: 9))
    let blocks = simulation.model.slots.map { $0.receipts.map(\.transaction.reference) }
    #expect(blocks == [[0, 1, 2, 8], [3, 4, 5], [6, 7], []])
  }
}
