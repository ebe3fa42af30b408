/// The means of groups of observations that follow each other.
///
/// Observations have places; `size` places that follow each other are a group. A group counts if each
/// of its places has an observation.
public struct GroupMeans: Sendable {
  /// Places of a group.
  public let size: Int
  private var group = -1
  private var count = 0
  private var sum = 0.0

  /// Means of groups of so many places.
  public init(ofGroupsOf size: Int) {
    precondition(size > 0, "a group without places")
    self.size = size
  }

  /// Adds the observation at a place, which must not lie before the last one.
  ///
  /// - Returns: the mean of the group that it completes; nil if it completes none.
  public mutating func add(_ value: Double, at place: Int) -> Double? {
    if place / size != group { (group, count, sum) = (place / size, 0, 0) }
    count += 1
    sum += value
    return count == size ? sum / Double(size) : nil
  }
}

/// A tally over the means of groups whose observations depend on each other, where groups do not.
public struct GroupedTally: Sendable {
  /// The tally of those means.
  public private(set) var means = Tally()
  private var groups: GroupMeans

  /// A tally of groups of so many places.
  public init(ofGroupsOf size: Int) { groups = GroupMeans(ofGroupsOf: size) }

  /// Adds the observation at a place, which must not lie before the last one.
  public mutating func record(_ value: Double, at place: Int) {
    if let mean = groups.add(value, at: place) { means.record(mean) }
  }
}

/// A tally over pairs of such means, one of which is divided by the other.
public struct GroupedRatioTally: Sendable {
  /// The tally of those pairs.
  public private(set) var means = RatioTally()
  private var numerators: GroupMeans
  private var denominators: GroupMeans

  /// A tally of groups of so many places.
  public init(ofGroupsOf size: Int) {
    numerators = GroupMeans(ofGroupsOf: size)
    denominators = GroupMeans(ofGroupsOf: size)
  }

  /// Adds the two observations at a place, which must not lie before the last one.
  public mutating func record(_ above: Double, over below: Double, at place: Int) {
    let (up, down) = (numerators.add(above, at: place), denominators.add(below, at: place))
    if let up, let down { means.record(up, over: down) }
  }
}
