import EventKernel

/// One thing that happened in a run, at an instant or over a time.
struct TraceEntry {
  /// How it stands with it.
  enum State: String {
    /// It takes no time.
    case instant
    /// It came to its end.
    case done
    /// A re-org took it back.
    case dropped
    /// It had not ended when the recording did.
    case open
  }

  /// Its number, in the order of beginning as the run goes on.
  let id: Int
  /// The entry within which it lies, on the same track.
  let parent: Int?
  let kind: TraceKind
  let track: TraceTrack
  /// The rollup that it is about, by its place in the scenario.
  let rollup: Int?
  /// The number of the slot, block, batch, claim, deposit or terms that it is about.
  let number: Int?
  let begin: SimTime
  /// Equal to `begin` for an instant.
  var end: SimTime
  var state: State
  var details: [TraceDetail]
  /// What passes through it.
  var cargo: [Cargo]

  /// A text among its details; nil without it.
  func detail(_ column: TraceDetail.Column) -> String? {
    details.first { $0.column == column }?.value.text
  }
}

/// Batches or a transaction that pass through an entry: what a flow follows.
enum Cargo: Hashable {
  /// A batch that collects blocks.
  case batch(Int, of: Int)
  /// Batches that are closed, with the transactions in them that are followed.
  case batches(Range<Int>, of: Int)
  /// A transaction that is followed: the first one of a block of a batch.
  case transaction(block: Int, ofBatch: Int, of: Int, at: SimTime)
}
