import Foundation
import Testing

extension CommandTests {
  /// What `report` and `plot` refuse, and that a page does not outlive its result.
  @Suite struct ReportCommandTests {
    private let place: Place
    private static let mark = "<!DOCTYPE html>\n<!-- made by rollsim report -->\n"

    init() throws {
      place = try Place()
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "R").status == 0)
    }

    @Test func aTableThatWasChangedIsRefused() throws {
      let text = try String(
        contentsOf: place.url.appendingPathComponent("R/points.csv"), encoding: .utf8)
      try place.write("R/points.csv", text.replacing("finality", with: "Finality"))
      let output = try place.rollsim("report", "R")
      #expect(output.status == 2)
      #expect(output.err == "error: 'R/points.csv' was changed after it was written\n")
      #expect(try place.files(in: "R")["report.html"] == nil)
    }

    @Test func whatIsNoResultIsRefused() throws {
      let output = try place.rollsim("report", "nothing")
      #expect(output.status == 2 && output.err == "error: there is no folder 'nothing'\n")
      let plot = try place.rollsim("plot", "nothing", "tiny.yaml")
      #expect(plot.status == 2)
      #expect(
        plot.err
          == "error: nothing: no such folder\nerror: tiny.yaml: expected a folder of results\n")
    }

    @Test func aPageOfSomebodyElseStays() throws {
      try place.write("R/report.html", "<p>mine</p>")
      let output = try place.rollsim("report", "R")
      #expect(output.status == 2)
      #expect(
        output.err == "error: 'R/report.html' is there and was not made by 'rollsim report'; "
          + "--force replaces it\n")
      #expect(try place.files(in: "R")["report.html"] == Data("<p>mine</p>".utf8))
    }

    @Test func aPageGoesWithItsResult() throws {
      try place.write("R/report.html", Self.mark)
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "R", "--force").status == 0)
      #expect(try place.files(in: "R")["report.html"] != nil, "nothing has changed")
      let output = try place.rollsim(
        "sweep", "sweep.yaml", "--results", "R", "--set", "horizon=4 min")
      #expect(
        output.err.hasSuffix(
          "\nremoved the page of what was there before; to make it: rollsim report R\n"),
        "\(output.err)")
      #expect(try place.files(in: "R")["report.html"] == nil)
    }

    @Test func aForeignPageDoesNot() throws {
      try place.write("R/report.html", "<p>mine</p>")
      #expect(
        try place.rollsim("sweep", "sweep.yaml", "--results", "R", "--set", "horizon=4 min").status
          == 0)
      #expect(try place.files(in: "R")["report.html"] != nil)
    }
  }
}
