import Results

// Values as people write them: 1.5 h rather than 5400 s, and a date rather than seconds since 1970.

extension Axis {
  /// Whether its numbers are lengths of time, each of which is written in a unit of its own.
  var isTime: Bool { kind == .numbers && unit == nil && units.contains { $0.symbol == "min" } }

  /// A Vega expression that writes one value as text, with its unit.
  ///
  /// - Parameters:
  ///   - value: the expression of the value.
  ///   - unit: the unit of numbers.
  func text(_ value: String, in unit: Unit) -> String {
    switch kind {
    case .words: value
    case .dates: "utcFormat(\(value) * 1000, '%Y-%m-%d %H:%M UTC')"
    case .numbers where isTime: NumberScale.durationText(value)
    case .numbers:
      "format(\(unit.divided(value)), ',~r')" + (unit.symbol.isEmpty ? "" : " + ' \(unit.short)'")
    }
  }

  /// The values along a side of a figure: a title, and a Vega expression that writes each.
  ///
  /// - Parameter length: the room for the title [pixels].
  func side(_ data: [JSON], along length: Int) -> (title: JSON, label: String) {
    let unit = unit(for: data.numbers(field))
    let isPlain = kind == .numbers && !isTime
    return (
      (isPlain ? title(in: unit) : title).wrapped(to: max(16, length / 7)),
      isPlain ? "format(\(unit.divided("datum.value")), ',~r')" : text("datum.value", in: unit)
    )
  }

  /// One value in words.
  public func words(_ value: JSON) -> String {
    if case .string(let text) = value { return text }
    guard let number = value.number else { return "" }
    if kind == .dates { return Self.date(number) }
    func length(_ unit: Unit) -> Int { JSON.number(number / unit.size).expression.count }
    // Time in the largest unit that makes no fraction of it, other numbers as they are while they are short.
    let unit =
      !isTime && length(units[0]) <= 5
      ? units[0] : units.reversed().first { abs(number) >= $0.size && length($0) <= 4 } ?? units[0]
    let text = JSON.number(number / unit.size).expression
    return unit.symbol.isEmpty ? text : "\(text) \(unit.short)"
  }

  /// A time in UTC, from seconds since 1970 (Hinnant, chrono-compatible low-level date algorithms).
  private static func date(_ seconds: Double) -> String {
    let all = Int(seconds)
    let (days, rest) = (all / 86_400, all % 86_400)
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month < 10 ? month + 3 : month - 9))-\(two(day)) "
      + "\(two(rest / 3600)):\(two(rest / 60 % 60)) UTC"
  }
}

extension Axis.Unit {
  /// How it is written behind a number: a rate without its one.
  var short: String { symbol.hasPrefix("1/") ? String(symbol.dropFirst()) : symbol }
}
