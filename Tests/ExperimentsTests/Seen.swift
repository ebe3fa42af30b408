import Synchronization

/// Numbers that several threads report.
final class Seen: Sendable {
  private let numbers = Mutex<[Double]>([])

  func add(_ number: Double) { numbers.withLock { $0.append(number) } }

  var sorted: [Double] { numbers.withLock { $0.sorted() } }
}
