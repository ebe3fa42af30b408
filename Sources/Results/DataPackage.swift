/// The description of a folder of tables that other tools read (Frictionless Data Package 1.0).
public enum DataPackage {
  /// One table and the file that holds it.
  public struct Resource {
    let name: String
    let path: String
    let table: Table
    let primaryKey: [String]

    /// Describes `table`, stored at `path` beside the description.
    public init(name: String, path: String, table: Table, primaryKey: [String]) {
      self.name = name
      self.path = path
      self.table = table
      self.primaryKey = primaryKey
    }
  }

  /// The descriptor of a package.
  public static func descriptor(name: String, title: String, resources: [Resource]) -> JSON {
    .object([
      "profile": .string("tabular-data-package"),
      "name": .string(name),
      "title": .string(title),
      "resources": .array(resources.map(descriptor)),
    ])
  }

  private static func descriptor(of resource: Resource) -> JSON {
    .object([
      "profile": .string("tabular-data-resource"),
      "name": .string(resource.name),
      "path": .string(resource.path),
      "format": .string("csv"),
      "encoding": .string("utf-8"),
      "schema": .object([
        "fields": .array(resource.table.columns.map(field)),
        "primaryKey": .array(resource.primaryKey.map(JSON.string)),
        "missingValues": .array([.string("")]),
      ]),
    ])
  }

  private static func field(of column: Table.Column) -> JSON {
    var members: [JSON.Member] = [
      .init(key: "name", value: .string(column.name)),
      .init(key: "type", value: .string(column.kind.rawValue)),
      .init(key: "description", value: .string(column.description)),
    ]
    if !column.unit.isEmpty { members.append(.init(key: "unit", value: .string(column.unit))) }
    return .object(members)
  }
}
