extension String {
  /// A sentence up to its first stop, colon, semicolon or bracket, or to a comma that leaves enough: what
  /// an axis can be called.
  package var firstClause: String {
    // By bytes: characters take some milliseconds of a start, and bytes of none look like these.
    let whole = Substring(utf8.prefix { !".:;(".utf8.contains($0) })
    let isLong = whole.utf8.count > Self.titleLimit && whole.count > Self.titleLimit
    let clause = isLong ? Substring(whole.utf8.prefix { $0 != UInt8(ascii: ",") }) : whole
    return String(clause.last == " " ? clause.dropLast() : clause)
  }

  /// The text as it begins a title.
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The most characters of a title: more do not fit over a panel.
  package static let titleLimit = 64
}
