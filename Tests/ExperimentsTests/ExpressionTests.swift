import Testing

@testable import Designs
@testable import Specifications

/// Formulas mean what they mean on paper.
@Suite struct ExpressionTests {
  /// By hand; a wrong precedence or grouping gives another number in each.
  @Test(
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("7 - 4 - 2", 1), ("8 / 4 / 2", 1), ("8 / 4 * 2", 4),
      ("2 ^ 3 ^ 2", 512), ("2 * 3 ^ 2", 18), ("-2 ^ 2", -4), ("(-2) ^ 2", 4), ("2 ^ -1", 0.5),
      ("4 ^ 0.5", 2), ("1 - -1", 2), ("-3 * -2", 6), ("- (1 - 3)", 2), ("+5", 5),
      ("1e3 + .5", 1000.5),
      ("2e-1 * 10", 2), ("min(3, 1, 2)", 1), ("max(1, 2 * 2)", 4), ("exp(0)", 1),
      ("log(exp(2))", 2),
      ("sqrt(16)", 4), ("floor(-1.5)", -2), ("ceil(1.2)", 2), ("round(2.5)", 3),
      ("round(-2.5)", -3),
      ("abs(2 - 5)", 3), ("a.b * 2 + c_1", 23), ("a.b/c_1", 10.0 / 3),
      ("max(min(a.b, 4), c_1) ^ 2", 16),
    ] as [(String, Double)])
  func aValueByHand(text: String, value: Double) throws {
    let expression = try ExpressionParser.expression(text)
    #expect(expression.value { ["a.b": 10, "c_1": 3][$0] } == value)
  }

  @Test(arguments: ["1 / 0", "log(0)", "exp(1000)", "2 ^ 5000"])
  func whatIsInfinite(text: String) throws {
    #expect(try ExpressionParser.expression(text).value { _ in nil }.isInfinite)
  }

  /// Also where another argument alone would have a value.
  @Test(arguments: ["0 / 0", "sqrt(-1)", "log(-1)", "min(1, 0 / 0)", "max(0 / 0, 1)", "x"])
  func whatIsNoNumber(text: String) throws {
    #expect(try ExpressionParser.expression(text).value { _ in nil }.isNaN)
  }

  @Test func namesHavePositions() throws {
    let uses = try ExpressionParser.expression("2 * poster.max_age + min(x, x)").uses
    #expect(uses.map(\.name) == ["poster.max_age", "x", "x"])
    #expect(uses.map(\.position) == [5, 26, 29])
  }

  @Test(arguments: [
    ("", 1, "expected a number, a name or '('; found the end"),
    ("1 +", 4, "expected a number, a name or '('; found the end"),
    ("1 + * 2", 5, "expected a number, a name or '('; found '*'"),
    ("30 s", 4, "expected an operator or the end; found 's'"),
    ("(1 + 2", 7, "expected ')'; found the end"),
    ("1 + 2)", 6, "expected an operator or the end; found ')'"),
    ("1.2.3", 1, "'1.2.3' is no number"),
    ("1e999", 1, "'1e999' is no number"),
    ("2 & 3", 3, "unexpected '&'"),
    ("2 < 3", 3, "expected an operator or the end; found '<'"),
    (
      "flor(2)", 1,
      "no function is called 'flor'; did you mean 'floor'?; expected one of: min, max, "
        + "exp, log, sqrt, floor, ceil, round, abs"
    ),
    ("1 + min(2)", 5, "'min' takes at least two arguments; found 1"),
    ("exp(1, 2)", 1, "'exp' takes one argument; found 2"),
    ("exp()", 5, "expected a number, a name or '('; found ')'"),
  ])
  func anErrorHasAPosition(text: String, position: Int, message: String) {
    let error = #expect(throws: ExpressionError.self) { try ExpressionParser.expression(text) }
    #expect(error?.position == position)
    #expect(error?.advisedMessage == message)
  }

  /// Neither long texts nor deep ones reach the end of the stack.
  @Test func sizeIsBounded() throws {
    let deep = String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60)
    for text in [
      deep, String(repeating: "-", count: 60) + "1", String(repeating: "1+", count: 600),
    ] {
      #expect(throws: ExpressionError.self) { try ExpressionParser.expression(text) }
    }
    let long = String(repeating: "1+", count: 490) + "1"
    #expect(try ExpressionParser.expression(long).value { _ in nil } == 491)
  }

  @Test(arguments: [
    ("1 2", 3, "expected one of < <= > >= == !=; found '2'"),
    ("1 + 2", 6, "expected one of < <= > >= == !=; found the end"),
    ("1 < 2 < 3", 7, "expected an operator or the end; found '<'"),
    ("1 = 2", 3, "unexpected '='; equality is written '=='"),
    ("1 <", 4, "expected a number, a name or '('; found the end"),
  ])
  func aComparisonIsOne(text: String, position: Int, message: String) {
    let error = #expect(throws: ExpressionError.self) { try ExpressionParser.comparison(text) }
    #expect(error?.position == position)
    #expect(error?.message == message)
  }
}
