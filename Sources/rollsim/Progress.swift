import Foundation
import Synchronization

/// Progress on standard error: a live line on a terminal, a line every few seconds elsewhere.
final class Progress: Sendable {
  private let total: Int
  private let what: String
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state: Mutex<State>

  private struct State {
    var start = ContinuousClock.now
    var lastShown = ContinuousClock.now
    /// What was done at the start.
    var before = 0
  }

  /// Progress towards a number of runs, or of `what` else.
  init(total: Int, of what: String = "runs", isQuiet: Bool) {
    self.total = total
    self.what = what
    self.isQuiet = isQuiet
    state = Mutex(State())
  }

  /// Says how many were finished before, which tell nothing about the rate; it counts from now.
  func begin(at finished: Int) {
    state.withLock { $0 = State(before: finished) }
    if finished > 0, !isQuiet {
      StandardError.write("\(finished) of \(total) \(what) were finished before\n")
    }
  }

  /// Shows that so many are done, if it is time to show anything.
  ///
  /// - Parameter done: with the shares of those that go on.
  func show(_ done: Double) {
    guard !isQuiet else { return }
    let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
    let isEnd = done >= Double(total)
    let now = ContinuousClock.now
    let due = state.withLock { state -> State? in
      guard now - state.lastShown >= interval || isEnd && isTerminal else { return nil }
      state.lastShown = now
      return state
    }
    guard let due else { return }
    let line = ProgressLine(
      total: total, of: what, done: done, before: due.before, after: (now - due.start) / .seconds(1)
    )
    guard isTerminal else { return StandardError.write(line.text + "\n") }
    // The last column stays free: a line that fills it moves on to the next.
    let room = Terminal.width(of: STDERR_FILENO).map { $0 - 1 }
    StandardError.write("\r\u{1B}[K\(line.text(within: room))" + (isEnd ? "\n" : ""))
  }
}

/// What is said of how far something is.
struct ProgressLine {
  private let parts: [String]

  /// - Parameters:
  ///   - done: how many of all, with the shares of those that go on.
  ///   - before: how many were done at the beginning.
  ///   - seconds: the time since the beginning.
  init(total: Int, of what: String, done: Double, before: Int, after seconds: Double) {
    let rate = (done - Double(before)) / max(seconds, 1e-9)
    let share = "\(Int(100 * done / Double(max(total, 1)))) %"
    let count = total == 1 ? share : "\(share), \(Int(done)) of \(total) \(what)"
    let left = rate > 0 ? Duration.words(max(0, Double(total) - done) / rate) : "unknown time"
    let one = what.hasSuffix("s") ? String(what.dropLast()) : what
    let speed =
      rate >= 1 || rate <= 0
      ? "\(rate.rounded(to: 3)) \(what)/s" : "\(Duration.words(1 / rate)) per \(one)"
    parts = [count, "\(left) left", speed]
  }

  /// All of it.
  var text: String { parts.joined(separator: ", ") }

  /// As much of it as a line of some columns has room for, the most wanted first.
  func text(within width: Int?) -> String {
    guard let width else { return text }
    for count in (1...parts.count).reversed() {
      let text = parts.prefix(count).joined(separator: ", ")
      if text.count <= width { return text }
    }
    return String(parts[0].prefix(max(width, 0)))
  }
}
