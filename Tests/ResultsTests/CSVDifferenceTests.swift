import Results
import Testing

/// The first difference is the one that is reported.
@Suite struct CSVDifferenceTests {
  @Test(
    arguments: [
      ("a,b\n1,2\n", "a,b\n1,2\n", nil),
      ("a,b\n1,2\n3,4\n", "a,b\n1,2\n3,5\n", "row 2, column b: '4' there, '5' here"),
      ("a,b\n1,2\n", "a,c\n1,2\n", "row 0: 'b' there, 'c' here"),
      ("a,b\n1,2\n", "a,b\n1,2\n3,4\n", "row 2: '' there, '3,4' here"),
      ("a,b\n1,2\n3,4\n", "a,b\n1,2\n", "row 2: '3,4' there, '' here"),
      ("a,b\n\"x,y\",2\n", "a,b\n\"x,z\",2\n", "row 1, column a: '\"x,y\"' there, '\"x,z\"' here"),
      ("a,b\n\"x\ny\",2\n", "a,b\n\"x\ny\",3\n", "row 1, column b: '2' there, '3' here"),
      ("", "", nil), ("", "a\n", "row 0: '' there, 'a' here"),
    ] as [(String, String, String?)])
  func theFirstOne(one: String, other: String, difference: String?) {
    let found = CSVDifference.first(one, other)?.description
    #expect(found == difference)
  }
}
