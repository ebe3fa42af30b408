/// Light rollups that post alike: of each only what it posts to the settlement chain.
public struct NeighbourGroup: Hashable, Sendable {
  /// The name of the group in scenarios.
  public let name: String
  /// How its rollups post.
  public var policy: NeighbourPolicy

  /// A group with a name.
  public init(name: String, policy: NeighbourPolicy) {
    self.name = name
    self.policy = policy
  }
}

extension [NeighbourGroup] {
  /// The policy of the group with a name, of which there must be one.
  public subscript(name: String) -> NeighbourPolicy {
    get { self[index(of: name)].policy }
    set { self[index(of: name)].policy = newValue }
  }

  private func index(of name: String) -> Int {
    guard let index = firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no group of light rollups is called '\(name)'")
    }
    return index
  }

  /// Whether there are no light rollups at all.
  public var haveNoRollups: Bool { allSatisfy { $0.policy.count == 0 } }
}
