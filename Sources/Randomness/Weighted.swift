/// Alternatives with weights, of which one is chosen in constant time.
///
/// The table for choosing is made once, here, and shared by all copies. Two are equal if their
/// alternatives and weights are, in order.
public final class Weighted<Element: Hashable & Sendable>: Hashable, Sendable {
  /// The alternatives.
  public let elements: [Element]
  /// How often each is chosen in proportion; they need not sum to 1.
  public let weights: [Double]
  private let choice: Prepared

  private enum Prepared: ~Copyable, Sendable {
    case alone
    case table(WeightedChoice)
    case impossible
  }

  /// Alternatives with their weights; what cannot be chosen from has a `defect`.
  public init(_ elements: [Element], weights: [Double]) {
    self.elements = elements
    self.weights = weights
    let isPossible = Self.defect(elements.count, weights) == nil
    choice =
      if !isPossible { .impossible } else if elements.count == 1 { .alone } else {
        .table(WeightedChoice(weights: weights))
      }
  }

  /// Alternatives that are chosen equally often.
  public convenience init(_ elements: [Element]) {
    self.init(elements, weights: elements.map { _ in 1 })
  }

  /// Why nothing can be chosen, or nil if something can.
  var defect: String? { Self.defect(elements.count, weights) }

  private static func defect(_ count: Int, _ weights: [Double]) -> String? {
    if count == 0 { return "there must be at least one alternative" }
    if count != weights.count { return "there must be as many weights as alternatives" }
    let sum = weights.reduce(0, +)
    return weights.allSatisfy { $0 >= 0 } && sum > 0 && sum.isFinite
      ? nil : "weights must be finite and not negative, with a positive sum"
  }

  /// Chooses one; of one alone without a random number.
  func sample(_ stream: inout RandomStream) -> Element {
    switch choice {
    case .alone: elements[0]
    case .table(let choice): elements[choice.sample(&stream)]
    case .impossible: preconditionFailure("nothing to choose from")
    }
  }

  /// The mean of a figure of the alternatives; those of weight 0 do not count.
  func mean(of figure: (Element) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (element, weight) in zip(elements, weights) where weight > 0 {
      sum += weight * figure(element)
      total += weight
    }
    return sum / total
  }

  /// Whether a figure of all alternatives that occur satisfies a condition.
  func allSatisfy(_ condition: (Element) -> Bool) -> Bool {
    zip(elements, weights).allSatisfy { $1 == 0 || condition($0) }
  }

  /// Whether both say the same.
  public static func == (left: Weighted, right: Weighted) -> Bool {
    left === right || left.elements == right.elements && left.weights == right.weights
  }

  /// Hashes what is said.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(elements)
    hasher.combine(weights)
  }
}
