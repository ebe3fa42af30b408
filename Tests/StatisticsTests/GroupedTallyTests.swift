import Statistics
import Testing

@Suite struct GroupedTallyTests {
  @Test func aGroupOfOneIsItsObservation() {
    var grouped = GroupedTally(ofGroupsOf: 1)
    var plain = Tally()
    for (place, value) in [0.1, 0.7, -3.3, 1e-9].enumerated() {
      grouped.record(value, at: place)
      plain.record(value)
    }
    #expect(grouped.means.mean == plain.mean)
    #expect(grouped.means.variance == plain.variance)
    #expect(grouped.means.count == 4)
  }

  /// Groups (1, 3), (5, –), (–, 2) and (4, 8): only the first and the last are whole, with means 2 and 6.
  @Test func incompleteGroupsDoNotCount() {
    var tally = GroupedTally(ofGroupsOf: 2)
    for (place, value) in [(0, 1.0), (1, 3), (2, 5), (5, 2), (6, 4), (7, 8)] {
      tally.record(value, at: place)
    }
    #expect(tally.means.count == 2 && tally.means.mean == 4 && tally.means.variance == 8)
  }
}
