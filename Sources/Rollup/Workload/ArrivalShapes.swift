import EventKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A rate that follows the hour of the day and differs on weekends, constant within each hour.
///
/// The hours are of Coordinated Universal Time, by the clock of the settlement chain.
public struct DailyProfile: Hashable, Sendable {
  /// Mean over a week [1/s].
  public var rate: Double
  /// How far the highest hour of a day lies above its mean, and the lowest below: from 0 to 1.
  public var swing = 0.5
  /// When the highest hour begins, from midnight.
  public var peak = SimDuration.hours(15)
  /// The rate of a day of the weekend, as a share of that of a weekday.
  public var weekend = 1.0

  /// A profile with this mean [1/s].
  public init(rate: Double) { self.rate = rate }

  /// The rate in an hour [1/s].
  ///
  /// - Parameter hour: whole hours since 1970, which began on a Thursday.
  public func rate(inHour hour: Int64) -> Double {
    let (day, hourOfDay) = hour.quotientAndRemainder(dividingBy: 24)
    let isWeekend = [2, 3].contains(day % 7)
    let ofDay = 1 + swing * cos(.pi * Double(hourOfDay - peak.wholeSeconds / 3600) / 12)
    return rate * ofDay * (isWeekend ? weekend : 1) * 7 / (5 + 2 * weekend)
  }

  var highestRate: Double { rate * (1 + swing) * 7 / (5 + 2 * weekend) * max(1, weekend) }
}

/// A Poisson process whose rate jumps between calm and burst (a two-state Markov-modulated Poisson
/// process).
///
/// Source: Fischer and Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook",
/// Performance Evaluation 18 (1993).
public struct ModulatedArrivals: Hashable, Sendable {
  /// Mean over time [1/s].
  public var rate: Double
  /// The rate in a burst, as a multiple of that in calm.
  public var burst = 10.0
  /// Mean length of a calm: it is exponential.
  public var calmTime = SimDuration.seconds(3000)
  /// Mean length of a burst.
  public var burstTime = SimDuration.seconds(300)

  /// A process with this mean [1/s].
  public init(rate: Double) { self.rate = rate }

  /// The share of time in bursts.
  public var burstShare: Double { burstTime.seconds / (calmTime.seconds + burstTime.seconds) }

  /// The rates in calm and in a burst [1/s].
  public var rates: (calm: Double, burst: Double) {
    let calm = rate / (1 + (burst - 1) * burstShare)
    return (calm, burst * calm)
  }

  /// The variance of the number of arrivals in a time [s]: λT + 2 p (1 − p) (r₁ − r₀)² (T/κ −
  /// (1 − e^{−κT}) / κ²), with κ the sum of the rates of the two jumps.
  public func variance(over time: Double) -> Double {
    let jumps = 1 / calmTime.seconds + 1 / burstTime.seconds
    let (calm, burst) = rates
    let spread = burstShare * (1 - burstShare) * (burst - calm) * (burst - calm)
    return rate * time
      + 2 * spread * (time / jumps - (1 - exp(-jumps * time)) / (jumps * jumps))
  }
}

/// A Hawkes process: each arrival raises the rate, which falls back exponentially.
///
/// Source: Hawkes, "Spectra of some self-exciting and mutually exciting point processes", Biometrika 58
/// (1971).
public struct SelfExcitingArrivals: Hashable, Sendable {
  /// Mean over time [1/s].
  public var rate: Double
  /// How many arrivals one brings by itself, on average: from 0 to 0.99.
  public var offspring = 0.5
  /// The time in which the rate that an arrival brings falls to a share of 1/e.
  public var decay = SimDuration.seconds(30)

  /// A process with this mean [1/s].
  public init(rate: Double) { self.rate = rate }

  /// The rate without what arrivals bring [1/s].
  public var baseline: Double { rate * (1 - offspring) }
}

/// Groups of arrivals: a Poisson process of groups, each with a geometric number of arrivals.
public struct GroupedArrivals: Hashable, Sendable {
  /// Mean arrivals per second [1/s].
  public var rate: Double
  /// Mean arrivals of a group, at least 1.
  public var size = 10.0

  /// A process with this mean [1/s].
  public init(rate: Double) { self.rate = rate }

  /// The variance of the number of arrivals in a time [s]: that of a compound Poisson law, whose groups
  /// have the second moment m (2m − 1).
  public func variance(over time: Double) -> Double { rate * time * (2 * size - 1) }

  /// How many arrivals a time can have on average whose number stays below a limit but for a probability of
  /// e^−35, 6e-16; zero where a single group is too many with more than that.
  ///
  /// Of g groups on average, with sizes below the exponential law of their mean m in convex order, Chernoff's
  /// bound of more than n arrivals is exp(−(√(n / m) − √g)²).
  func quietMean(below limit: Double) -> Double {
    let groups = max((limit / size).squareRoot() - 35.0.squareRoot(), 0)
    return size * groups * groups
  }
}
