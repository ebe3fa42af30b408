import Results

/// How numbers become places along an axis: a range that fits them, a unit, and ticks that are round in it.
struct NumberScale {
  let axis: Axis
  let isLogarithmic: Bool
  /// The lowest and the highest number [units of the column].
  let low: Double
  let high: Double
  let unit: Axis.Unit
  /// The numbers with a tick [units of the column].
  private let ticks: [Double]
  /// Whether ticks are so far from one that powers of ten say them better.
  private let hasPowers: Bool
  /// Whether ticks are lengths of time at levels, each in a unit of its own.
  private let hasDurations: Bool

  /// Room between the outermost numbers and the ends of the axis [pixels].
  static let padding = 12.0

  /// A scale for some numbers.
  ///
  /// - Parameters:
  ///   - levels: the numbers that get the ticks if they are few, such as the levels of a factor.
  ///   - beginsAtZero: whether lengths count, as those of bars do.
  init(
    _ axis: Axis, _ numbers: [Double], isLogarithmic: Bool = false, levels: [Double] = [],
    beginsAtZero: Bool = false
  ) {
    self.axis = axis
    self.isLogarithmic = isLogarithmic
    let shown = isLogarithmic ? numbers.filter { $0 > 0 } : numbers
    var (low, high) = (shown.min() ?? 1, shown.max() ?? 1)
    // An axis that nearly reaches zero may as well show it.
    if beginsAtZero || (!isLogarithmic && low > 0 && low < 0.3 * high) { low = min(low, 0) }
    if low == high {
      (low, high) =
        isLogarithmic
        ? (low / 2, high * 2) : (low - max(abs(low) / 10, 1), high + max(abs(high) / 10, 1))
    }
    if let range = axis.range { (low, high) = (range.lowerBound, range.upperBound) }
    (self.low, self.high) = (low, high)
    let unit = axis.unit(for: isLogarithmic ? [low, high] : [max(abs(low), abs(high))])
    self.unit = unit
    let isFew = 2...8 ~= levels.count && axis.range == nil
    let round = isFew ? levels : Self.ticks(low / unit.size, high / unit.size, isLogarithmic)
    ticks = isFew ? levels : round.map { $0 * unit.size }
    let sizes = (isFew ? levels.map { $0 / unit.size } : round).map { abs($0) }.filter { $0 > 0 }
    hasDurations = isFew && axis.isTime
    hasPowers =
      isLogarithmic && !isFew && ((sizes.max() ?? 1) >= 1e6 || (sizes.min() ?? 1) < 1e-4)
  }

  /// Round numbers from low to high: powers of ten and, where these are few, twice and five times them;
  /// or some five at equal distances.
  private static func ticks(_ low: Double, _ high: Double, _ isLogarithmic: Bool) -> [Double] {
    let powers: [Double] = (-30...30).map { Double("1e\($0)") ?? 1 }
    let round: [Double] = powers.flatMap { [$0, 2 * $0, 5 * $0] }
    guard isLogarithmic else {
      let step = round.first { $0 * 6 >= high - low } ?? 1
      let first = (low / step).rounded(.up)
      return (0...7).map { (first + Double($0)) * step }.filter { $0 <= high }
    }
    let decades = powers.filter { (low...high).contains($0) }
    if decades.count > 8 {
      return decades.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    }
    if decades.count > 3 { return decades }
    return round.filter { (low...high).contains($0) }
  }

  /// The place of a number from the low end of the axis [pixels].
  func place(of number: Double, along length: Double) -> Double {
    func scaled(_ value: Double) -> Double { isLogarithmic ? value.naturalLogarithm : value }
    let share = (scaled(number) - scaled(low)) / (scaled(high) - scaled(low))
    return Self.padding + share * (length - 2 * Self.padding)
  }

  /// A Vega expression of the lower end of an interval, so far down at most that it has a place.
  func clamped(_ value: String) -> String {
    isLogarithmic ? "max(\(value), \(low) / 100)" : value
  }

  /// The title with the unit, in lines that fit an axis.
  ///
  /// - Parameter length: of the axis [pixels].
  func title(along length: Int) -> JSON {
    (hasDurations ? axis.title : axis.title(in: unit)).wrapped(to: length / 7)
  }

  /// A channel of positions on the scale, as Vega-Lite has it.
  ///
  /// - Parameter length: of the axis [pixels].
  func channel(_ field: String, along length: Int) -> JSON {
    [
      "field": .string(field), "type": "quantitative", "title": title(along: length),
      "scale": scale, "axis": guide,
    ]
  }

  /// The scale as Vega-Lite has it.
  var scale: JSON {
    [
      "type": .string(isLogarithmic ? "log" : "linear"), "domain": [.number(low), .number(high)],
      "nice": false, "zero": false, "padding": axis.range == nil ? .number(Self.padding) : 0,
    ]
  }

  /// Ticks and their labels.
  var guide: JSON {
    [
      "values": .array(ticks.map(JSON.number)), "labelExpr": .string(label), "labelOverlap": true,
    ]
  }

  private var label: String {
    if hasDurations { return Self.durationText("datum.value") }
    let value = unit.divided("datum.value")
    guard hasPowers else { return "format(\(value), ',.6~r')" }
    let exponents = (-30...30).map { "'10\(Self.superscript($0))'" }
    return "[\(exponents.joined(separator: ","))][round(log(\(value)) / LN10) + 30]"
  }

  private static func superscript(_ number: Int) -> String {
    let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return (number < 0 ? "⁻" : "")
      + String(abs(number)).compactMap { $0.wholeNumberValue.map { digits[$0] } }.joined()
  }
}
