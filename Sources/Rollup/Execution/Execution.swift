import EventKernel
import Randomness

/// The machine of the sequencer that executes the transactions of a block.
///
/// A block has so much time; it takes transactions in their order until their execution no longer fits, and the rest
/// waits. What fits follows from gas, the speed of a lane, how many lanes there are, and who conflicts with whom.
public struct Execution: ~Copyable {
  /// What the scenario says about execution.
  public let policy: Policy
  /// What measures are made of.
  public private(set) var record: ExecutionRecord

  private let limit: ExecutionLimit
  private var candidates: Candidates
  /// How many of them the block at hand may have.
  private var offered = 0
  /// What those take that it may have, of lanes [ns].
  private var offeredTime: Int64 = 0
  private var graph = ConflictGraph()
  private var optimistic = OptimisticExecution()
  private var declared = DeclaredExecution()

  /// A machine that has done nothing.
  ///
  /// - Parameters:
  ///   - interval: the time between blocks.
  ///   - window: in which blocks are measured.
  public init(
    _ policy: Policy, every interval: SimDuration, window: Range<SimTime>, _ streams: StreamSource
  ) {
    self.policy = policy
    limit = ExecutionLimit(
      lanes: policy.lanesInUse, budget: policy.budget(of: interval),
      serialShare: 1 - policy.parallelShare, slowdown: policy.slowdown,
      validationShare: policy.mode == .optimistic ? policy.validationShare : 0)
    candidates = Candidates(policy.access, streams)
    record = ExecutionRecord(lanes: policy.lanesInUse, window: window)
  }

  // MARK: One block

  /// Begins a block.
  mutating func begin() { (offered, offeredTime) = (0, 0) }

  /// Offers the next transaction to the block.
  ///
  /// - Returns: whether it may have more: beyond what all lanes can do in its time there is no need to look.
  mutating func offer(_ transaction: Transaction) -> Bool {
    candidates.place(
      transaction, at: offered, limit, time: policy.time(of: transaction.gas))
    offeredTime += candidates.laneTimes[offered]
    offered += 1
    return offeredTime <= Int64(limit.lanes) * limit.budget
  }

  /// Executes what was offered.
  ///
  /// - Returns: how many of the first transactions the block has.
  mutating func run(at instant: SimTime) -> Int {
    candidates.keep(first: offered)
    let block = execute()
    candidates.remove(first: block.count)
    if offered > 0 { record.add(block, at: instant) }
    isLimiting = block.isLimited
    return block.count
  }

  /// Whether the last block would have had more transactions if lanes were faster.
  public private(set) var isLimiting = false

  private mutating func execute() -> ExecutedBlock {
    graph.build(
      candidates, first: offered, keepsVersions: policy.mode == .optimistic,
      linksLater: policy.mode == .declared)
    var block =
      switch policy.mode {
      case .optimistic: optimistic.run(candidates, graph, limit)
      case .declared: declared.run(candidates, graph, limit)
      case .serial, .unlimited: inOrder()
      }
    block.path = block.count > 0 ? graph.longestPath[block.count - 1] + block.serial : 0
    return block
  }

  /// Executes one after the other.
  private func inOrder() -> ExecutedBlock {
    var block = ExecutedBlock()
    var now: Int64 = 0
    for (place, time) in candidates.times.enumerated() {
      now += time
      guard block.commit(while: { $0 <= place }, candidates, limit, at: now) else { break }
    }
    block.executions = block.count
    return block
  }
}

extension Execution: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Execution { Execution(copying: self, draws) }

  private init(copying other: borrowing Execution, _ draws: Draws) {
    policy = other.policy
    record = other.record
    limit = other.limit
    candidates = other.candidates.copy(drawing: draws)
    isLimiting = other.isLimiting
    offered = other.offered
    offeredTime = other.offeredTime
    // What a block needs while it is executed is made anew with each.
    graph = ConflictGraph()
    optimistic = OptimisticExecution()
    declared = DeclaredExecution()
  }
}
