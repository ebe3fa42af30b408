import EventKernel

// Users who offer so much for gas and no more: who offers less than it costs waits for it to fall, or gives up.

extension Sequencer {
  /// Transactions that offer less for gas than it costs.
  final class Underpriced {
    /// How long each waits.
    private let patience: SimDuration
    /// How many wait at most.
    private let capacity: Int
    /// In the order in which they began to wait; nil for those that are gone.
    private var waiting = FIFOQueue<Held>()
    /// The numbers of those that wait, the highest offer first, of equal ones the first.
    private var offers: [Offer] = []
    private(set) var count = 0

    private struct Held {
      let transaction: Transaction
      let until: SimTime
      var isGone = false
    }

    private struct Offer {
      let fee: UInt64
      let number: Int

      func goesBefore(_ other: Offer) -> Bool {
        fee != other.fee ? fee > other.fee : number < other.number
      }
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
      insert(Offer(fee: transaction.maxFee, number: number))
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
      while let best = offers.first, best.fee >= price {
        removeBest()
        guard waiting.indices.contains(best.number), !waiting[best.number].isGone else { continue }
        waiting[best.number].isGone = true
        count -= 1
        payable.append((best.number, waiting[best.number].transaction))
      }
      payable.sort {
        ($0.transaction.submittedAt, $0.number) < ($1.transaction.submittedAt, $1.number)
      }
      return payable.map(\.transaction)
    }

    private func forgetGone() {
      let kept = offers.filter { waiting.indices.contains($0.number) && !waiting[$0.number].isGone }
      offers.removeAll(keepingCapacity: true)
      for offer in kept { insert(offer) }
    }

    private func insert(_ offer: Offer) {
      offers.append(offer)
      var place = offers.count - 1
      while place > 0, offers[place].goesBefore(offers[(place - 1) / 2]) {
        offers.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
    }

    private func removeBest() {
      offers.swapAt(0, offers.count - 1)
      offers.removeLast()
      var place = 0
      while true {
        var best = place
        for child in [2 * place + 1, 2 * place + 2] where child < offers.count {
          if offers[child].goesBefore(offers[best]) { best = child }
        }
        guard best != place else { return }
        offers.swapAt(place, best)
        place = best
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
    mempool.append(transaction)
    waitingGas &+= UInt64(transaction.gas)
    accepted &+= 1
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
