import Synchronization

/// How far the runs of several threads are together.
final class SweepProgress: Sendable {
  private let done: Mutex<Double>
  private let onProgress: @Sendable (Double) -> Void

  /// - Parameter stored: how many runs were done before.
  init(after stored: Int, _ onProgress: @escaping @Sendable (Double) -> Void) {
    done = Mutex(Double(stored))
    self.onProgress = onProgress
  }

  /// Tells that a run is done to another share than before.
  func advance(from share: inout Double, to passed: Double) {
    let now = done.withLock { done in
      done += passed - share
      // Shares of binary fractions do not add up to one.
      if passed == 1, abs(done - done.rounded()) < 1e-6 { done.round() }
      return done
    }
    share = passed
    onProgress(now)
  }
}
