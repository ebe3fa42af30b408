import Foundation
import Testing

extension CommandTests {
  /// A picture does not outlive the figure that it was drawn from.
  @Suite struct PictureTests {
    private let place: Place

    init() throws {
      place = try Place()
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "R").status == 0)
      for name in ["stages.png", "stages.svg", "stages.pdf", "mine.png", "stages.txt"] {
        try place.write("R/figures/\(name)", "drawn")
      }
    }

    private func pictures() throws -> Set<String> {
      Set(try place.files(in: "R").keys.filter { $0.hasPrefix("figures/") })
    }

    @Test func anUnchangedFigureKeepsItsPictures() throws {
      let before = try pictures()
      let output = try place.rollsim("sweep", "sweep.yaml", "--results", "R", "--force")
      #expect(output.status == 0 && !output.err.contains("pictures"), "\(output.err)")
      #expect(try pictures() == before)
    }

    @Test func aChangedFigureLosesThem() throws {
      let output = try place.rollsim(
        "sweep", "sweep.yaml", "--results", "R", "--set", "horizon=4 min")
      #expect(output.status == 0)
      #expect(
        output.err.hasSuffix(
          "\nremoved pictures of what was there before: figures/stages.pdf, figures/stages.png, "
            + "figures/stages.svg; to draw them: rollsim plot R\n"), "\(output.err)")
      #expect(
        try pictures() == ["figures/stages.vl.json", "figures/mine.png", "figures/stages.txt"])
    }

    @Test func aFigureThatIsGoneTakesThemAlong() throws {
      try place.write("sweep.yaml", Place.experiment.replacing("stages", with: "mine"))
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "R").status == 0)
      // No document has been beside it: nobody knows what it shows.
      #expect(try pictures() == ["figures/mine.vl.json", "figures/mine.png", "figures/stages.txt"])
    }
  }
}
