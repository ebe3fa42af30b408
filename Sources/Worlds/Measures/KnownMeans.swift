import Rollup

// Expectations of measures that follow from the scenario alone; nil where runs do not vary.

extension ArrivalProcess {
  /// Mean arrivals per second: of a Poisson process, those in a window have the mean rate · length.
  var meanIfRandom: Double? {
    switch self {
    case .poisson(let rate): rate
    case .deterministic, .profile, .modulated, .selfExciting, .groups, .counts, .times: nil
    }
  }
}
