import Foundation
import Testing

extension CommandTests {
  /// Tables of a result whose scenario names rollups, and of what is derived from it.
  @Suite struct SeveralAnalyseTests {
    private let place: Place
    private static let half = "half: {value: cost_data_wei_per_tx / 2, unit: wei}"

    init() throws {
      place = try .ofSeveral()
      _ = try place.succeed("sweep", "several.yaml", "--results", "r", "--quiet")
    }

    private func rows(_ options: String...) throws -> [[String]] {
      let output = try place.rollsim(["analyse", "r", "--csv"] + options)
      #expect(output.status == 0, "\(output.err)")
      return output.out.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }

    @Test func rowsSayWhose() throws {
      let own = try rows("--measure", "rollups.alpha.finality_posted_s_p50")
      #expect(own.map { $0[0] } == ["rollup", "alpha", "alpha"])
      #expect(
        own.map { $0[3] }.dropFirst() == ["rollups.alpha.poster.max_age", "services.sharp.provers"])
      let service = try rows("--measure", "services.*")
      #expect(service.count == 3 && service.dropFirst().allSatisfy { $0[0] == "sharp" })
      let ofBoth = try rows("--measure", "price_of_zed")
      #expect(ofBoth.count == 3 && ofBoth[1][0].isEmpty)
    }

    /// Half of a cost has half of its effects, of each rollup; the folder stays as it is.
    @Test func whatIsDerivedLater() throws {
      let before = try place.files(in: "r")
      let cost = try rows("--measure", "cost_data_wei_per_tx")
      let half = try rows("--derive", Self.half, "--measure", "half")
      #expect(half.count == 5 && half.map { $0[0] } == cost.map { $0[0] })
      for (whole, part) in zip(cost, half).dropFirst() {
        let (effect, other) = (try #require(Double(whole[6])), try #require(Double(part[6])))
        #expect(abs(effect - 2 * other) <= 1e-9 * abs(effect))
      }
      #expect(try rows("--derive", Self.half).contains { $0[1] == "half" })
      #expect(try place.files(in: "r") == before)
    }

    /// With each way to look at it, and with what is derived before it.
    @Test func whatIsDerivedIsAMeasureLikeOthers() throws {
      let name = "rollups.alpha.half"
      let ratio = try rows(
        "--derive", Self.half, "--ratio", "\(name),rollups.alpha.cost_data_wei_per_tx")
      #expect(ratio.count == 5 && ratio.dropFirst().allSatisfy { $0[2] == "0.5" })
      let share = try rows("--derive", Self.half, "--share", "\(name) >= 0")
      #expect(share.dropFirst().allSatisfy { $0[2] == "1" })
      let frontier = try rows("--derive", Self.half, "--frontier", "\(name),price_of_zed")
      #expect(frontier[0].suffix(2) == ["rollups_alpha_half", "price_of_zed"])
      let quarter = try rows(
        "--derive", Self.half, "--derive", "quarter: {value: half / 2, unit: wei}", "--quantile",
        "0.5",
        "--measure", "quarter")
      #expect(quarter.count == 9)
      let utilisation = try rows(
        "--derive", "idle: {value: 1 - services.sharp.prover_utilisation, unit: 1}", "--measure",
        "idle")
      #expect(utilisation.count == 3 && utilisation[1][0].isEmpty)
    }

    /// The same numbers as if the experiment had derived it.
    @Test func laterOrBeforeIsTheSame() throws {
      let again = "again: {value: cost_data_wei_per_tx / bytes_posted_per_tx, unit: wei/B}"
      let later = try rows("--derive", again, "--measure", "again")
      let before = try rows("--measure", "per_byte")
      #expect(later.map { $0.dropFirst(2) } == before.map { $0.dropFirst(2) })
    }

    /// The result has the cost of one of them alone.
    @Test func ofThoseThatHaveWhatItTakes() throws {
      try place.write(
        "one.yaml",
        Place.severalExperiment.replacing("cost_data_*", with: "rollups.alpha.cost_data_*"))
      _ = try place.succeed("sweep", "one.yaml", "--results", "r", "--force", "--quiet")
      let half = try rows("--derive", Self.half, "--measure", "half")
      #expect(half.map { $0[0] } == ["rollup", "alpha", "alpha"])
    }

    private static let refusals: [(text: String, reason: String)] = [
      (
        "half: {value: cost_dta_wei_per_tx / 2, unit: wei}",
        "half.value: at character 1: no measure is called 'cost_dta_wei_per_tx'; did you mean "
          + "'cost_data_wei_per_tx_mean'?"
      ),
      (
        "half: {value: rollups.zedd.cost_data_wei_per_tx, unit: wei}",
        "did you mean 'rollups.zed.cost_data_wei_per_tx_mean'?"
      ),
      (
        "half: {value: zed.cost_data_wei_per_tx, unit: wei}",
        "did you mean 'rollups.zed.cost_data_wei_per_tx'?"
      ),
      (
        "half: {value: cost_total_wei_per_tx, unit: wei}",
        "the result has no 'rollups.zed.cost_total_wei_per_tx_mean'; did you mean "
          + "'rollups.zed.cost_data_wei_per_tx_mean'?; expected measures that it reports"
      ),
      ("half: {value: cost_data_wei_per_tx}", "half: the key 'unit' is missing"),
      ("per_byte: {value: cost_data_wei_per_tx, unit: wei}", "'per_byte' is a measure already"),
      (
        "services_sharp_provers: {value: cost_data_wei_per_tx, unit: wei}",
        "'services_sharp_provers' is the column of a factor already"
      ),
      ("", "the text is empty"), ("half", "expected derived measures such as"),
    ]

    /// With everything that is wrong at once.
    @Test func whatCannotBeDerived() throws {
      let texts = Self.refusals.flatMap { ["--derive", $0.text] }
      let output = try place.rollsim(["analyse", "r"] + texts)
      #expect(output.status == 2 && output.out == "")
      let lines = output.err.split(separator: "\n")
      #expect(lines.count == Self.refusals.count, "\(output.err)")
      for (line, (text, reason)) in zip(lines, Self.refusals) {
        #expect(line.hasPrefix("error: --derive '\(text)': ") && line.contains(reason), "\(line)")
      }
    }
  }
}
