import Randomness
import Testing

@testable import Rollup

/// The percentile of past fees, against sorting them.
@Suite struct FeeWindowTests {
  /// The least fee up to which a share of the last ones lies.
  private static func sorted(_ fees: ArraySlice<UInt64>, _ share: Double) -> UInt64 {
    let rank = max(1, Int((share * Double(fees.count)).rounded(.up)))
    return fees.sorted()[rank - 1]
  }

  @Test(arguments: [0, 0.1, 0.5, 0.9, 1])
  func theQuantileIsThatOfTheWindow(_ share: Double) throws {
    var stream = RandomStream(seed: 3, replication: 0, name: "fees")
    var window = FeeWindow(blocks: 200, share: share)
    #expect(window.quantile == nil)
    var fees: [UInt64] = []
    for number in 0..<3000 {
      // From some wei to some 10^15 wei, and a level that moves.
      let exponent = 20 + 15 * stream.uniform() + 10 * Double(number % 700) / 700
      fees.append(UInt64(Double(2).power(exponent)))
      window.add(fees[number])
      let exact = Self.sorted(fees.suffix(200), share)
      let found = try #require(window.quantile)
      #expect(found >= exact && Double(found) <= Double(exact) * (1 + 1.0 / 64) + 1)
    }
  }

  /// Classes follow each other without a gap, from 0 to the greatest fee.
  @Test func classesCoverAllFees() {
    var last: UInt64 = 0
    for place in 1...3775 {
      let end = FeeWindow.last(ofPlace: place)
      #expect(end > last)
      #expect(FeeWindow.place(of: end) == place && FeeWindow.place(of: last + 1) == place)
      last = end
    }
    #expect(last == .max && FeeWindow.place(of: 0) == 0)
  }

  /// A week of slots is kept whole, a longer window thinned out; memory does not grow.
  @Test func aLongWindowIsThinnedOut() throws {
    var window = FeeWindow(blocks: 4 * FeeWindow.mostSamples, share: 0.5)
    for fee in 0..<UInt64(20) { window.add(fee) }
    // Each fourth of 0 … 19: 0, 4, 8, 12, 16.
    #expect(window.quantile == 8)
  }
}

extension Double {
  fileprivate func power(_ exponent: Double) -> Double {
    var (result, whole) = (1.0, exponent)
    while whole >= 1 { (result, whole) = (result * self, whole - 1) }
    return result * (1 + whole)
  }
}
