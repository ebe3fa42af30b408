/// Mean, spread and extremes of observations in one pass (Welford 1962).
public struct Tally: Sendable {
  /// The number of observations.
  public private(set) var count = 0
  /// The arithmetic mean of the observations; 0 if there are none.
  public private(set) var mean = 0.0
  private var squares = 0.0
  /// The largest observation; minus infinity if there are none.
  public private(set) var maximum = -Double.infinity

  /// A tally without observations.
  public init() {}

  /// Adds one observation.
  public mutating func record(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
    maximum = max(maximum, value)
  }

  /// Adds the observations of another tally (Chan, Golub & LeVeque 1983, The American Statistician 37,
  /// 242–247); the last bits depend on how observations were split.
  public mutating func add(_ other: Tally) {
    guard other.count > 0 else { return }
    let (mine, others) = (Double(count), Double(other.count))
    let shift = other.mean - mean
    count += other.count
    mean += shift * others / (mine + others)
    squares += other.squares + shift * shift * mine * others / (mine + others)
    maximum = max(maximum, other.maximum)
  }

  /// The sample variance with n − 1 in the denominator; nil for fewer than two observations.
  public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  /// The sample standard deviation; nil for fewer than two observations.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// The mean, or nil if there are no observations.
  public var meanIfAny: Double? { count > 0 ? mean : nil }
}

/// The time integral of a whole number that changes in steps, exact.
public struct TimeIntegral: Sendable {
  /// The number now.
  public private(set) var value: Int = 0
  private var since: Int64 = 0
  private var area: Int128 = 0

  /// A number that is 0 from the start of time.
  public init() {}

  /// Adds `change` to the number at `nanoseconds`, which must not lie before the last change.
  public mutating func add(_ change: Int, at nanoseconds: Int64) {
    area = integral(through: nanoseconds)
    since = nanoseconds
    value += change
  }

  /// Adds several at once by `nanoseconds`, at instants that have the sum `instants`, each counting from its
  /// own; nothing may have changed since the first of them but by this.
  public mutating func add(_ count: Int, atSum instants: UInt128, by nanoseconds: Int64) {
    area = integral(through: nanoseconds) + Int128(count) * Int128(nanoseconds) - Int128(instants)
    since = nanoseconds
    value += count
  }

  /// The integral from the start of time through `nanoseconds` [ns].
  @inline(__always)
  public func integral(through nanoseconds: Int64) -> Int128 {
    precondition(nanoseconds >= since, "time went backwards")
    return area + Int128(value) * Int128(nanoseconds - since)
  }
}
