import Worlds

/// The presets that the program carries, and those that a user adds.
public struct Catalogue: Sendable {
  /// A digest of the sources that this program was built from.
  public static let sourceDigest = EmbeddedPresets.sourceDigest

  /// The presets that are compiled into the program.
  public static let builtIn = Catalogue()

  /// Presets of the user by the name of their file, as they were when they were loaded.
  private var files: [String: Preset] = [:]

  /// All presets that the program carries, by name.
  public var presets: [Preset] { EmbeddedPreset.all.map(\.preset) }

  /// The preset of a kind with a name.
  public func preset(_ kind: Preset.Kind, named name: String) -> Preset? {
    let preset = EmbeddedPreset.all.first { $0.name == name }?.preset
    return preset?.kind == kind ? preset : nil
  }

  /// The names of all presets of a kind, in alphabetical order.
  public func names(_ kind: Preset.Kind) -> [String] {
    presets.filter { $0.kind == kind }.map(\.name).sorted()
  }

  /// The preset that `name` means: a built-in one, or a YAML file of the user.
  ///
  /// - Throws: `InvalidInput` if there is no such preset or its file is wrong.
  public func find(
    _ kind: Preset.Kind, _ name: String, at location: Location, path: String
  ) throws(InvalidInput) -> Preset {
    if let preset = preset(kind, named: name) { return preset }
    if Self.isFile(name) {
      let preset = if let known = files[name] { known } else { try Preset.read(.load(name)) }
      guard preset.kind == kind else {
        let message = "expected a preset of a \(kind.rawValue); '\(name)' is of a \(preset.kind)"
        throw InvalidInput([Problem(location, path: path, message)])
      }
      return preset
    }
    let names = names(kind)
    let message =
      "no \(kind.rawValue) is called '\(name)'\(advice(for: name, among: names)); "
      + "known: \(names.joined(separator: ", ")), or a file that ends in .yaml"
    throw InvalidInput([Problem(location, path: path, message)])
  }

  /// What is wrong with the presets that a request names, also with one that a factor replaces.
  public func problems(withNamesOf request: ScenarioRequest) -> [Problem] {
    let systems = zip(request.shape.systemPaths, request.systems).map { path, name in
      (Preset.Kind.system, path, name)
    }
    return (systems + [(.chain, "settlement.chain", request.chain)]).flatMap {
      kind, path, name -> [Problem] in
      guard let name else { return [] }
      do throws(InvalidInput) {
        _ = try find(kind, name.text, at: name.location, path: path)
        return []
      } catch {
        return error.problems
      }
    }
  }

  private static func isFile(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// The own name of the preset that `name` means, once its file is loaded; else `name`.
  public func label(of name: String) -> String { files[name]?.name ?? name }

  /// This catalogue with the presets of the user that are among `names`, and those that they build on:
  /// from then on their files are not read again.
  ///
  /// - Throws: `InvalidInput` if one is wrong. One that cannot be read is left to `find`, which knows
  ///   where it is named.
  public func loading(_ names: [String]) throws(InvalidInput) -> Catalogue {
    var catalogue = self
    var rest = names.filter(Self.isFile)
    while let name = rest.popLast() {
      guard catalogue.files[name] == nil, let node = try? InputNode.load(name) else { continue }
      let preset = try Preset.read(node)
      catalogue.files[name] = preset
      rest += (preset.base.map { [$0] } ?? []).filter(Self.isFile)
      rest += (preset.chain.map { [$0] } ?? []).filter(Self.isFile)
    }
    return catalogue
  }

  /// The preset and those that it builds on, the most general first.
  func lineage(of preset: Preset, at location: Location) throws(InvalidInput) -> [Preset] {
    var lineage = [preset]
    while let base = lineage[0].base {
      let parent = try find(preset.kind, base, at: location, path: "extends")
      guard !lineage.contains(where: { $0.name == parent.name }) else {
        let message = "'\(preset.name)' builds on itself"
        throw InvalidInput([Problem(location, path: "extends", message)])
      }
      lineage.insert(parent, at: 0)
    }
    return lineage
  }
}
