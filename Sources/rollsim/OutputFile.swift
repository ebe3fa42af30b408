import ArgumentParser
import Foundation
import Results

/// A file that an option names: it is written whole, and not over what somebody else wrote.
///
/// It is renamed into place, which a device or a link would not survive.
struct OutputFile {
  let path: String
  /// Where it ends up.
  let folder: ResultFolder
  /// Its name there.
  let name: String

  /// Makes sure that the file can be written.
  ///
  /// - Parameters:
  ///   - content: what it is to hold, in a word.
  ///   - force: whether to replace whatever is there.
  ///   - isOurs: whether a file that begins with a line may be replaced.
  init(
    _ path: String, option: String, content: String, force: Bool, isOurs: (String) -> Bool
  ) throws {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    guard !path.isEmpty, path != "-", !path.hasSuffix("/"), type == nil || type == .typeRegular
    else {
      throw ValidationError(
        "\(option): expected the path of a file, no link and no device; found '\(path)'")
    }
    guard force || Self.isReplaceable(path, isOurs) else {
      throw ResultFolder.Failure(
        description:
          "'\(path)' is there and holds no \(content); give \(option) another file, or --force to "
          + "replace it")
    }
    let url = URL(fileURLWithPath: path)
    self.path = path
    name = url.lastPathComponent
    folder = ResultFolder(path: url.deletingLastPathComponent().path)
    try folder.prepare()
  }

  /// The same for all paths of one file, whatever links lead to its folder.
  static func place(_ path: String) -> String {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
    return folder.appendingPathComponent(url.lastPathComponent).path
  }

  /// Whether nobody loses anything with a file: it is not there, empty, or one of ours.
  private static func isReplaceable(_ path: String, _ isOurs: (String) -> Bool) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0 else { return true }
    guard let file = FileHandle(forReadingAtPath: path),
      let start = try? file.read(upToCount: 1 << 12)
    else { return false }
    let line = start.prefix { $0 != UInt8(ascii: "\n") }
    return isOurs(String(decoding: line, as: UTF8.self))
  }
}
