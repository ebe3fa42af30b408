import Foundation

/// A formula over names, such as `2 * poster.max_age + 30`.
package struct Expression: Hashable, Sendable {
  /// A part of the formula.
  indirect enum Term: Hashable, Sendable {
    case number(Double)
    case name(String)
    case negated(Term)
    case operation(Operator, Term, Term)
    case call(Function, [Term])
  }

  /// What stands between two terms.
  enum Operator: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case power = "^"
  }

  /// What stands before parentheses.
  enum Function: String, CaseIterable, Sendable {
    case min, max, exp, log, sqrt, floor, ceil, round, abs

    /// How many arguments it takes.
    var arguments: ClosedRange<Int> { self == .min || self == .max ? 2...100 : 1...1 }
  }

  /// A name and the character at which it stands, from 1.
  package struct Use: Hashable, Sendable {
    package let name: String
    package let position: Int
  }

  /// The formula as it was written.
  package let text: String
  /// What it computes.
  let term: Term
  /// The names in it, in order.
  package let uses: [Use]

  /// Its value where `number` knows the names; not a number if it does not know one.
  package func value(_ number: (String) -> Double?) -> Double { term.value(number) }

  /// Whether it divides something with a name by something with a name.
  package var isRatio: Bool {
    guard case .operation(.over, let above, let below) = term else { return false }
    return above.hasName && below.hasName
  }

  /// The values above and below the line of a ratio; nil for what is none.
  package func sides(_ number: (String) -> Double?) -> (above: Double, below: Double)? {
    guard case .operation(.over, let above, let below) = term else { return nil }
    return (above.value(number), below.value(number))
  }
}

extension Expression.Term {
  fileprivate var hasName: Bool {
    switch self {
    case .number: false
    case .name: true
    case .negated(let term): term.hasName
    case .operation(_, let left, let right): left.hasName || right.hasName
    case .call(_, let arguments): arguments.contains(where: \.hasName)
    }
  }

  fileprivate func value(_ number: (String) -> Double?) -> Double {
    switch self {
    case .number(let value): value
    case .name(let name): number(name) ?? .nan
    case .negated(let term): -term.value(number)
    case .operation(let symbol, let left, let right):
      symbol.apply(left.value(number), right.value(number))
    case .call(let function, let arguments): function.apply(arguments.map { $0.value(number) })
    }
  }
}

extension Expression.Operator {
  fileprivate func apply(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .over: left / right
    case .power: pow(left, right)
    }
  }
}

extension Expression.Function {
  fileprivate func apply(_ values: [Double]) -> Double {
    if values.contains(where: \.isNaN) { return .nan }
    return switch self {
    case .min: values.min() ?? .nan
    case .max: values.max() ?? .nan
    case .exp: Foundation.exp(values[0])
    case .log: Foundation.log(values[0])
    case .sqrt: values[0].squareRoot()
    case .floor: values[0].rounded(.down)
    case .ceil: values[0].rounded(.up)
    case .round: values[0].rounded()
    case .abs: Swift.abs(values[0])
    }
  }
}
