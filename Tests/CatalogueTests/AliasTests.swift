import Catalogue
import Testing

/// Aliases that multiply are refused before they are expanded; a few are welcome.
@Suite struct AliasTests {
  @Test func aliasesInKeysAreRefused() {
    var bomb = "a0: &a0 {x: 1}\n"
    for level in 1...29 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    bomb += "? *a29\n: 1\n"
    let error = #expect(throws: InvalidInput.self) { try InputNode.parse(bomb, file: "bomb.yaml") }
    #expect(error?.problems.first?.message == "more than 20 YAML aliases; write the values out")
  }

  @Test func aFewAliasesAreExpanded() throws {
    let node = try InputNode.parse("{a: &size 100 kB, b: *size}", file: "few.yaml")
    #expect(node.members?.map(\.value.text) == ["100 kB", "100 kB"])
  }
}
