import Foundation

/// What is known of the window that a reader has.
enum Terminal {
  /// How many columns a descriptor's window has: COLUMNS where that is exported, else what the window
  /// says; nil for what is no window, such as a file, which has room for all.
  static func width(of descriptor: Int32) -> Int? {
    if let text = ProcessInfo.processInfo.environment["COLUMNS"], let columns = Int(text),
      columns > 0
    {
      return columns
    }
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}
