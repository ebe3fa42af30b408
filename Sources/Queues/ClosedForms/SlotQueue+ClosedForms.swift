import Foundation
import Randomness

/// What is known of slots that take up to b, with Poisson arrivals of mean m < b in a slot.
///
/// X' = max(X − b, 0) + A for the number X that waits when a slot begins, before it takes any.
extension SlotQueue {
  /// E[X] = m/(2(b − m)) + (m − b + 1)/2 + Σ 1/(1 − zₖ) over k from 1 to b − 1, by iterating each zero
  /// zₖ = e^(2πik/b) e^((m/b)(zₖ − 1)) to its fixed point.
  ///
  /// Source: Bailey 1954, "On queueing processes with bulk service", Journal of the Royal Statistical
  /// Society B 16, 80–87.
  public var expectedWaiting: Double {
    let (m, b) = (arrivalsPerSlot, Double(capacity))
    precondition(m < b, "the queue grows for ever")
    let terms = (1..<capacity).map { k in
      // The terms of k and b − k are conjugates: only real parts stay.
      var (re, im) = (0.0, 0.0)
      for _ in 0..<1000 {
        let size = exp(m / b * (re - 1))
        let angle = 2 * .pi * Double(k) / b + m / b * im
        (re, im) = (size * cos(angle), size * sin(angle))
      }
      return (1 - re) / ((1 - re) * (1 - re) + im * im)
    }
    return m / (2 * (b - m)) + (m - b + 1) / 2 + terms.reduce(0, +)
  }

  /// Mean time from arrival to the slot that takes it [s], by Little's law: (E[X]/m − 1/2) slots.
  ///
  /// Between slots E[X] − m wait at first and E[X] at last, (E[X] − m/2) on average.
  public var expectedDelay: Double { (expectedWaiting / arrivalsPerSlot - 0.5) * slot }

  /// The distribution of the time from arrival to the slot that takes it.
  public var delays: SlotDelays { SlotDelays(self) }
}

/// The distribution of delays of a `SlotQueue`, which is continuous although its counts are not.
///
/// An arrival at the share u of its slot finds Q, who were left by the slot before, and N(u) others
/// who came since, Poisson with mean mu. It is taken ⌊(Q + N(u))/b⌋ slots after the next. So it waits
/// for longer than j + r slots, with a whole j and r < 1, if bj stand before it and u < 1 − r, or if
/// b(j + 1) do and u ≥ 1 − r; u is uniform and independent of Q.
public struct SlotDelays: Sendable {
  private let queue: SlotQueue
  /// The stationary probability of each Q.
  private let left: [Double]

  init(_ queue: SlotQueue) {
    self.queue = queue
    left = Self.stationary(queue)
  }

  /// The distribution of Q, by iterating its chain from an empty queue until it rests.
  private static func stationary(_ queue: SlotQueue) -> [Double] {
    let (m, b) = (queue.arrivalsPerSlot, queue.capacity)
    precondition(m < Double(b), "the queue grows for ever")
    // The tail of Q falls with z^−Q, z > 1 the other root of b ln z = m(z − 1); e^−40 is cut off.
    let root = 1 + crossing(of: 0) { Double(b) * log1p($0) - m * $0 }
    let states = Int(40 / log(root)) + b
    let arrivals = (0...b + states).map { CountDistribution.poisson(mean: m).probability(of: $0) }
    var current = [1.0] + [Double](repeating: 0, count: states)
    var change = 1.0
    while change > 1e-15 {
      var next = [Double](repeating: 0, count: states + 1)
      for (waiting, probability) in current.enumerated() where probability > 1e-30 {
        for count in arrivals.indices where waiting + count - b <= states {
          next[max(waiting + count - b, 0)] += probability * arrivals[count]
        }
      }
      change = zip(current, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
      current = next
    }
    let sum = current.reduce(0, +)
    return current.map { $0 / sum }
  }

  /// The share of a slot, within its first `x`, at which at least n have come since it began.
  ///
  /// The integral of P(N(u) ≥ n) over u from 0 to x is (y P(n, y) − n P(n + 1, y))/m, with y = mx and
  /// the regularised lower gamma function P.
  private func shareWith(atLeast n: Int, until x: Double) -> Double {
    guard n > 0 else { return x }
    let y = queue.arrivalsPerSlot * x
    let gamma = Distribution.gamma(shape: Double(n), scale: 1).cumulative(y)
    let next = Distribution.gamma(shape: Double(n + 1), scale: 1).cumulative(y)
    return (y * gamma - Double(n) * next) / queue.arrivalsPerSlot
  }

  /// The probability of a delay above `time` [s].
  public func survival(_ time: Double) -> Double {
    let slots = time / queue.slot
    let whole = slots.rounded(.down)
    let early = 1 - (slots - whole)
    let ahead = queue.capacity * Int(whole)
    return left.indices.reduce(0) { sum, waiting in
      let near = shareWith(atLeast: ahead - waiting, until: early)
      let far = ahead + queue.capacity - waiting
      let late = shareWith(atLeast: far, until: 1) - shareWith(atLeast: far, until: early)
      return sum + left[waiting] * (near + late)
    }
  }

  /// The delay [s] that a share `probability` of arrivals does not exceed.
  public func quantile(_ probability: Double) -> Double {
    crossing(of: 1 - probability, survival)
  }
}
