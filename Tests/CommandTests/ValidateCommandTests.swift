import Testing

extension CommandTests {
  @Suite struct ValidateCommandTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test func oraclesArePrintedWithTheirVerdicts() throws {
      let output = try place.rollsim("validate", "*-*it*", "--replications", "10", "--quiet")
      #expect(output.status == 0)
      #expect(output.err == "")
      let lines = output.out.split(separator: "\n")
      #expect(lines[0].hasPrefix("oracle ") && lines[0].hasSuffix(" verdict"))
      #expect(lines.contains { $0.hasPrefix("fixed-capacity-slots ") && $0.contains(" … ") })
      #expect(lines.contains { $0.hasPrefix("casper-finality ") && $0.hasSuffix(" pass") })
      #expect(lines.last?.hasSuffix(" rows pass") == true)
    }

    /// What is known to disagree is marked with its reason, and is no failure.
    @Test func aKnownDisagreementIsSeen() throws {
      let output = try place.rollsim("validate", "deposit-delay", "--replications", "10", "--quiet")
      #expect(output.status == 0)
      let lines = output.out.split(separator: "\n")
      #expect(lines.contains { $0.contains(" 60 … 43200 ") && $0.hasSuffix(" differs") })
      #expect(
        lines.contains { $0.hasPrefix("deposit-delay, ") && $0.contains("because 4 confirmations") }
      )
      #expect(lines.last == "2 of 3 rows pass; 1 differs for stated reasons")
    }

    @Test func csv() throws {
      let output = try place.rollsim("validate", "fee-*", "--csv", "--quiet")
      #expect(output.status == 0)
      #expect(output.err == "")
      let lines = output.out.split(separator: "\n").map(String.init)
      #expect(lines[0] == "oracle,case,unit,expected,simulated,low,high,verdict,source")
      #expect(lines.count == 11)
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("fee-steps,") })
      #expect(lines.contains { $0.contains("\"ethereum-pectra, full block\",%,8.17,8.17,,,pass,") })
    }

    @Test func anOracleThatDoesNotExist() throws {
      let output = try place.rollsim("validate", "fee-stops")
      #expect(output.status == 2)
      #expect(output.out == "")
      #expect(output.err == "error: fee-stops: no oracle matches; did you mean 'fee-steps'?\n")
    }

    @Test(arguments: [
      ["--replications", "9"], ["--seed", "-1"], ["--jobs", "0"], ["fee-*", "extra"],
    ])
    func wrongOptionsAreRefused(arguments: [String]) throws {
      let output = try place.rollsim(["validate"] + arguments)
      #expect(output.status == 2)
      #expect(output.out == "")
    }
  }
}
