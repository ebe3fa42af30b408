extension String {
  /// Whether `pattern` names the measure of this name: exactly, without the `_mean` at its end, or with `*`.
  public func isMeasure(named pattern: String) -> Bool {
    matches(pattern) || pattern + "_mean" == self
  }

  /// Whether `pattern` names this text: exactly, or with `*` for any part of it.
  public func matches(_ pattern: String) -> Bool {
    if pattern == self { return true }
    // A hostile one has a million stars.
    guard pattern.utf8.count <= 1000, pattern.utf8.contains(UInt8(ascii: "*")) else {
      return false
    }
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard hasPrefix(pieces[0]) else { return false }
    var rest = dropFirst(pieces[0].count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let found = rest.firstRange(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.count >= (pieces.last?.count ?? 0) && rest.hasSuffix(pieces.last ?? "")
  }
}
