import CVectors
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
  /// Whether it is sent to do harm.
  var isAttack = false
  /// The number of its class, where anybody asks.
  var kind: UInt8 = 0
  /// To storage slots, where state differences are published.
  var writes: UInt32 = 0
  /// Of the bytes those that no compressor shortens.
  var fixedBytes: UInt32 = 0
  /// What it has to do with the order, by number; 0 where that is only when it came.
  var ticket: UInt32 = 0
  /// What its user pays for gas at most [wei per gas]; 0 for whatever it costs.
  var maxFee: UInt64 = 0
}

extension Transaction {
  /// A transaction of a rollup that settles here.
  init(guestGas gas: UInt64, bytes: UInt64, at now: SimTime) {
    self.init(
      submittedAt: now, gas: UInt32(clamping: gas), bytes: UInt32(clamping: bytes), proverWork: 1,
      isMeasured: false, isGuest: true)
  }

  /// A transaction of somebody who minds the order and is no user.
  init(ticket: UInt32, gas: UInt64, bytes: UInt64, at now: SimTime) {
    self.init(
      submittedAt: now, gas: UInt32(clamping: gas), bytes: UInt32(clamping: bytes), proverWork: 1,
      isMeasured: false, ticket: ticket)
  }
}

/// Transactions of a piece of time, drawn and not yet submitted, in the order of their submission.
///
/// A column for each figure, so that a block sums up a stretch of them at once. Its memory is that of the
/// largest piece, whatever comes later.
struct TransactionBuffer: ~Copyable {
  let capacity: Int
  /// When they are submitted [ns since the start of the run].
  let instants: UnsafeMutablePointer<Int64>
  let gas: UnsafeMutablePointer<UInt32>
  let bytes: UnsafeMutablePointer<UInt32>
  let proverWork: UnsafeMutablePointer<Double>
  /// Writes to storage slots; zero where nobody asks.
  let writes: UnsafeMutablePointer<UInt32>
  /// Bytes that no compressor shortens; zero where there are none.
  let fixedBytes: UnsafeMutablePointer<UInt32>
  /// Whether they are attacks; nothing where nobody asks.
  let isAttack: UnsafeMutablePointer<Bool>
  /// What their users pay for gas at most [wei per gas]; zero where nobody asks.
  let maxFees: UnsafeMutablePointer<UInt64>
  /// The numbers of their classes; zero where nobody asks.
  let classes: UnsafeMutablePointer<UInt8>
  /// Where the instants of transactions are drawn and sorted.
  let words: UnsafeMutableBufferPointer<UInt64>
  let sorted: UnsafeMutableBufferPointer<UInt64>
  /// Where a figure of all transactions of a class is drawn.
  let values: UnsafeMutableBufferPointer<Double>
  /// Their classes, by place among those that are sent.
  private let kinds: UnsafeMutablePointer<UInt8>
  /// Where the transactions of a class are listed.
  private let places: UnsafeMutablePointer<Int32>
  /// Whether they count in measures.
  private(set) var isMeasured = false
  /// The first that is still to be taken.
  private(set) var head = 0
  private(set) var end = 0

  init() { self.init(capacity: 512) }

  private init(capacity: Int) {
    self.capacity = capacity
    instants = .allocate(capacity: capacity)
    gas = .allocate(capacity: capacity)
    bytes = .allocate(capacity: capacity)
    proverWork = .allocate(capacity: capacity)
    proverWork.initialize(repeating: 0, count: capacity)
    writes = .allocate(capacity: capacity)
    writes.initialize(repeating: 0, count: capacity)
    fixedBytes = .allocate(capacity: capacity)
    fixedBytes.initialize(repeating: 0, count: capacity)
    isAttack = .allocate(capacity: capacity)
    isAttack.initialize(repeating: false, count: capacity)
    maxFees = .allocate(capacity: capacity)
    maxFees.initialize(repeating: 0, count: capacity)
    classes = .allocate(capacity: capacity)
    classes.initialize(repeating: 0, count: capacity)
    words = .allocate(capacity: capacity)
    sorted = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
    kinds = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
  }

  deinit {
    instants.deallocate()
    gas.deallocate()
    bytes.deallocate()
    proverWork.deallocate()
    writes.deallocate()
    fixedBytes.deallocate()
    isAttack.deallocate()
    maxFees.deallocate()
    classes.deallocate()
    words.deallocate()
    sorted.deallocate()
    values.deallocate()
    kinds.deallocate()
    places.deallocate()
  }

  // MARK: Filling

  /// Makes room for so many, and forgets what it has.
  mutating func clear(for count: Int, areMeasured: Bool) {
    if count > capacity { self = TransactionBuffer(capacity: 2 * count) }
    (head, end) = (0, 0)
    isMeasured = areMeasured
  }

  /// Adds a transaction whose uses are not drawn yet.
  @inline(__always)
  mutating func append(_ instant: Int64, ofKind kind: Int) {
    instants[end] = instant
    kinds[end] = UInt8(truncatingIfNeeded: kind)
    end &+= 1
  }

