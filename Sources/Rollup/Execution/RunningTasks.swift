/// What runs on a lane.
struct LaneTask: BitwiseCopyable {
  /// Whose it is.
  var transaction: Int32
  /// Of a validation what it checks, of an execution which one it is, counted from 1.
  var incarnation: Int32 = 0
  /// Of a validation the wave that it belongs to; of an execution nothing.
  var wave: Int32 = LaneTask.executes
  /// When it began and when it ends [ns].
  var begin: Int64 = 0
  var end: Int64 = 0
  /// How many began before it.
  var number: Int = 0

  static let executes: Int32 = -1

  var isExecution: Bool { wave == Self.executes }

  /// Whether it ends first; of those that end together, began first.
  fileprivate func precedes(_ other: LaneTask) -> Bool {
    end != other.end ? end < other.end : number < other.number
  }
}

/// The tasks that run on lanes, the one that ends first on top of a heap.
///
/// All lanes are alike, so only how many are busy matters.
struct RunningTasks {
  private var heap: [LaneTask] = []
  private var started = 0
  private var executions = LaneUse()
  private var validations = LaneUse()

  var count: Int { heap.count }
  var isEmpty: Bool { heap.isEmpty }
  var first: LaneTask? { heap.first }

  /// What lanes have spent on executions through an instant that no task ended after [ns].
  func executed(through now: Int64) -> Int64 { executions.time(through: now) }

  /// The same on validations [ns].
  func validated(through now: Int64) -> Int64 { validations.time(through: now) }

  mutating func removeAll() {
    heap.removeAll(keepingCapacity: true)
    started = 0
    (executions, validations) = (LaneUse(), LaneUse())
  }

  mutating func start(_ task: LaneTask) {
    var task = task
    task.number = started
    started += 1
    if task.isExecution { executions.begin(task) } else { validations.begin(task) }
    heap.append(task)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard task.precedes(heap[parent]) else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = task
  }

  mutating func removeFirst() -> LaneTask {
    let first = heap[0]
    if first.isExecution { executions.end(first) } else { validations.end(first) }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(last) else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = last
    return first
  }
}

/// The time of lanes that tasks have taken.
private struct LaneUse {
  private var ended: Int64 = 0
  private var running: Int64 = 0
  /// The sum of when those began that run [ns].
  private var begins: Int64 = 0

  mutating func begin(_ task: LaneTask) {
    running += 1
    begins += task.begin
  }

  mutating func end(_ task: LaneTask) {
    running -= 1
    begins -= task.begin
    ended += task.end - task.begin
  }

  func time(through now: Int64) -> Int64 { ended + running * now - begins }
}
