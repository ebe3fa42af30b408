import Foundation
import Reporting
import Results
import Specifications

extension ReportPage {
  /// What the result was made of and by, and the commands that make it again.
  var provenance: String {
    let command = recorded.command.map(Self.word).joined(separator: " ")
    let facts =
      [["seed", Markup.code(String(spec.seed))], ["generator", "Philox4x64-10"]]
      + recorded.origin.map { [Markup.text($0.key), Markup.code($0.value)] }
      + [["specification", Markup.code("sha256 \(recorded.specificationHash)")]]
    let files = recorded.files.keys.sorted().map {
      [Markup.code($0), Markup.code(recorded.files[$0] ?? "")]
    }
    let inputs = recorded.inputs.map { input in
      """
      <details><summary>\(Markup.code(input.path))</summary>
      <pre>\(Markup.text(String(decoding: input.content, as: UTF8.self)))</pre></details>
      """
    }
    return """
      <p>This makes the result again, and this, in the folder of the page, compares every number with
      what stands there, bit for bit:</p>
      <pre class="command">\(Markup.text(command)) --results again
      rollsim verify .</pre>
      \(others)
      \(Markup.table("facts", ["what", "value"], facts))
      <h3>Specification</h3>
      \(inputs.joined(separator: "\n"))
      <h3>Files</h3>
      \(Markup.table("files", ["file", "SHA-256"], files))
      """
  }

  /// How the program of the page differs from that of the result; nothing where it does not.
  private var others: String {
    let differences = recorded.differences
    guard !differences.isEmpty else { return "" }
    return "<p>The page was made by another program or platform than the result:</p>"
      + Markup.list(differences.map(Markup.text))
  }

  /// A word as a shell reads it.
  private static func word(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,+".contains($0) }
    return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }
}
