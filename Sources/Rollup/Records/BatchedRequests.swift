import EventKernel

/// What a user asks of a rollup, by a transaction that comes into its blocks, its batches and its claims.
protocol BatchedRequest {
  /// When a block of the rollup has it.
  var softAt: SimTime { get }
  /// The batch that has it; beyond all before one has.
  var batch: Int { get set }
  /// The wrong claim by which alone it exists; nil of a true one.
  var fakeClaim: Int? { get }
  /// Whether nobody will be paid for it any more.
  var isOver: Bool { get }
}

/// Requests that are not done, numbered in the order of asking; their numbers count up with those of batches.
struct BatchedRequests<Request: BatchedRequest> {
  private var queue = FIFOQueue<Request>()
  /// Those before this one are in a batch that is closed.
  private var firstNotInBatch = 0
  /// The batch behind the last that a claim covers.
  private var firstNotClaimed = 0
  /// When the last block was sealed.
  private var lastSeal = SimTime.start
  /// Batches whose data has become final with this block.
  private var settled: [Int] = []

  var isEmpty: Bool { queue.isEmpty }
  var indices: Range<Int> { queue.indices }
  var head: Request? { queue.head }

  subscript(number: Int) -> Request {
    get { queue[number] }
    set { queue[number] = newValue }
  }

  /// Takes a request.
  ///
  /// - Returns: its number.
  mutating func append(_ request: Request) -> Int { queue.append(request) }

  mutating func removeFirst() { queue.removeFirst() }

  /// A block is sealed.
  mutating func seal(at now: SimTime) { lastSeal = now }

  /// A batch is closed that has all blocks so far.
  mutating func close(batch: Int) {
    while firstNotInBatch < queue.indices.upperBound {
      guard !queue.indices.contains(firstNotInBatch) || queue[firstNotInBatch].softAt <= lastSeal
      else { return }
      if queue.indices.contains(firstNotInBatch) { queue[firstNotInBatch].batch = batch }
      firstNotInBatch += 1
    }
  }

  /// Claims cover the batches before this one.
  mutating func claim(through batch: Int) { firstNotClaimed = max(firstNotClaimed, batch) }

  /// Whether one waits for a batch, or for a claim.
  var awaitClaims: Bool {
    firstNotInBatch < queue.indices.upperBound
      || !queue.isEmpty && queue[queue.indices.upperBound - 1].batch >= firstNotClaimed
  }

  /// The block with the data of a batch is final.
  mutating func settle(batch: Int) { settled.append(batch) }

  /// The batches of which that is so since the last time.
  mutating func takeSettled() -> [Int] {
    defer { settled.removeAll(keepingCapacity: true) }
    return settled
  }

  /// Those that a wrong claim alone says to exist, and that are not over.
  func fakes(of claim: Int) -> [Int] {
    queue.indices.filter { queue[$0].fakeClaim == claim && !queue[$0].isOver }
  }

  /// Those that batches have.
  func requests(in batches: Range<Int>) -> Range<Int> {
    first(from: batches.lowerBound)..<first(from: batches.upperBound)
  }

  /// The first of those whose batch is at least this one.
  private func first(from batch: Int) -> Int {
    var (low, high) = (queue.indices.lowerBound, queue.indices.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if queue[middle].batch < batch { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
