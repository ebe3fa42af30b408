import Randomness
import Testing

@testable import Rollup

/// The tree in which the proofs of chunks become one.
@Suite struct ProofTreeTests {
  /// Five chunks in pairs: 0+1 → 5, 2+3 → 6, 4 goes up alone; 5+6 → 8, and 8 with 4 is the root.
  @Test func fiveChunksInPairs() {
    var tree = ProofTree(chunks: 5, arity: 2)
    #expect(tree.take(0) == .waits)
    // The lone chunk waits two levels up, as nodes 7 and 9.
    #expect(tree.take(4) == .waits)
    #expect(tree.take(3) == .waits)
    #expect(tree.take(1) == .join(node: 5))
    #expect(tree.take(5) == .waits)
    #expect(tree.take(2) == .join(node: 6))
    #expect(tree.take(6) == .join(node: 8))
    #expect(tree.take(8) == .join(node: 10))
    #expect(tree.take(10) == .root)
    #expect(ProofTree.joins(chunks: 5, arity: 2) == 4)
  }

  @Test func aBatchOfOneChunkIsItsOwnRoot() {
    var tree = ProofTree(chunks: 1, arity: 16)
    #expect(tree.take(0) == .root)
    #expect(ProofTree.joins(chunks: 1, arity: 16) == 0)
  }

  /// In whatever order proofs come, each node is joined once, the root is last, and in pairs n chunks take
  /// n − 1 joins: each makes one of two.
  @Test(arguments: [2, 3, 4, 16], [2, 3, 7, 16, 17, 100, 257])
  func everyOrderEndsAtTheRoot(arity: Int, chunks: Int) {
    var stream = RandomStream(seed: 1, replication: UInt64(chunks), name: "order \(arity)")
    var tree = ProofTree(chunks: chunks, arity: arity)
    var ready = Array(0..<chunks)
    var joined: Set<Int> = []
    var roots = 0
    while !ready.isEmpty {
      let node = ready.remove(at: Int(stream.uniform() * Double(ready.count)))
      switch tree.take(node) {
      case .waits: break
      case .join(let next):
        #expect(joined.insert(next).inserted)
        ready.append(next)
      case .root:
        roots += 1
        #expect(ready.isEmpty)
      }
    }
    #expect(roots == 1)
    #expect(joined.count == ProofTree.joins(chunks: chunks, arity: arity))
    if arity == 2 { #expect(joined.count == chunks - 1) }
  }
}
