import Foundation
import Results
import Testing

@Suite struct JSONTests {
  @Test func everyKindIsPrinted() {
    let value = JSON.object([
      "z": .null, "a": .bool(true), "f": .bool(false), "n": .number(0.5), "i": .integer(-7),
      "s": "text", "l": .array([1, 2]), "e": .array([]), "o": .object([]),
      "in": .object(["k": .array([.object(["deep": 1])])]),
    ])
    #expect(
      value.text == """
        {
          "z": null,
          "a": true,
          "f": false,
          "n": 0.5,
          "i": -7,
          "s": "text",
          "l": [
            1,
            2
          ],
          "e": [],
          "o": {},
          "in": {
            "k": [
              {
                "deep": 1
              }
            ]
          }
        }

        """)
  }

  /// Another parser reads back what was meant.
  @Test(arguments: [
    "plain", "quote \" backslash \\ slash /", "line\nfeed", "tab\t", "carriage\r\nreturn",
    "\u{0}\u{1}\u{1F}\u{7F}", "ünïcödé 🦉 \u{2028}", "", "\"\u{301}", "\u{FEFF}mark",
  ])
  func textIsEscaped(text: String) throws {
    let data = Data(JSON.object(["k": .string(text)]).text.utf8)
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: String])
    #expect(object["k"].map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test func keysAreEscapedToo() throws {
    let json = JSON.object([.init(key: "a\"b\n", value: 1)])
    #expect(json.text == "{\n  \"a\\\"b\\n\": 1\n}\n")
  }

  @Test func controlCharactersHaveFourDigits() {
    #expect(JSON.string("\u{1}").text == "\"\\u0001\"\n")
    #expect(JSON.string("\u{1F}").text == "\"\\u001f\"\n")
  }

  @Test func whatIsNoNumberIsNull() {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(JSON.number(value).text == "null\n")
    }
  }

  @Test(arguments: [
    0.1, 1e-5, 1e16, -0.0, 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1.0 / 3,
  ])
  func numbersReadBack(value: Double) throws {
    let data = Data(JSON.array([.number(value)]).text.utf8)
    let list = try #require(JSONSerialization.jsonObject(with: data) as? [Double])
    #expect(list == [value])
  }

  @Test func integersAreExact() { #expect(JSON.integer(.max).text == "9223372036854775807\n") }
}
