import Synchronization

/// A preset that the program carries, read when it is first wanted.
final class EmbeddedPreset: Sendable {
  /// All of them, by their names.
  static let all = EmbeddedPresets.files.map(EmbeddedPreset.init)

  /// The name of its file, which is its own.
  let name: String
  private let text: String
  private let whenRead = Mutex<Preset?>(nil)

  private init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// What it says.
  ///
  /// A test proves that all of them can be read; one that cannot is a broken invariant.
  var preset: Preset {
    whenRead.withLock { known in
      if let known { return known }
      do throws(InvalidInput) {
        let preset = try Preset.read(.parse(text, file: "preset \(name)"))
        precondition(preset.name == name, "preset '\(preset.name)' is in the file of '\(name)'")
        known = preset
        return preset
      } catch {
        preconditionFailure("a built-in preset is broken:\n\(error)")
      }
    }
  }
}
