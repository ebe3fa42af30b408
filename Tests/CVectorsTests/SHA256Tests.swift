import CVectors
import Testing

/// SHA-256 by instructions of the processor and without them.
@Suite struct SHA256Tests {
  private static func state(after blocks: [UInt8], byInstructions: Int32) -> [UInt32] {
    var state: [UInt32] = [
      0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
      0x5BE0_CD19,
    ]
    cvectors_sha256(&state, blocks, blocks.count / 64, byInstructions)
    return state
  }

  /// One block of "abc" (FIPS 180-4, example of NIST), by what every processor can.
  @Test func thePublishedVectorNeedsNoInstructions() {
    let block = Array("abc".utf8) + [0x80] + [UInt8](repeating: 0, count: 59) + [24]
    #expect(
      Self.state(after: block, byInstructions: 0) == [
        0xBA78_16BF, 0x8F01_CFEA, 0x4141_40DE, 0x5DAE_2223, 0xB003_61A3, 0x9617_7A9C, 0xB410_FF61,
        0xF200_15AD,
      ])
  }

  @Test(.enabled(if: cvectors_has_sha256() != 0), arguments: [0, 1, 2, 3, 100])
  func instructionsMakeTheSame(blocks: Int) {
    let bytes = (0..<UInt32(64 * blocks)).map {
      UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13)
    }
    #expect(
      Self.state(after: bytes, byInstructions: 1) == Self.state(after: bytes, byInstructions: 0))
  }
}
