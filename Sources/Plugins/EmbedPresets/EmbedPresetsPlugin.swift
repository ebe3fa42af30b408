import Foundation
import PackagePlugin

/// Compiles the YAML presets of a target into it.
@main
struct EmbedPresetsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let presets = try files(below: target.directoryURL.appending(path: "Presets"))
      .filter { $0.pathExtension == "yaml" }
    let sources = context.package.directoryURL.appending(path: "Sources")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPresets.swift")
    return [
      .buildCommand(
        displayName: "Embedding presets",
        executable: try context.tool(named: "EmbedPresets").url,
        arguments: [output.path(), sources.path()] + presets.map { $0.path() },
        inputFiles: try files(below: sources), outputFiles: [output])
    ]
  }

  private func files(below folder: URL) throws -> [URL] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path()).sorted()
      .map { folder.appending(path: $0) }
      .filter { !$0.hasDirectoryPath && !$0.pathExtension.isEmpty }
  }
}
