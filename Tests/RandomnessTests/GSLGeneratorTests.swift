import CGSL
import Testing

@testable import Randomness

/// What GSL sees through the `gsl_rng` is the same sequence that Swift draws.
@Suite struct GSLGeneratorTests {
  private static func stream() -> RandomStream {
    RandomStream(seed: 7, replication: 3, name: "gsl")
  }

  @Test func theRangeIsAllOf64Bits() {
    let stream = Self.stream()
    let (least, most) = (gsl_rng_min(stream.generator), gsl_rng_max(stream.generator))
    #expect(least == 0 && most == .max)
    let name = String(cString: gsl_rng_name(stream.generator))
    #expect(name == "philox4x64-10")
  }

  @Test func integersThroughGSLAreTheRawWords() {
    var direct = Self.stream()
    let throughGSL = Self.stream()
    for _ in 0..<1000 {
      let (word, expected) = (UInt64(gsl_rng_get(throughGSL.generator)), direct.nextWord())
      #expect(word == expected)
    }
  }

  @Test func uniformsAreTheTop53BitsOfAWord() {
    var words = Self.stream()
    var uniforms = Self.stream()
    let throughGSL = Self.stream()
    for _ in 0..<10_000 {
      let expected = Double(words.nextWord() >> 11) / 9_007_199_254_740_992
      let drawn = (uniforms.uniform(), gsl_rng_uniform(throughGSL.generator))
      #expect(drawn == (expected, expected))
      #expect((0..<1).contains(expected))
    }
  }

  /// One state behind both doors: a draw through GSL moves the Swift side on.
  @Test func drawsThroughGSLAndSwiftInterleave() {
    var reference = Self.stream()
    var mixed = Self.stream()
    for turn in 0..<100 {
      let word =
        turn.isMultiple(of: 3) ? UInt64(gsl_rng_get(mixed.generator)) : mixed.nextWord()
      let expected = reference.nextWord()
      #expect(word == expected)
    }
  }

  /// `gsl_rng_set` restarts the stream in place, as samplers of GSL may expect.
  @Test func settingASeedThroughGSLRestartsTheSequence() {
    let first = Self.stream()
    gsl_rng_set(first.generator, 42)
    let words = (0..<6).map { _ in UInt64(gsl_rng_get(first.generator)) }
    var reference = RandomStream(Philox4x64(key: (42, 0)))
    let expected = (0..<6).map { _ in reference.nextWord() }
    #expect(words == expected)
  }
}
