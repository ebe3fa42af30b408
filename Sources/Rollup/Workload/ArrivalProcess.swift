import Declarations
import EventKernel

/// When transactions arrive.
public enum ArrivalProcess: Hashable, Sendable {
  /// Independent arrivals at a rate [1/s].
  case poisson(rate: Double)
  /// One arrival every 1/rate seconds, the first after that time [1/s].
  case deterministic(rate: Double)
  /// Independent arrivals at a rate that follows the day and the week.
  case profile(DailyProfile)
  /// Independent arrivals at a rate that jumps between two values.
  case modulated(ModulatedArrivals)
  /// Arrivals that bring others: bursts.
  case selfExciting(SelfExcitingArrivals)
  /// Arrivals in groups, all of a group at one instant.
  case groups(GroupedArrivals)
  /// As many in each interval as a file says, independent of each other within it.
  case counts(DemandTrace)
  /// At the times that a file says.
  case times(DemandTrace)

  /// Mean arrivals per second in the long run.
  public var rate: Double {
    switch self {
    case .poisson(let rate), .deterministic(let rate): rate
    case .profile(let profile): profile.rate
    case .modulated(let process): process.rate
    case .selfExciting(let process): process.rate
    case .groups(let process): process.rate
    case .counts(let trace), .times(let trace): trace.meanRate
    }
  }

  /// The highest rate that lasts for a while [1/s].
  var highestRate: Double {
    switch self {
    case .profile(let profile): profile.highestRate
    case .modulated(let process): process.rates.burst
    case .counts(let trace): trace.highestRate
    default: rate
    }
  }

  /// Whether arrivals, given their number in a short time, have a known law of the number in any part of it.
  ///
  /// Arrivals that bring others have none that is simple. Of times in a file the number is known, and not
  /// whether some are so close together that they fill a block.
  public var isCountable: Bool {
    switch self {
    case .poisson, .deterministic, .profile, .modulated, .groups, .counts: true
    case .selfExciting, .times: false
    }
  }

  /// The groups, where arrivals come in some.
  var grouped: GroupedArrivals? {
    if case .groups(let process) = self { process } else { nil }
  }

  /// How many arrive at one instant, on average.
  public var groupSize: Double { grouped?.size ?? 1 }

  /// Whether each comes at the same time after the one before.
  var isRegular: Bool { if case .deterministic = self { true } else { false } }

  /// What scenarios call it.
  public var name: String {
    switch self {
    case .poisson: "poisson"
    case .deterministic: "deterministic"
    case .profile: "profile"
    case .modulated: "modulated"
    case .selfExciting: "self_exciting"
    case .groups: "groups"
    case .counts: "counts"
    case .times: "times"
    }
  }
}

extension DemandTrace {
  /// What a file of arrivals says of the mean rate, from its first time to its last [1/s]; zero for none.
  var meanRate: Double {
    guard let first = steps.first, let last = steps.last, first.time < last.time else { return 0 }
    return steps.dropLast().reduce(0) { $0 + $1.factor } / (last.time - first.time).seconds
  }

  /// The rate of the interval that has most [1/s].
  var highestRate: Double {
    zip(steps, steps.dropFirst()).reduce(0) { most, rows in
      max(most, rows.0.factor / (rows.1.time - rows.0.time).seconds)
    }
  }
}
