import Results

/// What a figure shows along an axis, in colours or in panels: its column, title and units.
public struct Axis: Sendable {
  /// A unit in which numbers can be shown.
  public struct Unit: Hashable, Sendable {
    /// How it is written; empty for plain numbers.
    public let symbol: String
    /// How many base units it is.
    public let size: Double

    /// A unit.
    public init(_ symbol: String, _ size: Double) {
      self.symbol = symbol
      self.size = size
    }
  }

  /// What its values are.
  public enum Kind: Sendable {
    /// Names.
    case words
    /// Numbers with a unit.
    case numbers
    /// Seconds since 1970.
    case dates
  }

  /// The column.
  public let field: String
  /// What it is called, without its unit.
  public var title: String
  /// What its values are.
  public let kind: Kind
  /// The units to choose from, that of the column first.
  public let units: [Unit]
  /// The unit that was chosen; nil for one that suits the numbers.
  public var unit: Unit?
  /// The lowest and highest value that is shown [units of the column]; nil for what suits the numbers.
  public var range: ClosedRange<Double>?

  /// An axis over a column.
  ///
  /// - Parameter title: what people call it; a sentence's first clause is good.
  public init(field: String, title: String, kind: Kind, units: [Unit] = [Unit("", 1)]) {
    self.field = field
    self.title = title
    self.kind = kind
    self.units = units
  }

  /// The unit in which some of its numbers are best read: that of the column if their middle is from 0.3 to
  /// 3000 there, or else the one in which it is nearest to 30.
  public func unit(for numbers: [Double]) -> Unit {
    if let unit { return unit }
    let sizes = numbers.map { abs($0) }.filter { $0 > 0 }
    guard let low = sizes.min(), let high = sizes.max() else { return units[0] }
    let middle = (low.naturalLogarithm + high.naturalLogarithm) / 2
    func distance(_ unit: Unit) -> Double {
      abs(middle - unit.size.naturalLogarithm - 30.0.naturalLogarithm)
    }
    if distance(units[0]) <= 100.0.naturalLogarithm { return units[0] }
    return units.dropFirst().reduce(units[0]) { distance($1) < distance($0) ? $1 : $0 }
  }

  /// The title with the unit that some numbers have on it.
  func title(in unit: Unit) -> String { unit.symbol.isEmpty ? title : "\(title) [\(unit.symbol)]" }

  /// A Vega expression of the value of the column in a row.
  var datum: String { "datum[\(field.quoted)]" }
}

extension Axis.Unit {
  /// A Vega expression of a number of base units in this one.
  func divided(_ value: String) -> String {
    size == 1 ? value : "\(value) / \(JSON.number(size).expression)"
  }
}

extension String {
  /// A text as Vega expressions write it.
  var quoted: String {
    "'" + replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  /// The text in lines of so many characters at most, where its words allow it.
  package func lines(of width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The same as a title of a figure.
  func wrapped(to width: Int) -> JSON {
    let lines = lines(of: width)
    return lines.count == 1 ? .string(lines[0]) : .array(lines.map(JSON.string))
  }
}
