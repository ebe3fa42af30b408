import CVectors
import Testing

/// Where one of several kinds stands.
@Suite struct PlacesTests {
  /// Every mask of eight kinds, behind none to nine others of which each second is one: what is listed is what a search
  /// finds, and nothing is written behind the room for as many places as kinds.
  @Test(arguments: 0...9)
  func everyPatternOfEightIsListed(before: Int) {
    for mask in 0..<256 {
      let kinds = (0..<before + 8).map { place -> UInt8 in
        place < before ? UInt8(place % 2) : UInt8(mask >> (place - before) & 1)
      }
      for kind in UInt8(0)...2 {
        let found = Self.places(of: kind, in: kinds)
        #expect(found == kinds.indices.filter { kinds[$0] == kind }.map(Int32.init))
      }
    }
  }

  /// Bytes that differ in one bit from the kind that is looked for, and those at the ends of the range.
  @Test func kindsThatLookAlikeAreTold() {
    let kinds: [UInt8] = [0, 1, 127, 128, 129, 254, 255, 64, 128, 0, 255, 127, 2, 130, 126, 1, 128]
    for kind in UInt8.min...UInt8.max {
      let found = Self.places(of: kind, in: kinds)
      #expect(found == kinds.indices.filter { kinds[$0] == kind }.map(Int32.init))
    }
  }

  @Test func amongNoneThereIsNone() { #expect(Self.places(of: 0, in: []).isEmpty) }

  private static func places(of kind: UInt8, in kinds: [UInt8]) -> [Int32] {
    let room = kinds.count
    var places = [Int32](repeating: -1, count: room + 16)
    let found = cvectors_places(kinds, room, kind, &places)
    #expect(places[room...].allSatisfy { $0 == -1 })
    return Array(places[..<found])
  }
}
