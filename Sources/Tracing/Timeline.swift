import EventKernel
import Results

/// The entries of a trace while a run goes on: what has ended within the window, and what is open.
struct Timeline {
  /// What is recorded: whatever reaches into this.
  let window: ClosedRange<SimTime>
  /// More entries than this are not held.
  let limit: Int
  private(set) var entries: [TraceEntry] = []
  private var open: [Int: TraceEntry] = [:]
  private var count = 0
  /// What changed since the words were taken last, in words.
  private var words: [String] = []
  private let isLogged: Bool

  init(window: ClosedRange<SimTime>, limit: Int, isLogged: Bool) {
    (self.window, self.limit, self.isLogged) = (window, limit, isLogged)
  }

  /// Whether it holds as much as it may.
  var isFull: Bool { entries.count + open.count > limit }

  /// Begins something that takes time.
  ///
  /// - Returns: its number, by which it is ended.
  mutating func begin(
    _ kind: TraceKind, _ number: Int?, on track: TraceTrack, rollup: Int? = nil,
    in parent: Int? = nil, at begin: SimTime, cargo: [Cargo] = [], _ details: [TraceDetail] = []
  ) -> Int {
    let entry = TraceEntry(
      id: count, parent: parent, kind: kind, track: track, rollup: rollup ?? track.rollup,
      number: number, begin: begin, end: begin, state: .open, details: details, cargo: cargo)
    count += 1
    open[entry.id] = entry
    say(entry, "+", details)
    return entry.id
  }

  /// Ends something that takes time.
  mutating func end(
    _ id: Int, at end: SimTime, as state: TraceEntry.State = .done, _ details: [TraceDetail] = []
  ) {
    guard var entry = open.removeValue(forKey: id) else {
      preconditionFailure("entry \(id) of a trace ends twice")
    }
    (entry.end, entry.state) = (end, state)
    entry.details += details
    say(entry, state == .dropped ? "dropped " : "-", details)
    keep(entry)
  }

  /// Adds to what is said of something that is open.
  mutating func add(_ cargo: [Cargo], to id: Int) { open[id]?.cargo += cargo }

  /// Notes something that takes no time.
  mutating func note(
    _ kind: TraceKind, _ number: Int? = nil, on track: TraceTrack, rollup: Int? = nil,
    in parent: Int? = nil, at now: SimTime, cargo: [Cargo] = [], _ details: [TraceDetail] = []
  ) {
    let entry = TraceEntry(
      id: count, parent: parent, kind: kind, track: track, rollup: rollup ?? track.rollup,
      number: number, begin: now, end: now, state: .instant, details: details, cargo: cargo)
    count += 1
    say(entry, "", details)
    keep(entry)
  }

  private mutating func keep(_ entry: TraceEntry) {
    if entry.end >= window.lowerBound, entry.begin <= window.upperBound { entries.append(entry) }
  }

  /// Takes over what is open when the run ends, and puts all in the order of their beginning.
  mutating func finish(at now: SimTime) {
    for var entry in open.values.sorted(by: { $0.id < $1.id }) {
      entry.end = max(now, entry.begin)
      keep(entry)
    }
    open = [:]
    entries.sort { ($0.begin, $0.id) < ($1.begin, $1.id) }
  }

  // MARK: Words

  private mutating func say(_ entry: TraceEntry, _ sign: String, _ details: [TraceDetail]) {
    guard isLogged else { return }
    var text = sign + entry.kind.rawValue
    if let carries = entry.detail(.carries), entry.kind == .hostTransaction {
      text += " \(carries)"
    }
    if let number = entry.number { text += " \(number)" }
    let values = details.filter { $0.column != .carries }
    if !values.isEmpty {
      let list = values.map { "\($0.column.rawValue)=\($0.value.text)" }
      text += " (" + list.joined(separator: ", ") + ")"
    }
    words.append(text)
  }

  /// What changed since this was asked last.
  mutating func takeWords() -> String {
    defer { words.removeAll(keepingCapacity: true) }
    return words.joined(separator: "; ")
  }
}

extension TraceTrack {
  /// The rollup whose track it is; nil for the settlement chain and services.
  var rollup: Int? {
    if case .rollup(let place) = owner { place } else { nil }
  }
}
