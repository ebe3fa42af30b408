import EventKernel
import RareEvents

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Oracle {
  /// How probable it is that a wrong state becomes final because proposers censor the challenge.
  static let wrongState = Oracle(
    name: "wrong-state",
    statement: """
      a share c of proposers leaves the challenge out: c^n in a window of n blocks, and \
      (1 - (1 - m)(1 - c))^n in one of n slots of which a share m is missed
      """,
    source: "independent proposers and slots", detects: 0.5,
    cases: [
      wrongState("10 blocks, c = 0.5", .init(censored: 0.5, window: .blocks(10))),
      wrongState("30 blocks, c = 0.5", .init(censored: 0.5, window: .blocks(30))),
      wrongState(
        "35 slots, m = 0.1, c = 0.5",
        .init(censored: 0.5, missed: 0.1, window: .time(.seconds(12 * 35)))),
    ])

  /// Each replication is a splitting of its own.
  private static func wrongState(_ name: String, _ question: WrongState.Question) -> Case {
    let splitting = Splitting(levels: question.levels, trials: 200)
    return .mean(name, unit: "1", question.probability) { seed, replication in
      splitting.repetition(Int(replication), seed: seed) {
        WrongState.start(question, seed: $0, replication: $1)
      }.probability
    }
  }
}

extension WrongState.Question {
  /// Levels that about one path in seven reaches from the one below.
  package var levels: [Double] {
    let top = top.rounded(.down)
    return .even(to: Int(top), each: pow(probability, 1 / top))
  }
}
