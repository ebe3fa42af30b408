import Foundation

/// Whose a folder of results is: an experiment, and what makes results of it.
public struct FolderOwner: Equatable, Sendable {
  /// The name of the experiment.
  public let experiment: String
  /// The kind of results, by the command that makes them.
  public let command: String

  /// The results that a command makes of an experiment.
  public init(experiment: String, command: String) {
    self.experiment = experiment
    self.command = command
  }

  /// The owner that a manifest, or another file that begins like one, names.
  fileprivate init?(_ object: [String: Any]) {
    guard let experiment = object["experiment"] as? String,
      let command = object["command"] as? [String], command.count > 1
    else { return nil }
    self.init(experiment: experiment, command: command[1])
  }

  /// The owner in words; the kind only where another one is compared with it.
  fileprivate func description(beside other: FolderOwner) -> String {
    command == other.command ? experiment : "\(experiment) by 'rollsim \(command)'"
  }
}

extension ResultFolder {
  /// The folder of what is no result: finished runs, the lock, and whose all of it is.
  public static let store = ".store"
  private static let ownerFile = "owner.json"
  private static let manifest = "manifest.json"
  /// Files that name an owner, the latest word first.
  private static let owned = ["\(store)/\(ownerFile)", "shard.json", manifest]

  // MARK: Admission

  /// Makes sure, before anything is written, that the folder is free or belongs to `owner`.
  ///
  /// Results are somebody's work: those of another experiment or of another kind stay, and so do files
  /// that this program did not write.
  ///
  /// - Parameters:
  ///   - paths: files that may be written.
  ///   - force: whether to take the folder whosever it is.
  public func admit(
    _ owner: FolderOwner, writing paths: [String], force: Bool
  ) throws(Failure) {
    for path in [Self.store] + paths { try refuseLinks(to: path) }
    guard !force, !strangers.isEmpty || hasStore else { return }
    if let other = recordedOwner {
      guard other == owner else {
        let whose = "the results of \(other.description(beside: owner))"
        throw refusal("'\(url.relativePath)' holds \(whose)", force: "to replace them")
      }
    } else if !hasStore {
      let example = strangers.first.map { ", such as '\($0)'" } ?? ""
      throw refusal(
        "'\(url.relativePath)' holds files of something else\(example)",
        force: "to write among them")
    }
    let known = Set(knownFiles)
    if let path = paths.first(where: { isThere($0) && !known.contains($0) }) {
      let file = url.appendingPathComponent(path).relativePath
      throw refusal("'\(file)' is there, and not of these results", force: "to replace it")
    }
  }

  private func refusal(_ what: String, force: String) -> Failure {
    Failure(description: "\(what); give --results another folder, or --force \(force)")
  }

  /// Refuses a link on the way to a file below the folder; the folder itself may be one.
  func refuseLinks(to path: String) throws(Failure) {
    var place = url
    for name in path.split(separator: "/") {
      place.appendPathComponent(String(name))
      guard !Self.isLink(place) else {
        throw Failure(
          description:
            "'\(place.relativePath)' is a link; links in a folder of results are not followed")
      }
    }
  }

  /// Whether finished runs are kept in the folder, or were.
  var hasStore: Bool { isThere(Self.store) }

  private func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(url.appendingPathComponent(path).path, &status) == 0
  }

  /// What is in the folder, but for what a process leaves that was killed as it began.
  private var strangers: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0 != Self.store && $0 != Self.probe }.sorted()
  }

  // MARK: Records

  private func object(_ name: String) -> [String: Any]? {
    read(name).flatMap { text in
      (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
    }
  }

  private var recordedOwner: FolderOwner? {
    Self.owned.lazy.compactMap { self.object($0).flatMap(FolderOwner.init) }.first
  }

  /// The paths of files that this program has written here, the manifest among them; one that leads
  /// out of the folder is none of them.
  var knownFiles: [String] {
    let noted = object("\(Self.store)/\(Self.ownerFile)")?["files"] as? [String] ?? []
    let listed = StoredResult(self).map { $0.files + [Self.manifest] } ?? []
    return Set(noted + listed).filter(Self.isBelow).sorted()
  }

  /// Whether a path leads to somewhere below a folder.
  static func isBelow(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }

  /// Notes whose the folder is from now on, beside what its manifest says when all is finished.
  ///
  /// - Parameter files: of this program, if not those that are known.
  public func record(_ owner: FolderOwner, files: [String]? = nil) throws(Failure) {
    let note = JSON.object([
      "experiment": .string(owner.experiment),
      "command": .array(["rollsim", .string(owner.command)]),
      "files": .array((files ?? knownFiles).map(JSON.string)),
    ])
    let store = ResultFolder(path: url.appendingPathComponent(Self.store).relativePath)
    guard store.read(Self.ownerFile) != note.text else { return }
    try store.write([(path: Self.ownerFile, content: note.text)])
  }
}
