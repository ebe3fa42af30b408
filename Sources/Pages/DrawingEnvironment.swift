import Foundation
import Results

/// The environment of Python that draws: `.venv` of a checkout, as `scripts/setup --figures` makes it.
public struct DrawingEnvironment {
  /// Why nothing can be drawn, a line for each reason.
  public struct Failure: Error, CustomStringConvertible {
    /// The reasons.
    public let description: String
  }

  /// A document to draw.
  struct Job {
    /// What messages call it.
    let name: String
    /// The Vega-Lite document.
    let text: String
    /// The kinds of pictures, of svg, png and pdf; nil for those that the document asks for.
    var formats: [String]?
  }

  /// A document as a picture.
  struct Picture {
    /// The place of its document among the jobs.
    let job: Int
    /// svg, png or pdf.
    let format: String
    /// The bytes of the file.
    let content: Data
  }

  private let root: String

  /// The environment in the first of some folders that has one.
  ///
  /// - Parameter folders: paths of folders, each with its slash; the current one is empty.
  /// - Throws: `Failure` if none has.
  public init(in folders: [String]) throws(Failure) {
    let found = folders.first {
      FileManager.default.isExecutableFile(atPath: "\($0).venv/bin/python")
        && FileManager.default.fileExists(atPath: "\($0).venv/fonts")
    }
    guard let found else {
      throw Failure(
        description:
          "nothing to draw with: no folder '.venv' here, above or beside the program; "
          + "'scripts/setup --figures' in a checkout makes it")
    }
    root = found
  }

  /// Draws documents.
  ///
  /// - Returns: the pictures in the order of the jobs.
  /// - Throws: `Failure` with every document that is wrong.
  func draw(_ jobs: [Job]) throws -> [Picture] { try answer(jobs, scripts: false).pictures }

  /// The scripts of Vega, Vega-Lite and Vega-Embed, which draw documents in a browser.
  public func scripts() throws -> String { try answer([], scripts: true).scripts }

  private func answer(
    _ jobs: [Job], scripts: Bool
  ) throws -> (pictures: [Picture], scripts: String) {
    let folder = try Self.workFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let work: JSON = [
      "jobs": .array(jobs.map(\.json)), "scripts": .bool(scripts),
    ]
    try Data(work.text.utf8).write(to: folder.appendingPathComponent("jobs.json"))
    try run(in: folder)
    let answer = try JSONDecoder().decode(
      Answer.self, from: Data(contentsOf: folder.appendingPathComponent("answer.json")))
    guard answer.problems.isEmpty else {
      throw Failure(description: answer.problems.joined(separator: "\n"))
    }
    let pictures = try answer.pictures.map { picture in
      Picture(
        job: picture.job, format: picture.format,
        content: try Data(contentsOf: folder.appendingPathComponent(picture.file)))
    }
    guard scripts else { return (pictures, "") }
    let text = try String(
      contentsOf: folder.appendingPathComponent("vega.js"), encoding: .utf8)
    return (pictures, text)
  }

  /// Runs the script that draws; what it says is shown only where it fails.
  private func run(in folder: URL) throws {
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(root).venv/bin/python")
    process.arguments = ["-c", Asset.draw, folder.path]
    process.environment = try environment(in: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let lines = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      let last = lines.split(separator: "\n").last.map { ": \($0)" } ?? ""
      throw Failure(
        description: "'\(root).venv' cannot draw\(last); remove it and call "
          + "'scripts/setup --figures' again")
    }
  }

  /// The renderer reads the fonts of the machine unless it is told of others before it is loaded.
  private func environment(in folder: URL) throws -> [String: String] {
    let fonts = URL(fileURLWithPath: "\(root).venv/fonts").path
    let file = folder.appendingPathComponent("fonts.conf")
    let text =
      "<?xml version=\"1.0\"?><fontconfig><dir>\(Markup.text(fonts))</dir></fontconfig>\n"
    try Data(text.utf8).write(to: file)
    var environment = ProcessInfo.processInfo.environment
    environment["FONTCONFIG_FILE"] = file.path
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment["PYTHONPATH"] = nil
    return environment
  }

  private static func workFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rollsim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private struct Answer: Decodable {
    struct Picture: Decodable {
      let job: Int
      let format: String
      let file: String
    }
    let pictures: [Picture]
    let problems: [String]
  }
}

extension DrawingEnvironment.Job {
  fileprivate var json: JSON {
    [
      "name": .string(name), "text": .string(text),
      "formats": formats.map { .array($0.map(JSON.string)) } ?? .null,
    ]
  }
}
