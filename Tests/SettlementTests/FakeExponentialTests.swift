import Randomness
import Testing

@testable import Settlement

/// The series of EIP-4844 is exact however its terms are found, and nil where it does not fit.
@Suite struct FakeExponentialTests {
  /// The pseudocode of EIP-4844, "Helpers", with nothing clever about it.
  private static func reference(_ factor: UInt64, _ numerator: UInt64, _ denominator: UInt64)
    -> UInt64?
  {
    var output: UInt128 = 0
    var term = UInt128(factor) * UInt128(denominator)
    var index: UInt128 = 1
    while term > 0 {
      output += term
      let (product, overflow) = term.multipliedReportingOverflow(by: UInt128(numerator))
      if overflow { return nil }
      term = product / (UInt128(denominator) * index)
      index += 1
    }
    return UInt64(exactly: output / UInt128(denominator))
  }

  private static func expectReference(_ factor: UInt64, _ numerator: UInt64, _ denominator: UInt64)
    -> Bool
  {
    let found = BlobFeeRule.fakeExponential(
      factor: factor, numerator: numerator, denominator: denominator)
    let expected = reference(factor, numerator, denominator)
    #expect(found == expected, "factor \(factor), numerator \(numerator), of \(denominator)")
    return expected != nil
  }

  /// Integers of every length, so that every limit of the arithmetic is met from both sides.
  @Test func anyArgumentsGiveWhatThePseudocodeGives() {
    var stream = RandomStream(seed: 1, replication: 0, name: "integers")
    func integer() -> UInt64 { stream.nextWord() >> (stream.nextWord() % 64) }
    var fitting = 0
    for _ in 0..<20_000 where Self.expectReference(integer(), integer(), max(integer(), 1)) {
      fitting += 1
    }
    #expect((5000..<15_000).contains(fitting), "both outcomes are common")
  }

  /// Exponents up to 46 over denominators of every length: the long series, fees of up to 64 bits.
  @Test func anyFeeIsWhatThePseudocodeGives() {
    var stream = RandomStream(seed: 1, replication: 0, name: "fees")
    var fitting = 0
    for _ in 0..<20_000 {
      let denominator = max(stream.nextWord() >> (6 + stream.nextWord() % 58), 1)
      let numerator = stream.nextWord() % (46 * denominator)
      let factor = stream.nextWord() >> (stream.nextWord() % 64)
      if Self.expectReference(factor, numerator, denominator) { fitting += 1 }
    }
    #expect((5000..<15_000).contains(fitting), "both outcomes are common")
  }

  /// Both sides of each power of two, and of an exponent of 64.
  @Test func theEdgesGiveWhatThePseudocodeGives() {
    var edges: [UInt64] = [0, 1, 2, 3, 63, 64, 65, .max - 1, .max]
    for bits in [31, 32, 57, 58, 59, 61, 62, 63] as [UInt64] {
      let power: UInt64 = 1 << bits
      edges += [power - 1, power, power + 1]
    }
    for denominator in edges where denominator > 0 {
      let (exponent64, overflow) = denominator.multipliedReportingOverflow(by: 64)
      let numerators = overflow ? edges : edges + [exponent64 - 1, exponent64, exponent64 + 1]
      for factor in edges {
        for numerator in numerators {
          _ = Self.expectReference(factor, numerator, denominator)
        }
      }
    }
  }

  /// Every fee of a full ladder of blocks, by the step of one blob.
  @Test func everyFeeUpTo64BitsIsThatOfThePseudocode() {
    let rule = BlobFeeVectorTests.pectra
    for excess in stride(from: 0, through: 45 * rule.updateFraction, by: 131_072) {
      _ = Self.expectReference(1, excess, rule.updateFraction)
    }
  }

  /// A caller that knows the fee of the block may pass it.
  @Test func theNextExcessIsTheSameWithAKnownFee() {
    let rule = BlobFeeVectorTests.osaka
    for excess in stride(from: 0, through: 20 * rule.updateFraction, by: 131_072) {
      for baseFee in [1, 16, 17, 1_000_000_000, .max] as [UInt64] {
        let known = rule.nextExcess(
          after: excess, blobs: 6, baseFee: baseFee, blobBaseFee: rule.baseFee(excess: excess))
        #expect(known == rule.nextExcess(after: excess, blobs: 6, baseFee: baseFee))
      }
    }
  }
}