  /// Says that the transactions of a class are attacks, and the others are not.
  mutating func noteAttacks(ofKind kind: Int) {
    for place in 0..<end { isAttack[place] = kinds[place] == kind }
  }

  /// Says which numbers classes have, by place among those that are sent.
  mutating func noteClasses(_ numbers: [UInt8]) {
    for place in 0..<end { classes[place] = numbers[Int(kinds[place])] }
  }

  /// The places of the transactions of a class, in their order, until another is asked for.
  ///
  /// Without a branch: chance decides which class is next, so it would be predicted badly. Lists that are written while
  /// classes are drawn take longer, since each goes on where one of the last stores ended.
  func places(ofKind kind: Int) -> UnsafeBufferPointer<Int32> {
    let count = cvectors_places(kinds, end, UInt8(kind), places)
    return UnsafeBufferPointer(start: places, count: count)
  }

  // MARK: Taking

  var isEmpty: Bool { head == end }

  /// When the next transaction is submitted; there must be one.
  @inline(__always)
  var firstInstant: SimTime { SimTime(nanoseconds: instants[head]) }

  /// Takes the next transaction; there must be one.
  @inline(__always)
  mutating func removeFirst() -> Transaction {
    defer { head &+= 1 }
    return Transaction(
      submittedAt: firstInstant, gas: gas[head], bytes: bytes[head], proverWork: proverWork[head],
      isMeasured: isMeasured && !isAttack[head], isAttack: isAttack[head],
      kind: classes[head], writes: writes[head], fixedBytes: fixedBytes[head],
      maxFee: maxFees[head])
  }

  /// The same content in memory of its own.
  func copy() -> TransactionBuffer {
    var copy = TransactionBuffer(capacity: capacity)
    let rest = end - head
    copy.instants.update(from: instants + head, count: rest)
    copy.gas.update(from: gas + head, count: rest)
    copy.bytes.update(from: bytes + head, count: rest)
    copy.proverWork.update(from: proverWork + head, count: rest)
    copy.writes.update(from: writes + head, count: rest)
    copy.fixedBytes.update(from: fixedBytes + head, count: rest)
    copy.isAttack.update(from: isAttack + head, count: rest)
    copy.maxFees.update(from: maxFees + head, count: rest)
    copy.classes.update(from: classes + head, count: rest)
    copy.isMeasured = isMeasured
    copy.end = rest
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
  /// - Parameters:
  ///   - countsWork: whether prover work is summed up.
  ///   - countsWrites: whether writes are.
  ///   - countsFixed: whether bytes are that no compressor shortens.
  /// - Returns: whether all of them had room.
  @inline(__always)
  mutating func take(
    through instant: SimTime, _ room: inout Room, _ totals: inout TransactionTotals,
    _ submissions: inout Submissions, countsWork: Bool, countsWrites: Bool, countsFixed: Bool
  ) -> Bool {
    guard head < end, instants[head] <= instant.nanoseconds else { return true }
    let later = firstLater(than: instant.nanoseconds)
    let sums = Sums(head..<min(later, head + room.count), of: self, in: room)
    let taken = head..<head + sums.count
    head = taken.upperBound
    totals.add(
      count: taken.count, gas: sums.gas, bytes: sums.bytes,
      proverWork: countsWork ? sum(of: proverWork, in: taken) : 0,
      writes: countsWrites ? sum(of: writes, in: taken) : 0,
      fixedBytes: countsFixed ? sum(of: fixedBytes, in: taken) : 0)
    room.count -= taken.count
    room.gas -= sums.gas
    if isMeasured, !taken.isEmpty {
      let first = instants[taken.lowerBound]
      submissions.add(
        taken.count, since: first, sum: sums.since, first: SimTime(nanoseconds: first),
        last: SimTime(nanoseconds: instants[taken.upperBound - 1]))
    }
    return head == later
  }

  /// The first place that is submitted later.
  @inline(__always)
  private func firstLater(than instant: Int64) -> Int {
    if instants[end &- 1] <= instant { return end }
    var place = head
    while instants[place] <= instant { place &+= 1 }
    return place
  }

  private func sum<Figure: AdditiveArithmetic>(
    of column: UnsafeMutablePointer<Figure>, in stretch: Range<Int>
  ) -> Figure {
    var sum = Figure.zero
    for place in stretch { sum += column[place] }
    return sum
  }

  /// What the first transactions of a stretch use together, as far as a block has room for them.
  private struct Sums {
    private(set) var count = 0
    private(set) var gas: UInt64 = 0
    private(set) var bytes: UInt64 = 0
    /// Of their instants, since the first [ns].
    private(set) var since: UInt64 = 0

    @inline(__always)
    init(_ stretch: Range<Int>, of buffer: borrowing TransactionBuffer, in room: Room) {
      let origin = buffer.instants[stretch.lowerBound]
      for place in stretch {
        let (sum, size) = (gas &+ UInt64(buffer.gas[place]), UInt64(buffer.bytes[place]))
        guard sum <= room.gas, size <= room.bytes else { return }
        gas = sum
        bytes &+= size
        since &+= UInt64(truncatingIfNeeded: buffer.instants[place] &- origin)
        count &+= 1
      }
    }
  }
}
