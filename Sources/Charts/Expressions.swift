import Results

// Values as Vega expressions and sentences write them.

extension JSON {
  /// The value as Vega expressions write it.
  var expression: String {
    if case .string(let text) = self { text.quoted } else { text.filter { $0 != "\n" } }
  }

  /// The value as a number; 0 if it is none.
  var size: Double {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: 0
    }
  }
}

extension String {
  /// The text within a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
