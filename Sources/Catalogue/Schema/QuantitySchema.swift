import Declarations
import Results
import Worlds

/// Values of parameters: quantities with their units, words, distributions.
extension InputSchema {
  /// A definition for each dimension.
  static let quantities: [JSON.Member] = Declarations.Dimension.allCases.map {
    .init(key: name(of: $0), value: quantity($0))
  }

  /// A definition for the distributions of each dimension that has any.
  static let distributions: [JSON.Member] = Declarations.Dimension.allCases.compactMap {
    dimension in
    let isUsed = Parameter.all.contains { $0.kind == .distribution(dimension) }
    return isUsed
      ? .init(key: "distribution.\(dimension.rawValue)", value: distribution(dimension)) : nil
  }

  /// A value of a kind.
  static func value(of kind: ParameterKind) -> JSON {
    switch kind {
    case .quantity(let dimension): quantity(of: dimension)
    case .word(let words): kind.isTruth ? truth : word(words)
    case .distribution(let dimension): reference("distribution.\(dimension.rawValue)")
    case .trace, .history: .object(["type": "string", "minLength": 1])
    }
  }

  /// No or yes; in YAML 1.2 only `true` and `false` are no texts.
  public static let truth = any(of: [
    .object(["type": "boolean"]), word(ParameterKind.truths.map(\.text)),
  ])

  /// A quantity of a dimension.
  public static func quantity(of dimension: Declarations.Dimension) -> JSON {
    reference(name(of: dimension))
  }

  private static func name(of dimension: Declarations.Dimension) -> String {
    "quantity.\(dimension.rawValue)"
  }

  private static func quantity(_ dimension: Declarations.Dimension) -> JSON {
    var forms = [text(matching: pattern(dimension))]
    if dimension.baseUnit.isEmpty {
      forms.append(
        .object([
          "type": dimension.isWhole ? "integer" : "number", "minimum": 0,
          "maximum": .number(dimension.limit),
        ]))
    }
    if dimension == .instant {
      forms.append(text(matching: #"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$"#))
    }
    return (forms.count == 1 ? forms[0] : any(of: forms)).described(dimension.expectation)
  }

  /// A number and one of the units.
  private static func pattern(_ dimension: Declarations.Dimension) -> String {
    let number = #"^ *\+?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][+-]?\d+)?"#
    let symbols = dimension.units.map(\.symbol).filter { !$0.isEmpty }
    guard !symbols.isEmpty else { return number + "$" }
    let unit = " *(\(symbols.joined(separator: "|")))"
    return number + (dimension.baseUnit.isEmpty ? "(\(unit))?$" : unit + "$")
  }

  private static func distribution(_ dimension: Declarations.Dimension) -> JSON {
    let forms = DistributionForm.all.map { form in
      let values = mapping(
        form.keys.map { .init(key: $0.name, value: argument($0.kind, dimension)) },
        required: form.keys.map(\.name))
      return mapping([.init(key: form.name, value: values)], required: [form.name])
    }
    return any(of: [quantity(of: dimension)] + forms)
  }

  private static func argument(
    _ kind: DistributionForm.Kind, _ dimension: Declarations.Dimension
  ) -> JSON {
    switch kind {
    case .quantity(let other): quantity(of: other ?? dimension)
    case .signedNumber: .object(["type": "number"])
    case .quantities(let other): list(of: quantity(of: other ?? dimension))
    case .distribution: reference("distribution.\(dimension.rawValue)")
    case .distributions: list(of: reference("distribution.\(dimension.rawValue)"))
    case .text: text
    }
  }
}
