/// What came of executing a block.
struct ExecutedBlock: Hashable {
  /// How many of the first transactions are executed, and thereby in the block.
  var count = 0
  /// What those take on one lane, serial part and all [ns].
  var work: Int64 = 0
  /// What lanes have to do for them, each executed once [ns of lanes].
  var laneWork: Int64 = 0
  /// What of their work runs on one lane at the end [ns].
  var serial: Int64 = 0
  /// When lanes have executed them [ns since the block was begun].
  var lanesEnd: Int64 = 0
  /// The longest chain of conflicts among them, serial part and all [ns].
  var path: Int64 = 0
  /// Executions that began, of those in the block.
  var executions = 0
  /// Executions that were thrown away, of those in the block [ns of lanes].
  var aborted: Int64 = 0
  /// Validations [ns of lanes].
  var validated: Int64 = 0
  /// Executions of transactions that are not in the block after all [ns of lanes].
  var unused: Int64 = 0
  /// Whether more would be in it if lanes were faster.
  var isLimited = false

  /// How long it took [ns].
  var time: Int64 { lanesEnd + serial }
}

/// How much time a block has, and what its end takes.
struct ExecutionLimit {
  /// Transactions that run at a time.
  var lanes: Int
  /// The time that it has [ns].
  var budget: Int64
  /// The share of each transaction's time that comes when all are executed.
  var serialShare: Double
  /// How many times as long a lane takes beside all others as alone.
  var slowdown = 1.0
  /// What one validation takes, as a share of the part of an execution that lanes share.
  var validationShare = 0.0

  /// The part of a transaction's time that comes at the end.
  func serial(_ time: Int64) -> Int64 { Int64((serialShare * Double(time)).rounded()) }

  /// What a lane has to do for it.
  func laneTime(_ time: Int64) -> Int64 {
    slowdown == 1
      ? time - serial(time) : Int64((slowdown * Double(time - serial(time))).rounded())
  }
}
