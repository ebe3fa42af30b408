import EventKernel
import RareEvents

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Oracle {
  /// How probable it is that a wrong state becomes final because proposers censor the proof that it is wrong.
  static let wrongState = Oracle(
    name: "wrong-state",
    statement: """
      a share c of proposers leaves out what disputes a claim: c^(n - 1) in a window of n blocks, whose last one is too \
      late, and (1 - (1 - m)(1 - c))^(n - 1) in one of n slots of which a share m is missed
      """,
    source: "independent proposers and slots", detects: 0.5,
    cases: [
      wrongState("11 blocks, c = 0.5", .init(censored: 0.5, window: .blocks(11))),
      wrongState("31 blocks, c = 0.5", .init(censored: 0.5, window: .blocks(31))),
      wrongState(
        "36 slots, m = 0.1, c = 0.5",
        .init(censored: 0.5, missed: 0.1, window: .time(.seconds(12 * 36)))),
    ])

  /// Each replication is a splitting of its own.
  private static func wrongState(_ name: String, _ question: WrongState.Question) -> Case {
    let splitting = Splitting(levels: question.levels, trials: 400)
    return .mean(name, unit: "1", question.probability) { seed, replication in
      splitting.repetition(Int(replication), seed: seed) {
        WrongState.start(question, seed: $0, replication: $1)
      }.probability
    }
  }
}

extension WrongState.Question {
  /// Levels that about one path in seven reaches from the one below, and the effect, which follows from the last of them.
  package var levels: [Double] {
    let blocks = top.rounded(.up) - 1
    return .even(to: Int(blocks), each: pow(probability, 1 / blocks)) + [top]
  }
}
