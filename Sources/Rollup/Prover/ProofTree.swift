/// The tree in which the proofs of a batch's chunks become one.
///
/// Nodes are numbered level by level, the chunks first. Each joins the proofs of up to `arity` neighbours
/// of the level below as soon as the last of them is there, whatever its siblings do; a proof without a
/// neighbour goes up as it is. A batch of one chunk is its own root.
struct ProofTree: Sendable {
  private let chunks: Int
  private let arity: Int
  /// Of each node above the chunks, how many proofs it waits for.
  private var missing: [Int32] = []

  /// What follows from a proof in the tree.
  enum Step: Equatable, Sendable {
    /// Its neighbours are not there.
    case waits
    /// A node can be proved.
    case join(node: Int)
    /// It is the proof of the batch.
    case root
  }

  /// A tree in which nothing is proved.
  init(chunks: Int, arity: Int) {
    precondition(chunks > 0 && arity > 1, "no tree has \(chunks) chunks and joins \(arity)")
    self.chunks = chunks
    self.arity = arity
    for (below, level) in Self.levels(above: chunks, arity: arity) {
      for node in 0..<level { missing.append(Int32(min(arity, below - node * arity))) }
    }
  }

  /// Takes the proof of a node.
  mutating func take(_ node: Int) -> Step {
    guard let (parent, children) = parent(of: node) else { return .root }
    missing[parent - chunks] -= 1
    guard missing[parent - chunks] == 0 else { return .waits }
    return children == 1 ? take(parent) : .join(node: parent)
  }

  /// The node above one, and how many proofs that joins; nil of the root.
  private func parent(of node: Int) -> (node: Int, children: Int)? {
    var (first, count) = (0, chunks)
    while node >= first + count { (first, count) = (first + count, Self.above(count, arity)) }
    guard count > 1 else { return nil }
    let place = (node - first) / arity
    return (first + count + place, min(arity, count - place * arity))
  }

  /// How many proofs join others in a tree.
  static func joins(chunks: Int, arity: Int) -> Int {
    // A level whose last node has one child joins one proof less.
    levels(above: chunks, arity: arity).reduce(0) { sum, level in
      sum + level.count - (level.below % arity == 1 ? 1 : 0)
    }
  }

  private static func above(_ count: Int, _ arity: Int) -> Int { (count + arity - 1) / arity }

  /// The levels above the chunks, each with how many nodes are below it.
  private static func levels(above chunks: Int, arity: Int) -> [(below: Int, count: Int)] {
    var levels: [(below: Int, count: Int)] = []
    var below = chunks
    while below > 1 {
      let count = above(below, arity)
      levels.append((below, count))
      below = count
    }
    return levels
  }
}
