import EventKernel
import Randomness
import Threads

/// Importance splitting with fixed levels and fixed effort: the probability of what is too rare to be
/// waited for.
///
/// Stage k makes `trials` paths. Each starts where a path of stage k − 1 reached level k − 1, goes on
/// with random numbers of its own, and ends at level k or with its run. The product of the shares that
/// reached their level is an unbiased estimate of the probability to reach the top level before the run
/// is over (Garvels and Kroese 1998; Del Moral 2004, theorem 7.4.2). Decision record 30 says why
/// this variant.
///
/// With one level it is plain Monte Carlo.
public struct Splitting: Hashable, Sendable {
  /// Rising; the event happens at the last one [unit of the model's importance].
  public let levels: [Double]
  /// Paths of each stage.
  public let trials: Int
  /// How often the whole splitting is made anew, which tells the spread of the estimate.
  public let repetitions: Int
  /// Where every run ends at the latest.
  public let horizon: SimTime

  /// A splitting at `levels`.
  ///
  /// Good levels are reached from the one below by one path in five or ten; `pilotLevels` finds
  /// some. `trials` should give each repetition a relative standard deviation below a half, and 20
  /// repetitions make Student's interval narrow enough.
  ///
  /// Traps if the levels do not rise, without a path, and with fewer than two repetitions.
  public init(
    levels: [Double], trials: Int = 1000, repetitions: Int = 20, horizon: SimTime = .distantFuture
  ) {
    precondition(levels.first.map { !$0.isNaN } == true, "splitting needs a level")
    precondition(
      zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 }, "the levels \(levels) do not rise")
    precondition(trials > 0, "splitting needs a path for each stage")
    precondition(repetitions > 1, "one repetition says nothing about its spread")
    self.levels = levels
    self.trials = trials
    self.repetitions = repetitions
    self.horizon = horizon
  }

  /// Estimates the probability that a run reaches the top level.
  ///
  /// Its paths are replications 0, 1, 2 … of the seed.
  ///
  /// - Parameters:
  ///   - seed: of all random streams.
  ///   - jobs: threads that work; results do not depend on it.
  ///   - start: makes a simulation at its start, its streams opened with the given seed and
  ///     replication.
  @inlinable
  public func estimate<Model: RareEventModel & ~Copyable>(
    seed: UInt64, jobs: Int = 1,
    start: @Sendable (_ seed: UInt64, _ replication: UInt64) -> Simulation<Model>
  ) -> RareEventEstimate {
    let made = inParallel(repetitions, jobs: jobs) { repetition($0, seed: seed, start: start) }
    return RareEventEstimate(splitting: self, repetitions: made)
  }

  /// Makes repetition `number` of the splitting.
  @inlinable
  public func repetition<Model: RareEventModel & ~Copyable>(
    _ number: Int, seed: UInt64,
    start: (_ seed: UInt64, _ replication: UInt64) -> Simulation<Model>
  ) -> SplittingRepetition {
    var offsets = RandomStream(
      seed: seed, replication: UInt64(number), name: "splitting.entrances")
    var reached: [Int] = []
    var events: UInt64 = 0
    var entrances: [Snapshot<Model>] = []
    for (stage, level) in levels.enumerated() {
      let offset = Int(offsets.uniform() * Double(entrances.count))
      let paths = stage == 0 || !entrances.isEmpty ? trials : 0
      let firstPath = UInt64((number * levels.count + stage) * trials)
      entrances = Snapshot.reaching(level, horizon, of: paths, &events) { trial in
        let replication = firstPath + UInt64(trial)
        guard stage > 0 else { return start(seed, replication) }
        return entrances[evenly: trial, of: trials, offset].simulation.copy(
          drawing: .fresh(seed: seed, replication: replication))
      }
      reached.append(entrances.count)
    }
    return SplittingRepetition(trials: trials, reached: reached, events: events)
  }
}
