/// A statistic and its interval.
public struct Estimate: Equatable, Sendable {
  /// Its value on the whole sample.
  public let value: Double
  /// Its bootstrap interval; nil where there are too few units to draw from.
  public let interval: ConfidenceInterval?
}
