import Declarations
import EventKernel

/// Where a run stands in a chain's history; it only goes forward.
struct HistoryReplay {
  private let policy: HistoryPolicy
  private let slot: SimDuration
  /// What to add to the times of blocks to have them from the start of the run.
  private var shift: SimDuration
  private var place: Int
  private let end: Int

  init(_ policy: SettlementPolicy) {
    self.policy = policy.history
    slot = policy.slot
    shift = .zero - policy.history.trace.offset(startingAt: policy.startsAt)
    end = policy.history.trace.blocks.count
    place = policy.history.firstPlace(startingAt: policy.startsAt) ?? end
  }

  /// What the trace says of the next block; nil without a trace and after its end.
  var next: BlockTrace.Block? { place < end ? policy.trace.blocks[place] : nil }

  /// Whether the trace says which slots have blocks.
  var tellsSlots: Bool { policy.isTimed && place < end }

  /// Whether a trace that must not end has ended.
  var isExhausted: Bool { policy.isOn && policy.end == .refuse && place >= end }

  /// Whether others' demand takes over after the next block.
  var handsOver: Bool { policy.end == .demand && place == end - 1 }

  /// Whether the next block comes in the slot at `now`.
  func hasBlock(at now: SimTime) -> Bool {
    next.map { .start + ($0.time + shift) == now } ?? false
  }

  /// Goes on to the next block.
  mutating func advance() {
    guard place < end else { return }
    place += 1
    guard place == end, policy.end == .repeat, let first = policy.trace.blocks.first,
      let last = policy.trace.blocks.last
    else { return }
    place = 0
    shift = shift + (last.time - first.time) + slot
  }
}
