import Results

// Values as Vega expressions and sentences write them.

extension JSON {
  /// The value as Vega expressions write it.
  var expression: String {
    if case .string(let text) = self { text.quoted } else { text.filter { $0 != "\n" } }
  }

  /// The value as a number, if it is one.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
}

extension String {
  /// The text within a sentence.
  package var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
