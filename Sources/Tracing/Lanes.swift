import EventKernel

/// The threads on which a viewer shows entries: as many for each track as entries on it overlap.
///
/// Slices of one thread have to lie within each other or apart, so each entry takes the first thread of
/// its track that is free, and its parts lie on the same one.
struct Lanes {
  /// A thread of a trace.
  struct Lane: Hashable {
    let track: TraceTrack
    /// Its number among those of its track.
    let index: Int
  }

  private var laneOf: [Int: Lane] = [:]
  private var busyUntil: [TraceTrack: [SimTime]] = [:]

  /// Lanes for entries in the order of their beginning.
  init(_ entries: [TraceEntry]) {
    for entry in entries where entry.parent == nil {
      var lanes = busyUntil[entry.track] ?? []
      let index = lanes.firstIndex { $0 <= entry.begin } ?? lanes.count
      if index == lanes.count { lanes.append(entry.end) }
      lanes[index] = max(lanes[index], entry.end)
      busyUntil[entry.track] = lanes
      laneOf[entry.id] = Lane(track: entry.track, index: index)
    }
  }

  /// The thread of an entry.
  func lane(of entry: TraceEntry) -> Lane {
    laneOf[entry.parent ?? entry.id] ?? Lane(track: entry.track, index: 0)
  }

  /// The threads of an owner, in the order in which they are shown.
  func lanes(of owner: TraceTrack.Owner) -> [Lane] {
    TraceTrack.Part.allCases.map { TraceTrack($0, of: owner) }.flatMap { track in
      (busyUntil[track] ?? []).indices.map { Lane(track: track, index: $0) }
    }
  }
}
