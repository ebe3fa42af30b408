/// The parameters that a check rests on: the one to change first, unless a user set only another.
///
/// A path of several parameters, such as `neighbours`, stands for all of them.
public struct CheckedPaths: ExpressibleByArrayLiteral, ExpressibleByStringInterpolation {
  let first: String
  let others: [String]

  /// A check of one parameter.
  public init(stringLiteral path: String) { (first, others) = (path, []) }

  /// A check of several parameters.
  public init(arrayLiteral paths: String...) { self.init(paths) }

  /// A check of several parameters, at least one.
  public init(_ paths: [String]) {
    precondition(!paths.isEmpty, "a check rests on no parameter")
    (first, others) = (paths[0], Array(paths.dropFirst()))
  }
}

/// What does not hold, in a scenario that is checked.
public struct FailedExpectation: Hashable, Sendable {
  /// The parameter to change.
  public let path: String
  /// Others that it rests on: a change of any of them can be what is wrong.
  public let others: [String]
  /// What was expected.
  public let expectation: String
}

/// What a check of a scenario finds: each part states what it expects, with paths below the part.
public struct Expectations {
  /// What does not hold, in the order in which it was found.
  public private(set) var failed: [FailedExpectation] = []
  private var prefix = ""

  /// No expectation has failed.
  public init() {}

  /// States that something holds.
  ///
  /// - Parameter expectation: what was expected, for whoever has to change one of `paths`.
  public mutating func callAsFunction(
    _ holds: Bool, _ paths: CheckedPaths, _ expectation: @autoclosure () -> String
  ) {
    guard !holds else { return }
    failed.append(
      FailedExpectation(
        path: prefix + paths.first, others: paths.others.map { prefix + $0 },
        expectation: expectation()))
  }

  /// Adds what does not hold of a variant that some paths of its own describe.
  ///
  /// - Parameters:
  ///   - prefix: what the paths of the variant begin with, below `root`; what it does not set stands without it.
  ///   - canSet: whether a variant can set what stands at a path below `root`.
  public mutating func add(
    _ failures: [FailedExpectation], ofVariant prefix: String, in root: String,
    canSet: (Substring) -> Bool
  ) {
    for failure in failures {
      let paths = [failure.path] + failure.others
      let own = paths.filter { $0.hasPrefix(root) && canSet($0.dropFirst(root.count)) }
        .map { root + prefix + "." + $0.dropFirst(root.count) }
      let all = own + paths
      failed.append(
        FailedExpectation(
          path: all[0], others: Array(all.dropFirst()), expectation: failure.expectation))
    }
  }

  /// States what a part expects, whose paths begin with its name; an empty name adds nothing.
  public mutating func under(_ name: String, _ check: (inout Expectations) -> Void) {
    let outer = prefix
    if !name.isEmpty { prefix += "\(name)." }
    check(&self)
    prefix = outer
  }
}
