import Catalogue
import Foundation

/// Where an experiment stands: a file, or a name in a folder `experiments`.
///
/// The folder is looked for here, in the folders above, and above the program, which in a checkout finds
/// the project's.
struct ExperimentPlace {
  private static let folder = "experiments"

  /// The path of the file.
  let file: String
  /// What manifests leave out of the paths of files, with its slash: the folder around `experiments`.
  let root: String

  /// Finds what a name means.
  ///
  /// - Throws: `InvalidInput` if no experiment has this name.
  init(_ name: String) throws(InvalidInput) {
    if InputFiles.isFile(name) {
      (file, root) = (name, "")
      return
    }
    let roots = Self.roots
    for root in roots {
      let file = "\(root)\(Self.folder)/\(name).yaml"
      if FileManager.default.fileExists(atPath: file) {
        (self.file, self.root) = (file, root)
        return
      }
    }
    throw InvalidInput([Problem(Location(file: name), Self.reason(name, roots))])
  }

  /// The names of all experiments that can be found, each with its file, the nearest folder first.
  static var all: [(name: String, place: ExperimentPlace)] {
    var found: [(name: String, place: ExperimentPlace)] = []
    for root in roots {
      for name in names(in: root) where !found.contains(where: { $0.name == name }) {
        found.append((name, ExperimentPlace(file: "\(root)\(folder)/\(name).yaml", root: root)))
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  private init(file: String, root: String) { (self.file, self.root) = (file, root) }

  private static func reason(_ name: String, _ roots: [String]) -> String {
    let known = all.map(\.name)
    guard !known.isEmpty else {
      return
        "there is no folder 'experiments' here, above or beside the program; expected the path of a "
        + "YAML file"
    }
    return "no experiment is called '\(name)'\(advice(for: name, among: known)); known: "
      + "\(known.joined(separator: ", ")), or the path of a YAML file"
  }

  private static func names(in root: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: root + folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// Where things of a checkout are looked for: here, in the folders above, and above the program, each
  /// with its slash; the current one is empty.
  static var folders: [String] {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let program = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    return [""] + above(here) + (Bundle.main.executableURL.map(above) ?? above(program))
  }

  /// The folders that have a folder of experiments, each with its slash; the current one is empty.
  private static var roots: [String] {
    var seen: Set<String> = []
    return folders.filter { root in
      let path = URL(fileURLWithPath: root + folder).standardizedFileURL.path
      return seen.insert(path).inserted && !names(in: root).isEmpty
    }
  }

  /// The folders above a place, the nearest first.
  private static func above(_ url: URL) -> [String] {
    var folders: [String] = []
    var folder = url.resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      folders.append(folder.path.hasSuffix("/") ? folder.path : folder.path + "/")
    }
    return folders
  }
}
