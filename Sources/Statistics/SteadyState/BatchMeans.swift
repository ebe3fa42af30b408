/// The mean of one long correlated series, from means of stretches of it, in constant memory.
///
/// Neighbouring observations of one run are alike, so Student's interval over them is far too narrow.
/// Means of long stretches are nearly independent. When there are twice as many as wanted, neighbours
/// are joined and a stretch is twice as long from then on (Schmeiser 1982, Operations Research 30,
/// 556–568: 10 to 30 stretches are enough; Law & Carson 1979 for the doubling).
public struct BatchMeans: Sendable {
  private let fewest: Int
  private var means: [Double] = []
  private var current = Tally()
  /// How many observations make one stretch.
  public private(set) var size = 1

  /// An empty series.
  ///
  /// - Parameter fewest: stretches of a long series: from so many to twice as many, at least 2.
  public init(fewest: Int = 20) {
    precondition(fewest > 1, "an interval takes two stretches")
    self.fewest = fewest
    means.reserveCapacity(2 * fewest)
  }

  /// Adds the next observation.
  public mutating func record(_ value: Double) {
    current.record(value)
    guard current.count == size else { return }
    means.append(current.mean)
    current = Tally()
    if means.count == 2 * fewest { joinNeighbours() }
  }

  private mutating func joinNeighbours() {
    for place in 0..<means.count / 2 {
      means[place] = (means[2 * place] + means[2 * place + 1]) / 2
    }
    means.removeLast(means.count / 2)
    size *= 2
  }

  /// The means of complete stretches; what has come since the last one is left out.
  public var tally: Tally { means.reduce(into: Tally()) { $0.record($1) } }

  /// The correlation of neighbouring stretches, nil for fewer than three: one that is clearly above 0
  /// says that stretches are too short, so that the interval is too narrow.
  ///
  /// Of k independent stretches it is about normal with mean −1/k and standard deviation 1/√k.
  public var neighbourCorrelation: Double? {
    guard means.count > 2, let variance = tally.variance, variance > 0 else { return nil }
    let mean = tally.mean
    let products = zip(means, means.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return products / (variance * Double(means.count - 1))
  }

  /// Student's interval over stretches; nil for fewer than two.
  public func interval(confidence: Double) -> ConfidenceInterval? {
    ConfidenceInterval(meanOf: tally, confidence: confidence)
  }
}
