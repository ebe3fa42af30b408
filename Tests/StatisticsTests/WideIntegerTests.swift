import Randomness
import Testing

@testable import Statistics

/// Wide integers become the floating-point numbers that the standard library makes of them.
@Suite struct WideIntegerTests {
  /// Powers of two and what lies around them and around the ties above them.
  private static let edges: [UInt128] = (0..<128).flatMap { bit -> [UInt128] in
    let power = UInt128(1) << UInt128(bit)
    let halfUnit = bit >= 53 ? UInt128(1) << UInt128(bit - 53) : 0
    return [power, power + halfUnit, power + 3 * halfUnit].flatMap {
      [$0 - 1, $0, $0 + 1]
    }
  }

  @Test func edgesAreThoseOfTheStandardLibrary() {
    for value in Self.edges + [0, .max] {
      #expect(value.asDouble == Double(value), "\(value)")
      let signed = Int128(truncatingIfNeeded: value)
      #expect(signed.asDouble == Double(signed), "\(signed)")
    }
  }

  @Test func numbersOfEveryLengthAreThoseOfTheStandardLibrary() {
    var stream = RandomStream(seed: 1, replication: 0, name: "wide")
    for length in 0..<128 {
      for _ in 0..<50 {
        let all = UInt128(stream.nextWord()) << 64 | UInt128(stream.nextWord())
        let value = all >> UInt128(length)
        #expect(value.asDouble == Double(value), "\(value)")
      }
    }
  }
}
