import EventKernel
import Randomness

extension Splitting {
  /// Levels up to `top`, each of which about `share` of the paths from the one below reaches.
  ///
  /// A pilot run puts each level at a quantile of the highest importance of its paths, as adaptive
  /// splitting does (Cérou and Guyader 2007). It draws other random numbers than the estimate, which
  /// therefore stays unbiased. Where the importance has few values, shares differ from what is asked.
  /// If no path gets further, or after 200 levels, `top` comes at once.
  ///
  /// - Parameters:
  ///   - trials: paths of each stage of the pilot.
  ///   - start: makes a simulation at its start, as for the estimate.
  @inlinable
  public static func pilotLevels<Model: RareEventModel & ~Copyable>(
    upTo top: Double, share: Double = 0.15, trials: Int = 1000, horizon: SimTime = .distantFuture,
    seed: UInt64, start: (_ seed: UInt64, _ replication: UInt64) -> Simulation<Model>
  ) -> [Double] {
    precondition(0 < share && share < 1 && trials > 0, "a pilot needs paths and a share of them")
    var levels: [Double] = []
    var entrances: [Snapshot<Model>] = []
    var events: UInt64 = 0
    while levels.count < 200 {
      func path(_ trial: Int) -> Simulation<Model> {
        // From the other end than the paths of an estimate.
        let replication = (UInt64.max >> 1) - UInt64(levels.count * trials + trial)
        guard !levels.isEmpty else { return start(seed, replication) }
        return entrances[evenly: trial, of: trials, entrances.count / 2].simulation.copy(
          drawing: .fresh(seed: seed, replication: replication))
      }
      let highest = (0..<trials).map { trial in
        var simulation = path(trial)
        return simulation.highestImportance(upTo: top, through: horizon)
      }
      guard let level = level(of: highest, share: share, above: levels.last), level < top else {
        break
      }
      // The same numbers, hence the same paths.
      entrances = Snapshot.reaching(level, horizon, of: trials, &events, path: path)
      levels.append(level)
    }
    return levels + [top]
  }

  /// The highest level that `share` of the paths reach, or the lowest one above the last level.
  @usableFromInline
  static func level(of highest: [Double], share: Double, above last: Double?) -> Double? {
    let advanced = highest.sorted(by: >).prefix { $0 > last ?? -.infinity }
    let wanted = max(Int(share * Double(highest.count)), 1)
    return wanted <= advanced.count ? advanced[wanted - 1] : advanced.last
  }
}

extension Simulation where Model: RareEventModel & ~Copyable {
  /// Executes events until the importance is at least `top` or the run is over.
  ///
  /// - Returns: the highest importance of the path.
  @inlinable
  mutating func highestImportance(upTo top: Double, through horizon: SimTime) -> Double {
    var highest = model.importance
    while highest < top, run(toLevel: highest.nextUp, through: horizon) {
      highest = model.importance
    }
    return highest
  }
}
