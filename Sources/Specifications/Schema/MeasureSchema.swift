import Catalogue
import Results
import Worlds

/// The names of measures, and what is derived from them.
extension InputSchema {
  /// The keys of a derived measure.
  static let derivedMembers: [JSON.Member] = [
    .init(
      key: "value",
      value: .object(["type": "string"]).described(
        "An expression over measures, such as cost_data_wei_per_tx / bytes_posted_per_tx.")),
    .init(key: "unit", value: text.described("Its SI unit; 1 for a plain number.")),
    .init(key: "meaning", value: text.described("What it says, in one sentence.")),
  ]

  /// Derived measures by name.
  static let derivedMeasures: JSON = .object([
    "type": "object", "minProperties": 1, "maxProperties": .integer(MeasureTable.derivedLimit),
    "additionalProperties": mapping(derivedMembers, required: ["value", "unit"]),
  ])

  /// The name of one measure.
  static let exactMeasure = reference("measure.name")

  /// What measures are called, with or without `_mean`, and with their subject where that has a name; and
  /// the same in an experiment that derives some, whose names are not known here.
  static let measureDefinitions: [JSON.Member] = {
    let known = any(of: [
      word(measureNames), text(matching: "^\(subject)(\(measureNames.joined(separator: "|")))$"),
    ])
    let pattern = text(matching: "^(\(subject))?[a-z0-9_*]*\\*[a-z0-9_*]*$")
    let derived = text(matching: "^(\(subject))?[a-z0-9_]+$")
    return [
      .init(key: "measure.name", value: known),
      .init(key: "measure", value: any(of: [exactMeasure, pattern])),
      .init(key: "measure.name.derived", value: any(of: [exactMeasure, derived])),
      .init(key: "measure.derived", value: any(of: [reference("measure"), derived])),
    ]
  }()

  /// An experiment, and one that derives measures; each with its figures.
  static let experimentDefinitions: [JSON.Member] = {
    let figure = mapping(figureMembers)
    let experiment = mapping(experimentMembers, required: ["experiment"])
    return [
      .init(key: "figure", value: figure), .init(key: "figure.derived", value: figure.derived),
      .init(key: "experiment.derived", value: experiment.derived),
      .init(
        key: "experiment",
        value: .object([
          "if": .object(["required": .array([.string("derived")])]),
          "then": reference("experiment.derived"), "else": experiment,
        ])),
    ]
  }()

  private static let subject = #"(rollups|services)\.[^.]+\."#

  private static let measureNames: [String] = {
    var known = Set<String>()
    let names = WorldShape(services: ["name"]).measures.map(\.name)
    let short = names.filter { $0.hasSuffix("_mean") }.map { String($0.dropLast(5)) }
    return (names + short).filter { known.insert($0).inserted }
  }()
}

extension JSON {
  /// The same schema with the definitions of experiments that derive measures.
  fileprivate var derived: JSON {
    switch self {
    case .string(let text) where text.hasPrefix("#/$defs/measure") || text == "#/$defs/figure":
      return .string(text + ".derived")
    case .array(let elements): return .array(elements.map(\.derived))
    case .object(let members):
      return .object(members.map { .init(key: $0.key, value: $0.value.derived) })
    case .null, .bool, .number, .integer, .string: return self
    }
  }
}
