import Testing

@testable import Randomness

/// What a copy of a stream draws.
@Suite struct StreamCopyTests {
  /// In the middle of a block of four words as well.
  @Test(arguments: 0..<9) func aCopyCanDrawTheSame(_ drawn: Int) {
    var stream = RandomStream(seed: 1, replication: 2, name: "a")
    for _ in 0..<drawn { _ = stream.nextWord() }
    var copy = stream.copy(drawing: .same)
    for _ in 0..<9 {
      let (word, copied) = (stream.nextWord(), copy.nextWord())
      #expect(word == copied)
    }
  }

  @Test func aFreshCopyIsTheStreamOfThatReplication() {
    var stream = RandomStream(seed: 1, replication: 2, name: "a")
    _ = stream.nextWord()
    var copy = stream.copy(drawing: .fresh(seed: 3, replication: 4))
    var other = RandomStream(seed: 3, replication: 4, name: "a")
    var copyOfCopy = copy.copy(drawing: .fresh(seed: 1, replication: 2))
    var first = RandomStream(seed: 1, replication: 2, name: "a")
    for _ in 0..<9 {
      let words = (copy.nextWord(), other.nextWord(), copyOfCopy.nextWord(), first.nextWord())
      #expect(words.0 == words.1 && words.2 == words.3 && words.0 != words.2)
    }
  }

  @Test func aCopyLeavesTheOriginalAlone() {
    var stream = RandomStream(seed: 1, replication: 2, name: "a")
    var twin = RandomStream(seed: 1, replication: 2, name: "a")
    var copy = stream.copy(drawing: .same)
    for _ in 0..<5 { _ = copy.nextWord() }
    let (word, expected) = (stream.nextWord(), twin.nextWord())
    #expect(word == expected)
  }
}
