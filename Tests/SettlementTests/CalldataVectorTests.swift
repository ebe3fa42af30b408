import Settlement
import Testing

/// What calldata costs before and after EIP-7623.
@Suite struct CalldataVectorTests {
  private static let before = CalldataRule(hasFloor: false)
  private static let after = CalldataRule(hasFloor: true)

  @Test func bytesCost4And16GasWithoutTheFloor() {
    #expect(Self.before.gas(zeroBytes: 0, nonZeroBytes: 0, execution: 0) == 21_000)
    #expect(Self.before.gas(zeroBytes: 100, nonZeroBytes: 0, execution: 0) == 21_400)
    #expect(Self.before.gas(zeroBytes: 0, nonZeroBytes: 100, execution: 0) == 22_600)
    #expect(Self.before.gas(zeroBytes: 3, nonZeroBytes: 5, execution: 1000) == 22_092)
  }

  @Test func dataAloneCosts10And40GasWithTheFloor() {
    #expect(Self.after.gas(zeroBytes: 0, nonZeroBytes: 0, execution: 0) == 21_000)
    #expect(Self.after.gas(zeroBytes: 100, nonZeroBytes: 0, execution: 0) == 22_000)
    #expect(Self.after.gas(zeroBytes: 0, nonZeroBytes: 100, execution: 0) == 25_000)
  }

  /// 600 tokens: floor 6,000, data 2,400, so the two meet at 3,600 gas of execution.
  @Test(
    arguments: [
      (0, 27_000), (3599, 27_000), (3600, 27_000), (3601, 27_001), (10_000, 33_400),
    ] as [(UInt64, UInt64)])
  func executionCountsOnceItExceedsTheFloor(_ execution: UInt64, _ gas: UInt64) {
    #expect(Self.after.gas(zeroBytes: 200, nonZeroBytes: 100, execution: execution) == gas)
    let standard = Self.before.gas(zeroBytes: 200, nonZeroBytes: 100, execution: execution)
    #expect(standard == 21_000 + 2400 + execution)
  }
}
