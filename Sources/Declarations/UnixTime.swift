/// Dates as settlement chains count them: Unix seconds, without leap seconds.
enum UnixTime {
  /// Reads a date in UTC (ISO 8601): `2025-12-03`, or `2025-12-03T21:00:00Z`.
  ///
  /// - Returns: the seconds since 1970, or nil if the text is no date from then on.
  static func seconds(_ text: String) -> Int? {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let date = numbers(parts[0], separator: "-", widths: [4, 2, 2]),
      let days = days(year: date[0], month: date[1], day: date[2])
    else { return nil }
    guard parts.count == 2 else { return days * 86_400 }
    guard parts[1].hasSuffix("Z"),
      let time = numbers(parts[1].dropLast(), separator: ":", widths: [2, 2, 2]),
      time[0] < 24, time[1] < 60, time[2] < 60
    else { return nil }
    return days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
  }

  /// Numbers of so many digits each.
  private static func numbers(
    _ text: Substring, separator: Character, widths: [Int]
  ) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == widths else { return nil }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    return numbers.count == widths.count ? numbers : nil
  }

  /// Days since 1970-01-01 in the Gregorian calendar.
  private static func days(year: Int, month: Int, day: Int) -> Int? {
    guard year >= 1970, (1...12).contains(month) else { return nil }
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    let before = year - 1
    let leapDays = before / 4 - before / 100 + before / 400 - 477
    return (year - 1970) * 365 + leapDays + lengths[..<(month - 1)].reduce(0, +) + day - 1
  }
}
