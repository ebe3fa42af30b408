/// Reads expressions by recursive descent.
///
/// From loose to tight: comparison, `+` and `-`, `*` and `/`, a sign, `^`. Equal ones group to the
/// left, but `^` to the right; a sign is looser than `^`, so that -2^2 is -4.
package struct ExpressionParser {
  /// Longer texts are refused.
  private static let lengthLimit = 1000
  /// More terms inside each other are refused.
  private static let depthLimit = 50

  private let tokens: [ExpressionLexer.Token]
  private var index = 0
  private var depth = 0
  private var uses: [Expression.Use] = []

  private init(_ text: String) throws(ExpressionError) {
    guard text.count <= Self.lengthLimit else {
      throw ExpressionError(
        position: Self.lengthLimit + 1, message: "longer than \(Self.lengthLimit) characters")
    }
    tokens = try ExpressionLexer.tokens(of: text)
  }

  /// Reads an expression.
  package static func expression(_ text: String) throws(ExpressionError) -> Expression {
    var parser = try ExpressionParser(text)
    let term = try parser.sum()
    try parser.expectEnd()
    return Expression(text: text, term: term, uses: parser.uses)
  }

  /// Reads a comparison of two expressions.
  package static func comparison(
    _ text: String
  ) throws(ExpressionError) -> (left: Expression, Comparison, right: Expression) {
    var parser = try ExpressionParser(text)
    let left = try parser.sum()
    let uses = parser.uses.count
    guard parser.token.kind == .symbol,
      let comparison = Comparison(rawValue: parser.token.text)
    else {
      throw parser.unexpected("one of < <= > >= == !=")
    }
    parser.index += 1
    let right = try parser.sum()
    try parser.expectEnd()
    return (
      Expression(text: text, term: left, uses: Array(parser.uses[..<uses])), comparison,
      Expression(text: text, term: right, uses: Array(parser.uses[uses...]))
    )
  }

  private var token: ExpressionLexer.Token { tokens[index] }

  private mutating func sum() throws(ExpressionError) -> Expression.Term {
    var term = try product()
    while let symbol = take(.plus, .minus) { term = .operation(symbol, term, try product()) }
    return term
  }

  private mutating func product() throws(ExpressionError) -> Expression.Term {
    var term = try signed()
    while let symbol = take(.times, .over) { term = .operation(symbol, term, try signed()) }
    return term
  }

  private mutating func signed() throws(ExpressionError) -> Expression.Term {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw ExpressionError(
        position: token.position, message: "more than \(Self.depthLimit) levels deep")
    }
    if take(.minus) != nil { return .negated(try signed()) }
    if take(.plus) != nil { return try signed() }
    let base = try primary()
    return take(.power) == nil ? base : .operation(.power, base, try signed())
  }

  private mutating func primary() throws(ExpressionError) -> Expression.Term {
    let first = token
    switch first.kind {
    case .number(let value):
      index += 1
      return .number(value)
    case .name:
      index += 1
      guard token.text == "(" else {
        uses.append(Expression.Use(name: first.text, position: first.position))
        return .name(first.text)
      }
      return try call(first)
    case .symbol where first.text == "(":
      index += 1
      let term = try sum()
      try expect(")")
      return term
    case .symbol, .end: throw unexpected("a number, a name or '('")
    }
  }

  private mutating func call(
    _ name: ExpressionLexer.Token
  ) throws(ExpressionError) -> Expression.Term {
    guard let function = Expression.Function(rawValue: name.text) else {
      let names = Expression.Function.allCases.map(\.rawValue)
      throw ExpressionError(
        position: name.position, message: "no function is called '\(name.text)'",
        unknown: .init(name: name.text, choice: names))
    }
    try expect("(")
    var arguments = [try sum()]
    while token.text == "," {
      index += 1
      arguments.append(try sum())
    }
    try expect(")")
    guard function.arguments.contains(arguments.count) else {
      let expected = function.arguments.lowerBound == 1 ? "one argument" : "at least two arguments"
      throw ExpressionError(
        position: name.position,
        message: "'\(name.text)' takes \(expected); found \(arguments.count)")
    }
    return .call(function, arguments)
  }

  private mutating func take(_ operators: Expression.Operator...) -> Expression.Operator? {
    guard token.kind == .symbol, let found = operators.first(where: { $0.rawValue == token.text })
    else { return nil }
    index += 1
    return found
  }

  private mutating func expect(_ symbol: String) throws(ExpressionError) {
    guard token.text == symbol else { throw unexpected("'\(symbol)'") }
    index += 1
  }

  private func expectEnd() throws(ExpressionError) {
    guard token.kind == .end else { throw unexpected("an operator or the end") }
  }

  private func unexpected(_ expectation: String) -> ExpressionError {
    let found = token.kind == .end ? token.text : "'\(token.text)'"
    return ExpressionError(
      position: token.position, message: "expected \(expectation); found \(found)")
  }
}
