import Testing

@testable import RareEvents

/// Which entrance a path starts from.
@Suite struct EvenChoiceTests {
  private static func counts(_ entrances: Int, _ trials: Int, _ offset: Int) -> [Int] {
    let entrances = Array(0..<entrances)
    return (0..<trials).reduce(into: entrances.map { _ in 0 }) {
      $0[entrances[evenly: $1, of: trials, offset]] += 1
    }
  }

  @Test(arguments: [(1, 10), (3, 10), (7, 10), (10, 10), (9, 1)])
  func eachStartsAsManyOrOneMore(_ entrances: Int, _ trials: Int) {
    for offset in 0..<entrances {
      let counts = Self.counts(entrances, trials, offset)
      #expect(counts.allSatisfy { (trials / entrances...trials / entrances + 1).contains($0) })
      #expect(counts.reduce(0, +) == trials)
    }
  }

  @Test(arguments: [(1, 10), (3, 10), (7, 10), (10, 10), (9, 1)])
  func overAllOffsetsEachStartsTheSame(_ entrances: Int, _ trials: Int) {
    let sums = (0..<entrances).reduce(into: [Int](repeating: 0, count: entrances)) { sums, offset in
      for (index, count) in Self.counts(entrances, trials, offset).enumerated() {
        sums[index] += count
      }
    }
    #expect(sums.allSatisfy { $0 == trials })
  }
}
