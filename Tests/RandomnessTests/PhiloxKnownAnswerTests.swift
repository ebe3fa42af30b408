import CGSL
import Foundation
import Testing

@testable import Randomness

/// The generator is Philox4x64-10 to the bit, by two independent witnesses.
@Suite struct PhiloxKnownAnswerTests {
  /// One line of `kat_vectors` in Random123 1.14 for `philox4x64 10`.
  struct KnownAnswer: Sendable {
    let counter: [UInt64]
    let key: [UInt64]
    let words: [UInt64]
  }

  static let random123 = [
    KnownAnswer(
      counter: [0, 0, 0, 0], key: [0, 0],
      words: [
        0x16554d9e_ca36314c, 0xdb20fe9d_672d0fdc, 0xd7e772ce_e186176b, 0x7e68b68a_ec7ba23b,
      ]),
    KnownAnswer(
      counter: [.max, .max, .max, .max], key: [.max, .max],
      words: [
        0x87b092c3_013fe90b, 0x438c3c67_be8d0224, 0x9cc7d7c6_9cd777b6, 0xa09caebf_594f0ba0,
      ]),
    // The digits of pi.
    KnownAnswer(
      counter: [
        0x243f6a88_85a308d3, 0x13198a2e_03707344, 0xa4093822_299f31d0, 0x082efa98_ec4e6c89,
      ],
      key: [0x452821e6_38d01377, 0xbe5466cf_34e90c6c],
      words: [
        0xa528f454_03e61d95, 0x38c72dbd_566e9788, 0xa5a1610e_72fd18b5, 0x57bd43b5_e52b7fe6,
      ]),
  ]

  @Test(arguments: random123)
  func aBlockEqualsThePublishedRandom123Vector(_ vector: KnownAnswer) {
    let block = Philox4x64.block(Self.block(vector.counter), key: (vector.key[0], vector.key[1]))
    #expect([block.0, block.1, block.2, block.3] == vector.words)
  }

  /// Twelve words each, so that the counter is advanced three times and carries in every word.
  @Test func wordsEqualThoseOfNumPy() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "numpy_philox", withExtension: "csv", subdirectory: "Vectors"))
    let rows = try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n").dropFirst()
      .map { line in try line.split(separator: ",").map { try #require(UInt64($0, radix: 16)) } }
    try #require(rows.count == 9)
    for row in rows {
      try #require(row.count == 18)
      var stream = RandomStream(
        Philox4x64(key: (row[0], row[1]), counter: Self.block(Array(row[2..<6]))))
      let words = (0..<12).map { _ in stream.nextWord() }
      #expect(words == Array(row[6...]), "key \(row[0]), counter from \(row[2])")
    }
  }

  private static func block(_ words: [UInt64]) -> Philox4x64.Block {
    (words[0], words[1], words[2], words[3])
  }
}
