import EventKernel
import Randomness

/// Who contests claims about the state that are right, or makes wrong ones.
public struct Adversary: Hashable, Sendable {
  /// What it does, beside claims that are wrong by chance.
  public enum Plan: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// It contests one claim that is right, to delay it.
    case delayOne = "delay_one"
    /// It contests every claim.
    case delayAll = "delay_all"
    /// It makes one claim that is wrong.
    case stealOne = "steal_one"
  }

  /// When it makes a move.
  public enum Pace: String, CaseIterable, Sendable {
    /// As soon as it has an answer.
    case prompt
    /// A margin before its time is over.
    case lastMoment = "last_moment"
    /// At once until the stakes of all levels are made, then so: what defenders have is held up as long as can be.
    case hold
  }

  /// The probability that a claim is wrong.
  public var wrongShare = 0.0
  /// What else it does.
  public var plan = Plan.none
  /// From when on, from the start of the run [s].
  public var at = Distribution.constant(0)
  /// With how many stakes: rival claims, or games.
  public var stakes = 1
  /// When it makes a move.
  public var pace = Pace.prompt
  /// How long before its time is over.
  public var margin = SimDuration.hours(1)
  /// Time from a move of the defenders to its own, where it is prompt [s].
  public var response = Distribution.constant(0)
  /// What it can stake and spend [coins].
  public var capital = 1e9

  /// One that does nothing.
  public init() {}

  /// Whether claims are contested or wrong.
  public var acts: Bool { wrongShare > 0 || plan != .none }
}

/// Who looks at claims, and acts when one is wrong or contested.
public struct Watchers: Hashable, Sendable {
  /// How many there are.
  public var count = 1
  /// The share of time in which one does not work.
  public var unavailability = 0.0
  /// The share of that in which none works, because all share what has failed: a client, a host, a cloud.
  public var commonShare = 0.0
  /// Time until one works again that does not [s].
  public var repair = Distribution.exponential(mean: 3600)
  /// Time from a block to when one that works has seen what is wrong there [s].
  public var detection = Distribution.constant(60)
  /// Time from a move of the other side to the answer [s].
  public var response = Distribution.constant(60)
  /// How long before its time is over a defender answers at the latest.
  public var margin = SimDuration.hours(1)
  /// What looking at a claim costs one [USD].
  public var cost = 0.0
  /// What those share who look when a claim is wrong [USD].
  public var prize = 0.0
  /// What they can stake and spend together [coins].
  public var capital = 1e9

  /// One that always works.
  public init() {}

  /// How many look at claims of which so many are wrong.
  ///
  /// Each looks if its part of the prize is worth the cost. With the prize shared, entry goes on until the part of
  /// one more would be less: wrong · prize / n ≥ cost (Felten, "The cheater checking problem", 2019, of which this is
  /// the case with n alike). None stays at home where looking costs nothing.
  public func active(wrong: Double) -> Int {
    guard cost > 0 else { return count }
    return min(count, Int((wrong * prize / cost).rounded(.down)))
  }

  /// Time until the first one that looks has seen it; nil if there is none.
  ///
  /// Whether one works is drawn as of an alternating renewal process in its steady state: by a failure of all,
  /// or of its own, so that each is out for `unavailability` of the time.
  func firstDetection(of active: Int, _ stream: inout RandomStream) -> SimDuration? {
    guard active > 0 else { return nil }
    let common = unavailability * commonShare
    let own = common < 1 ? (unavailability - common) / (1 - common) : 0
    let start =
      stream.bernoulli(common) ? SimDuration(drawn: repair.sample(&stream)) : .zero
    var first: SimDuration?
    for _ in 0..<active {
      let wait = stream.bernoulli(own) ? SimDuration(drawn: repair.sample(&stream)) : .zero
      let seen = start + wait + SimDuration(drawn: detection.sample(&stream))
      first = min(first ?? seen, seen)
    }
    return first
  }
}
