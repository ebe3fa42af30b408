import EventKernel
import Randomness

/// Members who all post the same batch: the first has made it, and what others post is wasted.
///
/// Each needs a time of the same law. Who has not posted when he hears of the first one gives up.
/// Source: Schwartz and Baylina, "Proof of Efficiency", ethresear.ch 11988: anybody may post batches, and one whose
/// transactions were in an earlier batch changes nothing.
public struct PostingRace: ~Copyable {
  private let rules: RaceRules
  private var stream: RandomStream

  /// How a batch was posted.
  public struct Result: Hashable, Sendable {
    /// Who was first.
    public var winner: Int
    /// How long that took.
    public var delay: SimDuration
    /// When each of the others posted who did, after the first.
    public var wasted: [SimDuration]
  }

  /// A race by these rules.
  public init(_ rules: RaceRules, _ streams: StreamSource) {
    self.rules = rules
    stream = streams.stream("sequencer.set.race")
  }

  /// Lets those who are up post a batch; nil if nobody is.
  ///
  /// - Parameters:
  ///   - members: how many there are.
  ///   - down: who is not up.
  public mutating func run(members: Int, down: UInt128 = 0) -> Result? {
    var times: [(member: Int, time: SimDuration)] = []
    for member in 0..<members {
      // All draw, so that who is down does not change what others do.
      let time = SimDuration(drawn: rules.delay.sample(&stream))
      if down >> member & 1 == 0 { times.append((member, time)) }
    }
    guard let first = times.min(by: { $0.time < $1.time }) else { return nil }
    let wasted = times.filter {
      $0.member != first.member && $0.time - first.time < rules.notice
    }
    return Result(
      winner: first.member, delay: first.time, wasted: wasted.map { $0.time - first.time }.sorted())
  }
}

extension PostingRace: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> PostingRace { PostingRace(copying: self, draws) }

  private init(copying other: borrowing PostingRace, _ draws: Draws) {
    rules = other.rules
    stream = other.stream.copy(drawing: draws)
  }
}
