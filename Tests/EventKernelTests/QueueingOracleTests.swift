import Randomness
import Statistics
import Testing

/// The kernel against queues with closed forms, before any chain is built on it.
///
/// Thirty replications of each, started empty, 2,000 customers of warm-up: over 20 relaxation times
/// 1/(µ(1 − √ρ)²) of the busiest queue here. H0: the mean of the closed form. False alarm 1e-6 each
/// by Student's interval over the replications, whose means are normal in good approximation.
@Suite struct QueueingOracleTests {
  private static func interval(_ mean: (UInt64) -> Double) throws -> ConfidenceInterval {
    var tally = Tally()
    for replication in 0..<30 as Range<UInt64> { tally.record(mean(replication)) }
    return try #require(ConfidenceInterval(meanOf: tally, confidence: 1 - 1e-6))
  }

  private static func wait(
    rate: Double, service: Distribution, servers: Int, customers: Int
  ) throws -> ConfidenceInterval {
    let policy = QueueModel.Policy(arrivalRate: rate, service: service, servers: servers)
    return try interval {
      QueueModel.meanWait(policy, replication: $0, customers: customers)
    }
  }

  /// Wq = ρ/(µ − λ) = 4 s at λ 0.8 and µ 1.
  ///
  /// Seed 1. Detects 10 %.
  @Test func theMeanWaitOfMM1IsThatOfTheory() throws {
    let found = try Self.wait(
      rate: 0.8, service: .exponential(mean: 1), servers: 1, customers: 20_000)
    #expect(found.low < 4 && 4 < found.high, "\(found)")
    #expect(found.high - found.low < 0.8)
  }

  /// Pollaczek–Khinchine: Wq = ρD/(2(1 − ρ)) = 2 s at λ 0.8 and D 1.
  ///
  /// Seed 1. Detects 10 %.
  @Test func theMeanWaitOfMD1IsThatOfTheory() throws {
    let found = try Self.wait(rate: 0.8, service: .constant(1), servers: 1, customers: 20_000)
    #expect(found.low < 2 && 2 < found.high, "\(found)")
    #expect(found.high - found.low < 0.4)
  }

  /// Erlang C: Wq = C/(cµ − λ) = 0.5094339623 s at λ 3, µ 1 and c 4.
  ///
  /// Seed 1. Detects 10 %.
  @Test func theMeanWaitOfMM4IsThatOfErlangC() throws {
    let found = try Self.wait(
      rate: 3, service: .exponential(mean: 1), servers: 4, customers: 20_000)
    #expect(found.low < 0.5094339623 && 0.5094339623 < found.high, "\(found)")
    #expect(found.high - found.low < 0.1)
  }

  /// Jackson: W = 1/(µ1 − λ) + 1/(µ2 − λ) = 2 + 10/3 s at λ 0.5, µ1 1 and µ2 0.8.
  ///
  /// Seed 2. Detects 5 %.
  @Test func theMeanSojournOfATandemIsThatOfJackson() throws {
    let policy = TandemModel.Policy(arrivalRate: 0.5, serviceRates: [1, 0.8])
    let found = try Self.interval {
      TandemModel.meanSojourn(policy, replication: $0, customers: 20_000)
    }
    #expect(found.low < 16.0 / 3 && 16.0 / 3 < found.high, "\(found)")
    #expect(found.high - found.low < 0.54)
  }
}
