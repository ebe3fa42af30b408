import EventKernel

// Users who offer so much for gas and no more: who offers less than it costs waits for it to fall, or gives up.

extension Sequencer {
  /// Transactions that offer less for gas than it costs.
  final class Underpriced {
    /// How long each waits.
    private let patience: SimDuration
    /// How many wait at most.
    private let capacity: Int
    /// In the order in which they began to wait, some of those that are gone among them.
    private var waiting = FIFOQueue<Held>()
    /// The numbers of those that wait by what they offer; those that are gone stay for a while.
    private var offers = PriorityHeap<UInt64>()
    private(set) var count = 0

    private struct Held {
      let transaction: Transaction
      let until: SimTime
      var isGone = false
    }

    init(patience: SimDuration, capacity: Int) {
      self.patience = patience
      self.capacity = capacity
    }

    private init(copying other: Underpriced) {
      patience = other.patience
      capacity = other.capacity
      waiting = other.waiting
      offers = other.offers
      count = other.count
    }

    func copy() -> Underpriced { Underpriced(copying: self) }

    /// Lets a transaction wait.
    ///
    /// - Returns: whether it does: it does not where nobody waits, or as many wait as can.
    func append(_ transaction: Transaction, at now: SimTime) -> Bool {
      guard patience > .zero, count < capacity else { return false }
      let number = waiting.append(Held(transaction: transaction, until: now + patience))
      count += 1
      offers.insert(number, transaction.maxFee)
      return true
    }

    /// Takes those that give up by an instant.
    func takeExpired(at now: SimTime) -> [Transaction] {
      var expired: [Transaction] = []
      while let head = waiting.head, head.isGone || head.until <= now {
        waiting.removeFirst()
        guard !head.isGone else { continue }
        count -= 1
        expired.append(head.transaction)
      }
      if offers.count > 2 * count + 64 { forgetGone() }
      return expired
    }

    /// Takes those that offer at least a price, in the order of their submission.
    func takePayable(at price: UInt64) -> [Transaction] {
      var payable: [(number: Int, transaction: Transaction)] = []
      while let best = offers.top {
        let isGone = isGone(best)
        guard isGone || waiting[best].transaction.maxFee >= price else { break }
        offers.removeTop()
        guard !isGone else { continue }
        waiting[best].isGone = true
        count -= 1
        payable.append((best, waiting[best].transaction))
      }
      payable.sort {
        ($0.transaction.submittedAt, $0.number) < ($1.transaction.submittedAt, $1.number)
      }
      return payable.map(\.transaction)
    }

    private func isGone(_ number: Int) -> Bool {
      !waiting.indices.contains(number) || waiting[number].isGone
    }

    private func forgetGone() {
      offers = PriorityHeap()
      for number in waiting.indices where !waiting[number].isGone {
        offers.insert(number, waiting[number].transaction.maxFee)
      }
    }
  }

  /// How many transactions wait for cheaper gas.
  public var waitingForPrice: Int { underpriced?.count ?? 0 }

  /// Says what gas costs in the block that comes next, which some then can pay, and others no longer.
  ///
  /// - Parameter price: of its gas [wei per gas].
  public mutating func adopt(price: UInt64, at now: SimTime) {
    guard let underpriced else { return }
    let before = gasPrice
    gasPrice = price
    for transaction in underpriced.takeExpired(at: now) { priceOut(transaction) }
    if price > before { setUnderpricedAside(underpriced, at: now) }
    guard price < before else { return }
    for transaction in underpriced.takePayable(at: price) { appendPayable(transaction) }
  }

  /// Takes out of the mempool those that no longer can pay.
  private mutating func setUnderpricedAside(_ underpriced: Underpriced, at now: SimTime) {
    for _ in 0..<mempool.count {
      guard let transaction = mempool.removeFirst() else { return }
      guard !canPay(transaction) else {
        mempool.append(transaction)
        continue
      }
      waitingGas &-= UInt64(transaction.gas)
      accepted &-= 1
      if !underpriced.append(transaction, at: now) { priceOut(transaction) }
    }
  }

  private mutating func appendPayable(_ transaction: Transaction) {
    guard mempool.count < policy.mempoolCapacity else {
      return noteDropped(transaction, isOversized: false)
    }
    enqueue(transaction)
  }

  /// Whether a transaction that comes finds gas too dear; it then waits, or is gone.
  mutating func isTooDear(for transaction: Transaction, at now: SimTime) -> Bool {
    guard let underpriced, !canPay(transaction) else { return false }
    if !underpriced.append(transaction, at: now) { priceOut(transaction) }
    return true
  }

  private func canPay(_ transaction: Transaction) -> Bool {
    transaction.maxFee == 0 || transaction.maxFee >= gasPrice
  }

  private mutating func priceOut(_ transaction: Transaction) {
    guard transaction.isMeasured else { return }
    pricedOutMeasured += 1
    pricedOutMeasuredGas += UInt64(transaction.gas)
  }
}
