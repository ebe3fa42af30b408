import Catalogue

extension MeasureTable {
  /// What was probably meant by a name or pattern that none of some measures has, or what is expected, as
  /// advice.
  func suggestion(for name: String, at places: [Int]) -> String {
    let nearest = advice(for: name, among: names(like: name, at: places))
    guard nearest.isEmpty, let dot = name.lastIndex(of: ".") else { return nearest }
    let subjects = subjects(at: places)
    guard !subjects.isEmpty else { return "; expected a name without a rollup before it" }
    guard !subjects.contains(name) else {
      return "; expected measures below it, such as '\(name).*'"
    }
    let (subject, measure) = (String(name[..<dot]), name[dot...])
    guard !subjects.contains(where: { $0.matches(subject) }) else { return "" }
    let meant = subjects.map { "\($0)\(measure)" }.filter { pattern in
      places.contains { self[$0].matches(pattern) }
    }
    // Without the word before the name of the subject, or with that for another kind.
    let word = subject.split(separator: ".").last ?? ""
    if let one = meant.first(where: { $0.hasSuffix(".\(word)\(measure)") }) {
      return "; did you mean '\(one)'?"
    }
    let other = advice(for: name, among: meant)
    return other.isEmpty
      ? "; expected a name below one of: \(subjects.joined(separator: ", "))" : other
  }

  /// The paths of what some measures are of, where that has a name.
  private func subjects(at places: [Int]) -> [String] {
    var known: Set<String> = [""]
    return places.map { self[$0].subjectPath }.filter { known.insert($0).inserted }
  }
}
