import Foundation

// Pages that are made of results, and how they are told from pages of others.

extension ResultFolder {
  /// The page that is made of a result, in its folder.
  public static let reportFile = "report.html"
  /// The page that is made of a folder of results.
  public static let indexFile = "index.html"
  /// What stands in the second line of such a page.
  public static let reportMark = "<!-- made by rollsim report -->"

  /// Whether a page may be replaced: none is there, or one that was made here.
  public func mayReplace(page name: String) -> Bool {
    guard has(name) else { return true }
    guard let file = try? FileHandle(forReadingFrom: url.appendingPathComponent(name)),
      let start = try? file.read(upToCount: 200)
    else { return false }
    return String(decoding: start, as: UTF8.self).contains(Self.reportMark)
  }

  /// Removes the page of a result that is about to change, as it would deceive.
  ///
  /// - Returns: whether there was one.
  func removeReport() -> Bool {
    has(Self.reportFile) && mayReplace(page: Self.reportFile)
      && unlink(url.appendingPathComponent(Self.reportFile).path) == 0
  }
}
