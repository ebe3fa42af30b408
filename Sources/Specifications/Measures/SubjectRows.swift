/// How the measures of a run stand in rows: one row for each subject, a column for each name.
package struct SubjectRows: Sendable {
  /// The row of a subject.
  package struct Row: Sendable {
    /// What the subject is called.
    package let subjectName: String
    /// The place of the measure in each column; nil where the subject has none of that name.
    package let measures: [Int?]
  }

  /// For each column a measure that stands in it: what they have in common names the column.
  package let columns: [Int]
  /// The rows, in the order of the table of measures.
  package let rows: [Row]

  /// The rows of some measures, by their places in a table: all in one where no subject has a name.
  package init(of measures: [Int], in table: MeasureTable) {
    var columnByName: [String: Int] = [:]
    var columns: [Int] = []
    var subjects: [(path: String, measures: [Int])] = []
    for measure in measures {
      let entry = table[measure]
      if columnByName[entry.name] == nil {
        columnByName[entry.name] = columns.count
        columns.append(measure)
      }
      if let place = subjects.firstIndex(where: { $0.path == entry.subjectPath }) {
        subjects[place].measures.append(measure)
      } else {
        subjects.append((entry.subjectPath, [measure]))
      }
    }
    self.columns = columns
    rows = subjects.map { subject in
      var places = [Int?](repeating: nil, count: columns.count)
      for measure in subject.measures {
        if let column = columnByName[table[measure].name] { places[column] = measure }
      }
      return Row(subjectName: table[subject.measures[0]].subjectName, measures: places)
    }
  }
}

extension ExperimentSpec {
  /// How its measures stand in rows.
  package var subjectRows: SubjectRows { SubjectRows(of: measures, in: measureTable) }
}
