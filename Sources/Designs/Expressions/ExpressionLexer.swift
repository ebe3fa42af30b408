/// Why a text is no expression, and at which of its characters, from 1.
package struct ExpressionError: Error {
  /// A name that means nothing, for whoever knows what was probably meant.
  package struct Unknown: Sendable {
    package let name: String
    package let choice: [String]
  }

  package let position: Int
  package let message: String
  /// The name that the message is about; nil if it is about none.
  package var unknown: Unknown?
}

/// Splits an expression into numbers, names and symbols.
struct ExpressionLexer {
  /// A piece of the text and the character at which it stands, from 1.
  struct Token {
    enum Kind: Equatable {
      case number(Double)
      case name
      case symbol
      case end
    }

    let kind: Kind
    let text: String
    let position: Int
  }

  private static let symbols = [
    "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "^", "(", ")", ",",
  ]

  private let characters: [Character]
  private var index = 0

  /// The pieces of a text; the last one is its end.
  static func tokens(of text: String) throws(ExpressionError) -> [Token] {
    var lexer = ExpressionLexer(characters: Array(text))
    var tokens: [Token] = []
    while let token = try lexer.next() { tokens.append(token) }
    return tokens + [Token(kind: .end, text: "the end", position: lexer.characters.count + 1)]
  }

  private mutating func next() throws(ExpressionError) -> Token? {
    while index < characters.count, characters[index].isWhitespace { index += 1 }
    guard index < characters.count else { return nil }
    let start = index
    let first = characters[index]
    if first.isDigit || first == "." {
      let text = takeNumber()
      guard let value = Double(text), value.isFinite else {
        throw ExpressionError(position: start + 1, message: "'\(text)' is no number")
      }
      return Token(kind: .number(value), text: text, position: start + 1)
    }
    if first.isLetter || first == "_" {
      let text = take { $0.isLetter || $0.isDigit || $0 == "_" || $0 == "." }
      return Token(kind: .name, text: text, position: start + 1)
    }
    let rest = String(characters[index..<min(index + 2, characters.count)])
    guard let symbol = Self.symbols.first(where: rest.hasPrefix) else {
      let hint = first == "=" ? "; equality is written '=='" : ""
      throw ExpressionError(position: start + 1, message: "unexpected '\(first)'\(hint)")
    }
    index += symbol.count
    return Token(kind: .symbol, text: symbol, position: start + 1)
  }

  private mutating func take(_ belongs: (Character) -> Bool) -> String {
    let start = index
    while index < characters.count, belongs(characters[index]) { index += 1 }
    return String(characters[start..<index])
  }

  private mutating func takeNumber() -> String {
    var text = take { $0.isDigit || $0 == "." }
    guard index < characters.count, characters[index] == "e" || characters[index] == "E" else {
      return text
    }
    let sign = index + 1 < characters.count && "+-".contains(characters[index + 1])
    let digits = index + (sign ? 2 : 1)
    if digits < characters.count, characters[digits].isDigit {
      text += String(characters[index..<digits])
      index = digits
      text += take(\.isDigit)
    }
    return text
  }
}

extension Character {
  fileprivate var isDigit: Bool { "0" <= self && self <= "9" && isASCII }
}
