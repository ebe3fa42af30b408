import Foundation
import Results
import Testing

/// The description that other tools read (Frictionless Data Package).
@Suite struct DataPackageTests {
  @Test func everyColumnHasItsTypeAndUnit() throws {
    let table = Table(columns: [
      .init("system", .string, "Preset."), .init("age_s", .number, unit: "s", "Age."),
      .init("n", .integer, "Count."),
    ])
    let package = DataPackage.descriptor(
      name: "test", title: "What?",
      resources: [
        .init(name: "points", path: "points.csv", table: table, primaryKey: ["system", "age_s"])
      ])
    let object = try JSONSerialization.jsonObject(with: Data(package.text.utf8))
    let root = try #require(object as? [String: Any])
    #expect(root["name"] as? String == "test")
    #expect(root["title"] as? String == "What?")
    #expect(root["profile"] as? String == "tabular-data-package")
    let resources = try #require(root["resources"] as? [[String: Any]])
    try #require(resources.count == 1)
    #expect(resources[0]["path"] as? String == "points.csv")
    #expect(resources[0]["profile"] as? String == "tabular-data-resource")
    let schema = try #require(resources[0]["schema"] as? [String: Any])
    #expect(schema["primaryKey"] as? [String] == ["system", "age_s"])
    #expect(schema["missingValues"] as? [String] == [""])
    #expect(
      schema["fields"] as? [[String: String]] == [
        ["name": "system", "type": "string", "description": "Preset."],
        ["name": "age_s", "type": "number", "description": "Age.", "unit": "s"],
        ["name": "n", "type": "integer", "description": "Count."],
      ])
  }
}
