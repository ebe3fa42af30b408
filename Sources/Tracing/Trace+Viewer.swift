import EventKernel
import Results

// A trace in the Trace Event Format, which Perfetto and Chrome's own viewer read.
// Source: "Trace Event Format", catapult project.

extension Trace {
  /// What a file with such a trace begins with.
  public static let viewerMark = "{\"otherData\":{\"program\":\"rollsim trace\"}"

  /// Writes the trace as JSON: names of tracks, then entries in the order of their beginning, then the
  /// flows that connect them.
  public func writeForViewer(_ write: (String) throws -> Void) rethrows {
    let lanes = Lanes(entries)
    let places = Places(lanes, owners)
    try write(Self.viewerMark + ",\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n")
    try write(names(lanes, places).map(\.line).joined(separator: ",\n"))
    for entry in entries {
      let place = places[lanes.lane(of: entry)]
      for event in events(of: entry) { try write(",\n" + place.with(event).line) }
    }
    for (id, flow) in Flows(entries).all.enumerated() {
      for event in events(of: flow.subject, flow.steps, id: id, lanes, places) {
        try write(",\n" + event.line)
      }
    }
    try write("\n]}\n")
  }

  // MARK: Tracks

  /// The numbers of processes and threads: where an event is.
  ///
  /// No thread has the number of a process, which viewers would call its main thread.
  private struct Places {
    private var numbers: [Lanes.Lane: JSON] = [:]

    init(_ lanes: Lanes, _ owners: [TraceTrack.Owner]) {
      for (process, owner) in owners.enumerated() {
        for lane in lanes.lanes(of: owner) {
          numbers[lane] = [
            "pid": .integer(process + 1), "tid": .integer(owners.count + numbers.count + 1),
          ]
        }
      }
    }

    subscript(lane: Lanes.Lane) -> JSON {
      guard let place = numbers[lane] else { preconditionFailure("a track without a number") }
      return place
    }
  }

  private func names(_ lanes: Lanes, _ places: Places) -> [JSON] {
    owners.enumerated().flatMap { process, owner -> [JSON] in
      let all = lanes.lanes(of: owner)
      let ofProcess: JSON = ["pid": .integer(process + 1), "tid": 0]
      let name = ofProcess.with(Self.metadata("process_name", ["name": .string(title(of: owner))]))
      let order = ofProcess.with(
        Self.metadata("process_sort_index", ["sort_index": .integer(process)]))
      return [name, order]
        + all.enumerated().flatMap { index, lane -> [JSON] in
          [
            places[lane].with(Self.metadata("thread_name", ["name": .string(Self.name(of: lane))])),
            places[lane].with(
              Self.metadata("thread_sort_index", ["sort_index": .integer(index)])),
          ]
        }
    }
  }

  private func title(of owner: TraceTrack.Owner) -> String {
    switch owner {
    case .settlement: "settlement chain"
    case .rollup, .service: name(of: owner)
    }
  }

  private static func name(of lane: Lanes.Lane) -> String {
    lane.index == 0 ? lane.track.part.name : "\(lane.track.part.name) \(lane.index + 1)"
  }

  private static func metadata(_ name: String, _ arguments: JSON) -> JSON {
    ["ph": "M", "ts": 0, "name": .string(name), "args": arguments]
  }

  // MARK: Entries

  private func events(of entry: TraceEntry) -> [JSON] {
    let kind: JSON =
      entry.state == .instant
      ? ["ph": "i", "s": "t"] : ["ph": "X", "dur": Self.micros(entry.end - entry.begin)]
    let event = kind.with([
      "ts": Self.micros(entry.begin - .start), "name": .string(Self.title(of: entry)),
      "cat": .string(entry.kind.rawValue), "args": arguments(of: entry),
    ])
    return [event] + counters(of: entry)
  }

  private static func title(of entry: TraceEntry) -> String {
    if entry.kind == .inclusion || entry.kind == .finality { return entry.kind.title }
    let word = entry.kind == .hostTransaction ? entry.detail(.carries) : nil
    let title = (word ?? entry.kind.title).replacing("_", with: " ")
    return entry.number.map { "\(title) \($0)" } ?? title
  }

  private func arguments(of entry: TraceEntry) -> JSON {
    let rollup: [JSON.Member] =
      entry.rollup == entry.track.rollup
      ? [] : entry.rollup.map { [.init(key: "rollup", value: .string(name(ofRollup: $0)))] } ?? []
    let details = entry.details.map {
      JSON.Member(key: $0.column.rawValue, value: $0.value.json)
    }
    let state = JSON.Member(key: "state", value: .string(entry.state.rawValue))
    return .object(rollup + details + (entry.state == .instant ? [] : [state]))
  }

  /// The fees and the use of a block, as curves.
  private func counters(of entry: TraceEntry) -> [JSON] {
    guard entry.kind == .slot else { return [] }
    let curves: [(String, TraceDetail.Column)] = [
      ("base fee [wei/gas]", .baseFee), ("blob base fee [wei/gas]", .blobBaseFee),
      ("gas used", .gas), ("blobs", .blobs),
    ]
    return curves.compactMap { name, column in
      entry.details.first { $0.column == column }.map {
        [
          "ph": "C", "ts": Self.micros(entry.begin - .start), "name": .string(name),
          "args": ["value": $0.value.json],
        ]
      }
    }
  }

  // MARK: Flows

  private func events(
    of subject: Flows.Subject, _ steps: [Flows.Step], id: Int, _ lanes: Lanes, _ places: Places
  ) -> [JSON] {
    let kind = subject.block == nil ? "batch" : "transaction"
    let batch = "batch \(subject.batch) of \(self.name(ofRollup: subject.rollup))"
    let name = subject.block.map { "transaction \($0) of \(batch)" } ?? batch
    return steps.enumerated().map { index, step in
      let phase = index == 0 ? "s" : index == steps.count - 1 ? "f" : "t"
      let event: JSON = [
        "ph": .string(phase), "ts": Self.micros(step.time - .start), "id": .integer(id),
        "name": .string(name), "cat": .string("flow_\(kind)"),
      ]
      // A flow ends in the slice around it, and not in the next one.
      let binding: JSON = phase == "f" ? ["bp": "e"] : .object([])
      return places[lanes.lane(of: entries[step.entry])].with(event).with(binding)
    }
  }

  /// A time in the unit of the format, to the nanosecond.
  private static func micros(_ duration: SimDuration) -> JSON {
    .number(Double(duration.nanoseconds) / 1000)
  }
}
