/// The parameters that a check rests on: the one to change first, unless a user set only another.
///
/// A path of several parameters, such as `neighbours`, stands for all of them.
struct CheckedPaths: ExpressibleByArrayLiteral, ExpressibleByStringInterpolation {
  let first: String
  let others: [String]

  init(stringLiteral path: String) { (first, others) = (path, []) }

  init(arrayLiteral paths: String...) {
    precondition(!paths.isEmpty, "a check rests on no parameter")
    (first, others) = (paths[0], Array(paths.dropFirst()))
  }
}
