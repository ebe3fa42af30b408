import EventKernel

/// The ways of batches and transactions from track to track: what a viewer draws arrows along.
struct Flows {
  /// What is followed: a batch, or the first transaction of one of its blocks.
  struct Subject: Hashable {
    let rollup: Int
    let batch: Int
    let block: Int?
  }

  /// A place on a way.
  struct Step {
    /// The place of the entry in the trace.
    let entry: Int
    /// An instant of it.
    let time: SimTime
  }

  /// The ways with at least two steps, in the order of their beginning.
  private(set) var all: [(subject: Subject, steps: [Step])] = []

  /// The ways through entries that are in the order of their beginning.
  init(_ entries: [TraceEntry]) {
    let followed = Self.followed(entries)
    var places: [Subject: Int] = [:]
    for (index, entry) in entries.enumerated() where entry.state != .instant {
      for (subject, time) in Self.passing(entry, followed) {
        let place = places[subject] ?? all.count
        if place == all.count {
          places[subject] = place
          all.append((subject, []))
        }
        all[place].steps.append(Step(entry: index, time: time))
      }
    }
    all.removeAll { $0.steps.count < 2 }
    for place in all.indices { all[place].steps.sort { $0.time < $1.time } }
  }

  /// The transactions of each batch that are followed.
  private static func followed(_ entries: [TraceEntry]) -> [Subject: [Subject]] {
    var followed: [Subject: [Subject]] = [:]
    for entry in entries where entry.kind == .transaction {
      for case .transaction(let block, let batch, let rollup, _) in entry.cargo {
        followed[Subject(rollup: rollup, batch: batch, block: nil), default: []].append(
          Subject(rollup: rollup, batch: batch, block: block))
      }
    }
    return followed
  }

  /// What passes through an entry, each at an instant of it.
  private static func passing(
    _ entry: TraceEntry, _ followed: [Subject: [Subject]]
  ) -> [(Subject, SimTime)] {
    entry.cargo.flatMap { cargo -> [(Subject, SimTime)] in
      switch cargo {
      case .batch(let batch, let rollup):
        return [(Subject(rollup: rollup, batch: batch, block: nil), entry.begin)]
      case .batches(let batches, let rollup):
        return batches.flatMap { batch in
          let subject = Subject(rollup: rollup, batch: batch, block: nil)
          return ([subject] + (followed[subject] ?? [])).map { ($0, entry.begin) }
        }
      case .transaction(let block, let batch, let rollup, let sealedAt):
        // It enters a batch later than that begins.
        let time = entry.kind == .batch ? min(sealedAt, entry.end) : entry.begin
        return [(Subject(rollup: rollup, batch: batch, block: block), time)]
      }
    }
  }
}
