extension String {
  /// A sentence up to its first stop, colon, semicolon or bracket, or to a comma that leaves enough: what
  /// an axis can be called.
  package var firstClause: String {
    let whole = prefix { !".:;(".contains($0) }
    let clause = whole.count > Self.titleLimit ? whole.prefix { $0 != "," } : whole
    return clause.last == " " ? String(clause.dropLast()) : String(clause)
  }

  /// The text as it begins a title.
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The most characters of a title: more do not fit over a panel.
  package static let titleLimit = 64
}
