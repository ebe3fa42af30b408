import Foundation
import Testing

@testable import Results

/// Tables as CSV and JSON.
@Suite struct TableTests {
  private func csv(_ cell: Table.Cell) -> String {
    var table = Table(columns: [.init("a", .string, "")])
    table.append([cell])
    return table.csv
  }

  @Test(arguments: [
    ("plain", "plain"), ("two words", "two words"), ("a,b", "\"a,b\""),
    ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
    ("carriage\rreturn", "\"carriage\rreturn\""), ("windows\r\nlines", "\"windows\r\nlines\""),
    ("comma,\u{301}accent", "\"comma,\u{301}accent\""),
    ("quote\"\u{301}accent", "\"quote\"\"\u{301}accent\""), ("", ""),
  ])
  func textIsQuotedWhereItMustBe(text: String, quoted: String) {
    #expect(Array(csv(.string(text)).utf8) == Array("a\n\(quoted)\n".utf8))
  }

  @Test(arguments: [
    (0.1, "0.1"), (1e-5, "1e-05"), (1e16, "1e+16"), (-0.0, "-0"), (3, "3"), (-2, "-2"),
    (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"),
    (123_456_789_012_345, "123456789012345"), (.leastNonzeroMagnitude, "5e-324"),
    (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
  ])
  func numbersAreTheShortestThatReadBack(value: Double, text: String) throws {
    #expect(csv(.number(value)) == "a\n\(text)\n")
    let back = try #require(Double(text))
    #expect(back == value && back.sign == value.sign)
  }

  @Test func wholeNumbersAreExact() {
    #expect(csv(.integer(Int.max)) == "a\n9223372036854775807\n")
    #expect(csv(.integer(-5)) == "a\n-5\n")
  }

  @Test func nothingIsAnEmptyCell() {
    var table = Table(columns: [.init("a", .number, ""), .init("b", .number, "")])
    table.append([.init(nil), .init(2)])
    #expect(table.csv == "a,b\n,2\n")
    #expect(table.json == .array([.object([.init(key: "b", value: .number(2))])]))
  }

  @Test func rowsAndColumnsKeepTheirOrder() {
    var table = Table(columns: [.init("z", .string, ""), .init("a", .integer, "")])
    table.append([.string("second"), .integer(2)])
    table.append([.string("first"), .integer(1)])
    #expect(table.csv == "z,a\nsecond,2\nfirst,1\n")
    #expect(table.filtered(column: "z", is: .string("first")).csv == "z,a\nfirst,1\n")
    #expect(table.filtered(column: "z", is: .string("third")).csv == "z,a\n")
  }

  @Test func textOfACellHasNoQuotes() {
    #expect(Table.Cell.string("a,b").text == "a,b")
    #expect(Table.Cell.number(2).text == "2")
  }

  /// An infinite limit, or what is no number, says nothing; no reader of a table has to know its name.
  @Test(arguments: [Double.infinity, -.infinity, .nan]) func whatIsNotFiniteIsEmpty(value: Double) {
    var table = Table(columns: [.init("a", .number, "A."), .init("b", .number, "B.")])
    table.append([.number(value), .number(1)])
    #expect(table.csv == "a,b\n,1\n")
    #expect(table.json == .array([.object(["b": .number(1)])]))
    #expect(Table.Cell.number(value).number == nil && Table.Cell.number(value).text == "")
  }
}
