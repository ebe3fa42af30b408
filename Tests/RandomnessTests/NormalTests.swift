import CGSL
import Testing

@testable import Randomness

/// Normal and lognormal variables against GSL's ziggurat and the C library's exponential.
@Suite struct NormalTests {
  /// Both signs of 128 layers; the first has no inside, each other has most of its places in it.
  @Test func layersAreThoseOfGSL() {
    let layers = UnsafeBufferPointer(start: ZigguratLayer.all, count: 256)
    for (byte, layer) in layers.enumerated() {
      if byte & 0x7F == 0 {
        #expect(layer.limit == 0)
      } else {
        #expect(layer.limit > 12_000_000 && layer.limit < 1 << 24)
        #expect((layer.width < 0) == (byte < 0x80))
        let last = layer.limit - 1
        let inside = GSLProbe(bits: last << 8 | UInt32(byte))
        #expect(inside.isInside && inside.value == Double(last) * layer.width)
        #expect(!GSLProbe(bits: layer.limit << 8 | UInt32(byte)).isInside)
      }
    }
  }

  /// A million draws have some 12,000 outside the layers, and 260 in the tail.
  @Test(arguments: [false, true])
  func singleOnesAreGSLs(isMirrored: Bool) {
    var ours = RandomStream(seed: 1, replication: 0, name: "normal")
    let gsl = RandomStream(seed: 1, replication: 0, name: "normal")
    if isMirrored {
      ours = RandomStream(seed: 1, replication: RandomStream.mirror(of: 0), name: "normal")
    }
    let sign = isMirrored ? -1.0 : 1
    for _ in 0..<1_000_000 {
      let expected = sign * gsl_ran_gaussian_ziggurat(gsl.generator, 1)
      guard ours.standardNormal() == expected else {
        Issue.record("a normal variable is not GSL's")
        return
      }
    }
  }

