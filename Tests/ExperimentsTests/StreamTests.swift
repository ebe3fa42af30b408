import Testing

@testable import Randomness
@testable import Specifications

/// Every stream of an experiment is a stream of its own.
@Suite struct StreamTests {
  /// The scan finds what is known to be there.
  @Test func namesAreReadOffTheSources() throws {
    let names = try StreamNames.all()
    for name in [
      "workload.arrivals", "prover.aggregation", "settlement.blob_demand", "settlement.outages",
      "settlement.demand.congestion", "neighbours.policies.2.99", "unknown.prover.proof_time",
      "experiment.point_seed", "phases",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(Set(names).count == names.count, "two parts share a stream")
  }

  /// Under one seed, all names of the program in the first replication, and all names that a preset
  /// with unknown figures opens in 10,000 of them; under three neighbouring seeds.
  ///
  /// The first 64 of the 128 bits of a key already tell all keys apart. H0: keys are random. False
  /// alarm: a birthday in 64 bits among N = 1.1 million, N²/2^65 = 3e-8; among the whole keys of as
  /// many, N²/2^129 = 2e-27. Detects any name, replication or seed that the key leaves out.
  @Test func noTwoKeysCollide() throws {
    let names = try StreamNames.all()
    let opened =
      names.filter { !$0.hasPrefix("unknown.") && !$0.hasPrefix("neighbours.") }
      + names.filter { $0.hasPrefix("unknown.prover.") }
    var words: [UInt64] = []
    for seed in 1...3 as ClosedRange<UInt64> {
      for name in names {
        words.append(RandomStream.key(seed: seed, replication: 0, name: name).0)
      }
      for replication in 1..<10_000 as Range<UInt64> {
        for name in opened {
          words.append(RandomStream.key(seed: seed, replication: replication, name: name).0)
        }
      }
    }
    #expect(words.count > 1_000_000)
    #expect(Set(words).count == words.count)
  }

  /// The first draws of all named streams differ, and those of their mirror images.
  @Test func firstDrawsDiffer() throws {
    let names = try StreamNames.all()
    let words = names.flatMap { name in
      [0, RandomStream.mirror(of: 0)].map { replication in
        var stream = RandomStream(seed: 1, replication: replication, name: name)
        return stream.nextWord()
      }
    }
    #expect(Set(words).count == 2 * names.count)
  }

  /// All replications of an experiment differ pairwise, plain ones and antithetic pairs.
  @Test(arguments: ["", "random: {antithetic: true}", "factors: {system: [starknet]}"])
  func replicationsDifferPairwise(_ rest: String) throws {
    var spec = try Tiny.experiment(rest + "\nmeasures: [batch_closed_count]").spec
    spec.replications = 64
    let report = try Experiment(spec).report()
    #expect(report.failures.rows.isEmpty)
    #expect(Set(report.runs.column("fingerprint").map(\.text)).count == 64)
  }
}
