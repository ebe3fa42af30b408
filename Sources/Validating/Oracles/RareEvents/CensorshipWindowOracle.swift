import RareEvents

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Oracle {
  /// How probable it is that censoring proposers keep a transaction out for a whole window.
  static let censorshipWindow = Oracle(
    name: "censorship-window",
    statement: "n blocks in a row leave a transaction out with (1 - p)^n, p the honest share",
    source: "independent proposers: a geometric law",
    cases: [
      .mean("197 blocks, p = 0.1", unit: "1", pow(0.9, 197)) { seed, replication in
        let splitting = Splitting(levels: .even(to: 197, each: 0.9), trials: 300)
        return splitting.repetition(Int(replication), seed: seed) {
          CensoredTransaction.start(honest: 0.1, seed: $0, replication: $1)
        }.probability
      }
    ])
}
