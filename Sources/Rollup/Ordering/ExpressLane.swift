import EventKernel
import Ledger
import Randomness

/// An express lane that is sold for a round at a time, by sealed bids: the winner pays the second bid.
///
/// In a round that somebody has bought, transactions of all others wait for a delay before the sequencer takes note of
/// them; nobody waits in a round without a buyer. Who values the round at v bids v, which is the best he can do whatever
/// others bid (Vickrey 1961). With n values that are uniform from 0 to V the price is V (n − 1)/(n + 1) in the mean, and with
/// a reserve price of r V it is V ((n − 1)/(n + 1) + rⁿ (1 − 2 n r/(n + 1))), which is largest at r = 1/2 (Myerson 1981).
public struct ExpressLane: ~Copyable {
  let policy: Policy
  /// What a round is worth to each bidder in the mean [coins].
  private let values: [Double]
  /// Controllers by round; −1 for none.
  private var controllers = FIFOQueue<Int32>()
  private var stream: RandomStream

  /// A round that was sold, or was not.
  struct Sale {
    /// When it begins.
    let begins: SimTime
    /// Who has it; nil for nobody.
    let winner: Int?
    /// What he pays.
    let price: Wei
  }

  init(_ policy: Policy, values: [Double], _ stream: consuming RandomStream) {
    self.policy = policy
    self.values = values
    self.stream = stream
  }

  /// Sells the next round whose bids have closed by an instant; nil where there is none.
  mutating func sell(through instant: SimTime) -> Sale? {
    let number = controllers.indices.upperBound
    let begins = SimTime.start + policy.round * Int64(number)
    // The first round of a run has no time for bids before it.
    guard SimTime(nanoseconds: begins.nanoseconds - policy.closing.nanoseconds) <= instant else {
      return nil
    }
    var (winner, first, second) = (-1, 0.0, 0.0)
    var ties = 1.0
    for bidder in values.indices {
      let bid = max(0, values[bidder] * policy.signal.sample(&stream))
      if bid > first {
        (winner, first, second, ties) = (bidder, bid, first, 1)
      } else if bid == first, winner >= 0 {
        second = first
        ties += 1
        if stream.bernoulli(1 / ties) { winner = bidder }
      } else {
        second = max(second, bid)
      }
    }
    let isSold = winner >= 0 && first >= policy.reserve
    controllers.append(isSold ? Int32(winner) : -1)
    return Sale(
      begins: begins, winner: isSold ? winner : nil,
      price: isSold ? Wei(coins: min(max(second, policy.reserve), 1e9)) : .zero)
  }

  /// Who has the round of an instant; nil for nobody.
  func controller(at instant: SimTime) -> Int? {
    let round = Int((instant - .start).nanoseconds / policy.round.nanoseconds)
    guard controllers.indices.contains(round), controllers[round] >= 0 else { return nil }
    return Int(controllers[round])
  }

  /// Forgets the rounds that have ended by an instant.
  mutating func forget(before instant: SimTime) {
    let round = Int((instant - .start).nanoseconds / policy.round.nanoseconds)
    while controllers.indices.lowerBound < min(round, controllers.indices.upperBound) {
      controllers.removeFirst()
    }
  }
}

extension ExpressLane: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> ExpressLane { ExpressLane(copying: self, draws) }

  private init(copying other: borrowing ExpressLane, _ draws: Draws) {
    policy = other.policy
    values = other.values
    controllers = other.controllers
    stream = other.stream.copy(drawing: draws)
  }
}
