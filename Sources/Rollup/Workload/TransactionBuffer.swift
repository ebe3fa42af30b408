import EventKernel
import Randomness

/// One transaction on its way from a user to the sequencer.
struct Transaction: BitwiseCopyable {
  var submittedAt: SimTime
  var gas: UInt32
  var bytes: UInt32
  var proverWork: Double
  var isMeasured: Bool
  /// Whether it is of a rollup that settles here.
  var isGuest = false
}

extension Transaction {
  /// A transaction of a rollup that settles here.
  init(guestGas gas: UInt64, bytes: UInt64, at now: SimTime) {
    self.init(
      submittedAt: now, gas: UInt32(clamping: gas), bytes: UInt32(clamping: bytes), proverWork: 1,
      isMeasured: false, isGuest: true)
  }
}

/// Transactions of a piece of time, drawn and not yet submitted, in the order of their submission.
///
/// Its memory is that of the largest piece, whatever comes later.
struct TransactionBuffer: ~Copyable {
  private(set) var transactions: UnsafeMutableBufferPointer<Transaction>
  /// Where the instants of transactions are drawn and sorted.
  private(set) var words: UnsafeMutableBufferPointer<UInt64>
  private(set) var sorted: UnsafeMutableBufferPointer<UInt64>
  /// Where a figure of all transactions of a class is drawn.
  private(set) var values: UnsafeMutableBufferPointer<Double>
  /// The places of transactions, class by class.
  private(set) var places: UnsafeMutableBufferPointer<Int32>
  private(set) var classes: UnsafeMutableBufferPointer<UInt8>
  /// The first that is still to be taken.
  private(set) var head = 0
  private(set) var end = 0

  init() { self.init(capacity: 512) }

  private init(capacity: Int) {
    transactions = .allocate(capacity: capacity)
    words = .allocate(capacity: capacity)
    sorted = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
    classes = .allocate(capacity: capacity)
  }

  deinit {
    transactions.deallocate()
    words.deallocate()
    sorted.deallocate()
    values.deallocate()
    places.deallocate()
    classes.deallocate()
  }

  /// Makes room for so many, and forgets what it has.
  mutating func clear(for count: Int) {
    if count > transactions.count { self = TransactionBuffer(capacity: 2 * count) }
    (head, end) = (0, 0)
  }

  /// Says that the first `count` places are filled.
  mutating func fill(_ count: Int) { end = count }

  /// Sorts the places of the first `count` transactions by class, those of one in their order.
  ///
  /// - Returns: where those of each class end.
  func sortPlaces(_ count: Int) -> InlineArray<9, Int> {
    var ends = InlineArray<9, Int>(repeating: 0)
    for place in 0..<count { ends[Int(classes[place])] &+= 1 }
    var sum = 0
    for kind in ends.indices {
      let size = ends[kind]
      ends[kind] = sum
      sum &+= size
    }
    for place in 0..<count {
      let kind = Int(classes[place])
      places[ends[kind]] = Int32(truncatingIfNeeded: place)
      ends[kind] &+= 1
    }
    return ends
  }

  var isEmpty: Bool { head == end }

  /// The next transaction; there must be one.
  @inline(__always)
  var first: Transaction { transactions[head] }

  @inline(__always)
  mutating func removeFirst() { head &+= 1 }

  /// The same content in memory of its own.
  func copy() -> TransactionBuffer {
    var copy = TransactionBuffer(capacity: transactions.count)
    for place in head..<end { copy.transactions[place - head] = transactions[place] }
    copy.fill(end - head)
    return copy
  }

  /// What one block can have.
  struct Room {
    var count: Int
    var gas: UInt64
    /// Bytes of one transaction.
    let bytes: UInt64
  }

  /// Takes the transactions that are submitted through an instant, as far as a block has room for them.
  ///
  /// - Returns: whether all of them had room.
  @inline(__always)
  mutating func take(
    through instant: SimTime, _ room: inout Room, _ totals: inout TransactionTotals,
    _ submissions: inout Submissions
  ) -> Bool {
    guard head < end, transactions[head].submittedAt <= instant else { return true }
    let last = min(end, head + room.count)
    let origin = transactions[head].submittedAt.nanoseconds
    let start = head
    var (gas, bytes, work, since): (UInt64, UInt64, Double, UInt64) = (0, 0, 0, 0)
    var place = head
    while place < last {
      let transaction = transactions[place]
      guard transaction.submittedAt <= instant else { break }
      let through = gas &+ UInt64(transaction.gas)
      guard through <= room.gas, UInt64(transaction.bytes) <= room.bytes else { break }
      gas = through
      bytes &+= UInt64(transaction.bytes)
      work += transaction.proverWork
      since &+= UInt64(truncatingIfNeeded: transaction.submittedAt.nanoseconds &- origin)
      place &+= 1
    }
    head = place
    let count = place - start
    totals.add(count: count, gas: gas, bytes: bytes, proverWork: work)
    room.count -= count
    room.gas -= gas
    if count > 0, transactions[start].isMeasured {
      submissions.add(
        count, since: origin, sum: since, first: transactions[start].submittedAt,
        last: transactions[place - 1].submittedAt)
    }
    return place == end || transactions[place].submittedAt > instant
  }
}

extension UnsafeMutableBufferPointer<UInt64> {
  /// Sorts the first `count` words, which are random, into `other`: by their first bits into about as many
  /// places as there are words, then each past the few that are wrong.
  func sort(first count: Int, into other: UnsafeMutableBufferPointer<UInt64>) {
    guard count > 1 else {
      if count == 1 { other[0] = self[0] }
      return
    }
    let bits = Swift.min(Int.bitWidth - (count - 1).leadingZeroBitCount, 10)
    let shift = UInt64(64 - bits)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { ends in
      ends.initialize(repeating: 0)
      for index in 0..<count { ends[Int(self[index] &>> shift)] &+= 1 }
      var sum: Int32 = 0
      for bucket in ends.indices {
        sum &+= ends[bucket]
        ends[bucket] = sum
      }
      for index in 0..<count {
        let bucket = Int(self[index] &>> shift)
        ends[bucket] &-= 1
        other[Int(ends[bucket])] = self[index]
      }
    }
    for index in 1..<count {
      let word = other[index]
      var place = index
      while place > 0, other[place &- 1] > word {
        other[place] = other[place &- 1]
        place &-= 1
      }
      other[place] = word
    }
  }
}
