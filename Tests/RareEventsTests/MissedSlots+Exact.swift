import EventKernel

extension MissedSlots {
  /// The last of so many slots.
  static func horizon(slots: Int) -> SimTime { .start + .seconds(12) * Int64(slots) }

  /// The probability of `run` missed slots in a row among `slots`: the Markov chain of the run, whose
  /// distribution is carried from slot to slot.
  static func probability(of run: Int, share: Double, slots: Int) -> Double {
    var distribution = [1.0] + [Double](repeating: 0, count: run)
    for _ in 0..<slots {
      let reached = distribution[run]
      let hit = distribution[..<run].reduce(0, +) * (1 - share)
      distribution = [hit] + distribution[..<run].map { $0 * share }
      distribution[run] += reached
    }
    return distribution[run]
  }
}
