import Statistics
import Testing

/// The area under a step function, by hand.
@Suite struct TimeIntegralTests {
  @Test func stepsAddUpByHand() {
    var number = TimeIntegral()
    number.add(2, at: 10)
    number.add(3, at: 15)
    number.add(-5, at: 40)
    #expect(number.value == 0)
    // 10·0 + 5·2 + 25·5
    #expect(number.integral(through: 40) == 135)
    #expect(number.integral(through: 1000) == 135)
  }

  @Test func theIntegralRunsOnSinceTheLastStep() {
    var number = TimeIntegral()
    number.add(4, at: 0)
    #expect(number.integral(through: 0) == 0)
    #expect(number.integral(through: 7) == 28)
    number.add(-6, at: 7)
    #expect(number.integral(through: 10) == 28 - 6)
  }

  @Test func stepsAtOneInstantHaveNoArea() {
    var number = TimeIntegral()
    number.add(1_000_000, at: 5)
    number.add(-1_000_000, at: 5)
    #expect(number.integral(through: 100) == 0)
  }

  /// A million waiting for 292 years exceeds 64 bits.
  @Test func largeAreasAreExact() {
    var number = TimeIntegral()
    number.add(1_000_000, at: 0)
    #expect(number.integral(through: .max) == Int128(Int64.max) * 1_000_000)
  }

  @Test func timeThatGoesBackwardsTraps() async {
    await #expect(processExitsWith: .failure) {
      var number = TimeIntegral()
      number.add(1, at: 10)
      number.add(1, at: 9)
    }
  }
}