  /// In pieces of several lengths, with whole words between them, so that halves are left over.
  @Test(arguments: [false, true])
  func manyLognormalsAreThoseOfGSLsNormals(isMirrored: Bool) {
    let replication = isMirrored ? RandomStream.mirror(of: 3) : 3
    var ours = RandomStream(seed: 2, replication: replication, name: "many")
    var gsl = RandomStream(seed: 2, replication: replication, name: "many")
    let (mu, sigma) = (11.0, 0.7)
    let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: 64)
    defer { room.deallocate() }
    var worst = 0.0
    for piece in 0..<20_000 {
      let values = UnsafeMutableBufferPointer(rebasing: room[..<(piece % 65)])
      Distribution.lognormal(mu: mu, sigma: sigma).fill(values, &ours)
      for value in values {
        let halves = gsl.halves
        let normal = gsl.withPlainWords { gsl_ran_gaussian_ziggurat(halves, 1) }
        let expected = exp(mu + sigma * (isMirrored ? -normal : normal))
        worst = max(worst, abs(value - expected) / expected.ulp)
      }
      #expect(ours.nextWord() == gsl.nextWord())
    }
    #expect(worst <= 1)
  }

  /// Exponents beyond what is taken at once go to the C library.
  @Test func largeExponentsAreTheCLibrarys() {
    var ours = RandomStream(seed: 3, replication: 0, name: "large")
    let same = RandomStream(seed: 3, replication: 0, name: "large")
    let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: 100)
    defer { values.deallocate() }
    Distribution.lognormal(mu: 690, sigma: 1).fill(values, &ours)
    for value in values {
      #expect(value == exp(690 + gsl_ran_gaussian_ziggurat(same.halves, 1)))
    }
  }

  /// 700,001 exponents over the range; the C library's are within half a unit and a little more.
  @Test func powersOfEAreWithinAUnit() {
    let exponents = (-350_000...350_000).map { Double($0) * 0.002 }
    for (exponent, power) in zip(exponents, Self.powers(of: exponents)) {
      let expected = exp(exponent)
      #expect(abs(power - expected) <= expected.ulp, "\(exponent)")
    }
  }

  /// 1, e, √e and e^10 to all digits of a double (OEIS A001113, A019774, A092509).
  @Test(arguments: [
    (0, 1), (1, 2.718281828459045), (0.5, 1.6487212707001282), (10, 22026.465794806718),
    (-1, 0.36787944117144233),
  ])
  func powersOfEAreThePublishedOnes(exponent: Double, expected: Double) {
    #expect(abs(Self.powers(of: [exponent])[0] - expected) <= expected.ulp)
  }

  /// The same bits on every machine, however many are made at once: the FNV-1a hash of 10,000 powers, as a program in Python
  /// makes it of the same products and sums.
  @Test(arguments: [2, 4, 8])
  func powersOfEAreTheSameBitsEverywhere(atOnce: Int) {
    guard atOnce <= UnsafeMutableBufferPointer.powersAtOnce else { return }
    let powers = Self.powers(of: (0..<10_000).map { Double($0 - 5000) * 0.01 }, atOnce)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for power in powers { hash = (hash ^ power.bitPattern) &* 0x0000_0100_0000_01B3 }
    #expect(hash == 0x9454_8845_597D_0649)
  }

  /// Lists of every length around what is made at once, beside numbers that are not theirs.
  @Test(arguments: [2, 4, 8], 0...17)
  func everyLengthOfListIsRaised(atOnce: Int, count: Int) {
    guard atOnce <= UnsafeMutableBufferPointer.powersAtOnce else { return }
    let exponents = (0..<20).map { Double($0) * 0.3 - 2 }
    var values = exponents
    values.withUnsafeMutableBufferPointer {
      UnsafeMutableBufferPointer(rebasing: $0[1..<(1 + count)]).raiseToPowersOfE(atOnce)
    }
    #expect(values[1..<(1 + count)] == Self.powers(of: exponents)[1..<(1 + count)])
    #expect(values[0] == exponents[0] && values[(1 + count)...] == exponents[(1 + count)...])
  }

  private static func powers(
    of exponents: [Double], _ atOnce: Int = UnsafeMutableBufferPointer.powersAtOnce
  ) -> [Double] {
    var values = exponents
    values.withUnsafeMutableBufferPointer { $0.raiseToPowersOfE(atOnce) }
    return values
  }

  /// Around whole and half numbers of all sizes up to the cut.
  @Test func roundingIsHalfUp() {
    for whole in [0.0, 1, 2, 3, 21_000, 65_535, 1_048_576, 2_147_483_647, 2_147_483_648, 3.9e9] {
      let half = whole + 0.5
      #expect(UInt32(rounding: whole) == UInt32(whole))
      #expect(UInt32(rounding: half) == UInt32(whole) + 1)
      // One half itself added to the double below it is 1.
      if whole > 0 { #expect(UInt32(rounding: half.nextDown) == UInt32(whole)) }
      #expect(UInt32(rounding: half.nextUp) == UInt32(whole) + 1)
    }
    #expect(UInt32(rounding: 1e300) == 4_000_000_000)
    #expect(UInt32(rounding: .infinity) == 4_000_000_000)
  }

  /// Of two places, so that both are made at once.
  @Test(arguments: [0, 0.25, 0.5.nextDown, 0.5, 1.5, 2.5, 21_000, 3.9e9, 1e300, .infinity])
  func manyAreRoundedAsEachIs(value: Double) {
    let rounded = Self.rounded(value, 7.5).map { UInt32(truncatingIfNeeded: $0.bitPattern) }
    #expect(rounded == [UInt32(rounding: value), 8])
  }

  @Test func manyOfWhichOneIsNegativeOrNoNumberTrap() async {
    await #expect(processExitsWith: .failure) { _ = NormalTests.rounded(7.5, -1) }
    await #expect(processExitsWith: .failure) { _ = NormalTests.rounded(-.infinity, 7.5) }
    await #expect(processExitsWith: .failure) { _ = NormalTests.rounded(7.5, .nan) }
    await #expect(processExitsWith: .failure) { _ = NormalTests.rounded(7.5, -0.25) }
  }

  private static func rounded(_ first: Double, _ second: Double) -> [Double] {
    var values = [first, second]
    values.withUnsafeMutableBufferPointer { $0.roundInLowestBits() }
    return values
  }
}
