import EventKernel
import Ledger

/// Tokens that somebody keeps until a step: stakers who leave, and an operator what he took for gas.
struct HeldTokens {
  private var lots = FIFOQueue<Lot>()

  private struct Lot {
    let amount: Wei
    /// What was paid for it [USD].
    let usd: Double
    /// When it is kept no longer.
    let step: Int64
  }

  /// Takes tokens, to keep them until a step no earlier than those of all before.
  ///
  /// - Parameter usd: what was paid for them [USD].
  mutating func take(_ amount: Wei, for usd: Double = 0, until step: Int64) {
    lots.append(Lot(amount: amount, usd: usd, step: step))
  }

  /// Gives away what is kept no longer than until a step.
  ///
  /// - Returns: how many tokens, and what was paid for them [USD].
  mutating func give(at step: Int64) -> (amount: Wei, usd: Double) {
    var (amount, usd) = (Wei.zero, 0.0)
    while let first = lots.head, first.step <= step {
      amount += first.amount
      usd += first.usd
      lots.removeFirst()
    }
    return (amount, usd)
  }
}
