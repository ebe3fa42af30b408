import Foundation
import Results

/// The pictures of the figures in folders of results.
public struct Pictures {
  /// What was drawn of a folder.
  public struct Drawn {
    /// The path of the folder.
    public let folder: String
    /// How many pictures it has.
    public let count: Int
    /// How many of them were not there, or other than they are now.
    public let changedCount: Int
  }

  private static let ending = ".vl.json"
  private let folders: [String]
  private var jobs: [DrawingEnvironment.Job] = []
  /// Of each job the place of its folder, and the path there without the ending.
  private var places: [(folder: Int, stem: String)] = []

  /// Finds the documents of figures in some folders.
  ///
  /// - Throws: `DrawingEnvironment.Failure` with every folder that has none and every document that is
  ///   no text.
  public init(of folders: [String]) throws(DrawingEnvironment.Failure) {
    self.folders = folders
    var problems: [String] = []
    for (place, folder) in folders.enumerated() {
      let names = Self.documents(of: folder)
      if names.isEmpty { problems.append(Self.reason(folder)) }
      for name in names {
        let path = "\(folder)/figures/\(name)"
        guard let content = FileManager.default.contents(atPath: path) else {
          problems.append("\(path): cannot be read")
          continue
        }
        guard let text = String(data: content, encoding: .utf8) else {
          problems.append("\(path): expected a JSON document in UTF-8")
          continue
        }
        jobs.append(.init(name: path, text: text))
        places.append((place, "figures/" + name.dropLast(Self.ending.count)))
      }
    }
    guard problems.isEmpty else {
      throw .init(description: problems.joined(separator: "\n"))
    }
  }

  private static func documents(of folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/figures")) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted()
  }

  private static func reason(_ folder: String) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      return "\(folder): no such folder"
    }
    guard isFolder.boolValue else { return "\(folder): expected a folder of results" }
    return
      "\(folder): no figures; expected figures/*\(ending), which 'rollsim sweep' writes"
  }

  /// Draws all, and writes the pictures that are not there as they should be.
  ///
  /// - Throws: `DrawingEnvironment.Failure` with every document that is wrong, of which none is drawn
  ///   then; `ResultFolder.Failure` if a picture cannot be written.
  public func write(_ environment: DrawingEnvironment) throws -> [Drawn] {
    let pictures = try environment.draw(jobs)
    return try folders.enumerated().map { place, path in
      let folder = ResultFolder(path: path)
      let staged = folder.stage()
      var (count, changed) = (0, 0)
      for picture in pictures where places[picture.job].folder == place {
        let name = "\(places[picture.job].stem).\(picture.format)"
        count += 1
        let file = folder.url.appendingPathComponent(name).path
        guard FileManager.default.contents(atPath: file) != picture.content else { continue }
        changed += 1
        try staged.write(name, bytes: picture.content)
      }
      if changed > 0 { try staged.commit() }
      return Drawn(folder: path, count: count, changedCount: changed)
    }
  }
}
