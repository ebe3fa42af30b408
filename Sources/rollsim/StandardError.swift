import Foundation

/// Where messages and progress go; results go to standard output.
enum StandardError {
  /// Writes text as it is.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  /// Says a line, unless all is to be quiet.
  static func say(_ line: String, unless isQuiet: Bool = false) {
    if !isQuiet { write(line + "\n") }
  }
}
