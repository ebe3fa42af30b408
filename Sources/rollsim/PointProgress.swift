/// Progress over the points of a design, of which a large one takes some seconds to check.
struct PointProgress {
  /// A smaller design is checked before anybody wonders.
  private static let least = 5000
  private let isQuiet: Bool
  private var progress: Progress?

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Shows that so many points of all are done.
  mutating func show(_ done: Int, of total: Int) {
    guard total >= Self.least else { return }
    let progress = progress ?? Progress(total: total, of: "points", isQuiet: isQuiet)
    self.progress = progress
    progress.show(Double(done))
  }
}
