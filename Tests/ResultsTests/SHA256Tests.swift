import Digest
import Testing

/// The vectors of FIPS 180-4 and the lengths around which padding changes.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
        + "lmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func publishedVectors(text: String, hash: String) {
    #expect(SHA256.hexadecimal(of: text.utf8) == hash)
  }

  @Test func aMillionLetters() {
    #expect(
      SHA256.hexadecimal(of: repeatElement(UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// 55 bytes are the most that fit into one block with their length; from another implementation.
  @Test(arguments: [
    (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
  ])
  func lengthsAroundABlock(count: Int, hash: String) {
    #expect(SHA256.hexadecimal(of: repeatElement(UInt8(ascii: "a"), count: count)) == hash)
  }

  /// In two pieces, wherever the cut lies: of the first block, of later ones, and at their ends.
  @Test func piecesMakeTheSame() {
    let bytes = (0..<200).map { UInt8($0) }
    let whole = SHA256.bytes(of: bytes)
    for cut in 0...bytes.count {
      var hash = SHA256()
      hash.update(Array(bytes[..<cut]))
      hash.update(Array(bytes[cut...]))
      #expect(hash.bytes == whole, "cut at \(cut)")
    }
  }
}
