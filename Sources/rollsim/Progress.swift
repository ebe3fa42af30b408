import Foundation
import Synchronization

/// Progress on standard error: a live line on a terminal, a line every few seconds elsewhere.
final class Progress: Sendable {
  private let total: Int
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private let lastShown: Mutex<ContinuousClock.Instant>
  private let before = Atomic(0)

  /// Progress towards `total` runs.
  init(total: Int, isQuiet: Bool) {
    self.total = total
    self.isQuiet = isQuiet
    lastShown = Mutex(start)
  }

  /// Says how many runs were finished before; they tell nothing about the rate.
  func begin(at finished: Int) {
    before.store(finished, ordering: .relaxed)
    if finished > 0, !isQuiet {
      StandardError.write("\(finished) of \(total) runs were finished before\n")
    }
  }

  /// Shows that `finished` runs are done, if it is time to show anything.
  func show(_ finished: Int) {
    guard !isQuiet else { return }
    let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
    let isDue = lastShown.withLock { last in
      let now = ContinuousClock.now
      guard now - last >= interval || finished == total && isTerminal else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let line = text(finished)
    StandardError.write(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
    if isTerminal, finished == total { StandardError.write("\n") }
  }

  private func text(_ finished: Int) -> String {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let rate = Double(finished - before.load(ordering: .relaxed)) / max(seconds, 1e-9)
    let left = Double(total - finished) / max(rate, 1e-9)
    let percent = 100 * finished / max(total, 1)
    return "\(finished) of \(total) runs (\(percent) %), \(rate.readable) runs/s, "
      + "\(left.rounded().readable) s left"
  }
}
