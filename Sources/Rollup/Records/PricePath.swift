import Declarations
import EventKernel
import Foundation
import Randomness

/// How a price moves: a geometric Brownian motion, with jumps if there are some.
///
/// d ln S = (μ − σ²/2) dt + σ dW + J dN, with N a Poisson process and J normal (Black and Scholes 1973; Merton 1976).
public struct PriceMotion: Hashable, Sendable {
  /// Standard deviation of its logarithm after a year: σ.
  public var volatility = 0.8
  /// Growth of its mean a year, without jumps: μ.
  public var drift = 0.0
  /// Jumps a year.
  public var jumpsPerYear = 0.0
  /// Mean of a jump of the logarithm.
  public var jumpMean = 0.0
  /// Standard deviation of a jump.
  public var jumpDeviation = 0.1

  /// A price without jumps.
  public init() {}

  /// What a scenario can say about how a price moves.
  static let parameters: [PartParameter<PriceMotion>] = [
    .number(
      "volatility", .number, \.volatility,
      "Standard deviation of the logarithm of the price after a year."
    ).titled("Volatility of the price"),
    .number("drift", .number, \.drift, "Growth of the mean price a year, without jumps.")
      .titled("Drift of the price"),
    .number("jumps", .number, \.jumpsPerYear, "Jumps of the price a year.")
      .titled("Jumps of the price a year"),
    .number("jump_mean", .number, \.jumpMean, "Mean of a jump of the logarithm.")
      .titled("Mean jump of the price").used { $0.jumpsPerYear > 0 },
    .number("jump_deviation", .number, \.jumpDeviation, "Standard deviation of such a jump.")
      .titled("Deviation of jumps of the price").used { $0.jumpsPerYear > 0 },
  ]

  /// States what holds of any price.
  func check(_ expect: inout Expectations) {
    expect((0...100).contains(volatility), "volatility", "expected from 0 to 100")
    expect((-100...100).contains(drift), "drift", "expected from -100 to 100")
    expect((0...1e6).contains(jumpsPerYear), "jumps", "expected at most 1e6 a year")
    expect((-10...10).contains(jumpMean), "jump_mean", "expected from -10 to 10")
    expect((0...10).contains(jumpDeviation), "jump_deviation", "expected from 0 to 10")
  }
}

/// The path of a price, drawn where it is looked at: at instants that never fall, by its exact law.
struct PricePath: ~Copyable {
  let motion: PriceMotion
  private(set) var logarithm = 0.0
  private var seenAt = SimTime.start
  private var stream: RandomStream

  /// A path that begins at 1.
  init(_ motion: PriceMotion, _ stream: consuming RandomStream) {
    self.motion = motion
    self.stream = stream
  }

  /// The logarithm of the price now.
  mutating func logarithm(at now: SimTime) -> Double {
    let years = (now - seenAt).seconds / SimDuration.secondsOfYear
    guard years > 0 else { return logarithm }
    seenAt = now
    let variance = motion.volatility * motion.volatility
    logarithm += (motion.drift - variance / 2) * years
    if variance > 0 { logarithm += (variance * years).squareRoot() * stream.standardNormal() }
    if motion.jumpsPerYear > 0 {
      for _ in 0..<stream.poisson(mean: motion.jumpsPerYear * years) {
        logarithm += motion.jumpMean + motion.jumpDeviation * stream.standardNormal()
      }
    }
    return logarithm
  }
}

extension PricePath: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> PricePath { PricePath(copying: self, draws) }

  private init(copying other: borrowing PricePath, _ draws: Draws) {
    motion = other.motion
    logarithm = other.logarithm
    seenAt = other.seenAt
    stream = other.stream.copy(drawing: draws)
  }
}
