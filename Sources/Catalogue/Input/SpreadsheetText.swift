extension String {
  /// Whether a spreadsheet that opens a table takes a cell with this text for a formula and runs it.
  var runsInSpreadsheets: Bool { first.map("=+-@".contains) ?? false }

  /// What a name that becomes a cell must look like.
  static func spreadsheetExpectation(_ name: String) -> String {
    "expected a name that does not begin with =, +, - or @, which spreadsheets run when they open a table; "
      + "found '\(name.excerpt())'"
  }
}
