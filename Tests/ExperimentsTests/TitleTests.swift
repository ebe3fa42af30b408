import Declarations
import Testing
import Worlds

/// What axes and legends say is declared where parameters and measures are.
@Suite struct TitleTests {
  private static let shape = WorldShape(rollups: ["a", "b"], services: ["sharp"])

  /// Short enough for an axis, with the name of a group behind it; no raw name, and no sentence.
  private static func isTitle(_ title: String) -> Bool {
    !title.isEmpty && title.count <= 76 && !title.contains("_") && !title.hasPrefix("The same")
      && title.last?.isPunctuation == false && title.first?.isLowercase == false
  }

  @Test func everyMeasureHasATitleThatFits() {
    for measure in Measure.all + Self.shape.measures {
      #expect(Self.isTitle(measure.title), "\(measure.name): \(measure.title)")
    }
  }

  /// Two measures with one title and unit could not be told apart in print.
  @Test func noTwoMeasuresOfOneUnitHaveTheSame() {
    var owners: [String: String] = [:]
    for measure in Measure.all {
      let other = owners.updateValue(measure.name, forKey: "\(measure.title) [\(measure.unit)]")
      #expect(other == nil, "\(measure.name): \(measure.title)")
    }
  }

  @Test func everyParameterHasATitleThatFits() {
    for parameter in Parameter.all {
      #expect(Self.isTitle(parameter.title), "\(parameter.path): \(parameter.title)")
    }
  }

  @Test func titlesSayWhose() throws {
    #expect(
      Self.shape.parameter("rollups.a.poster.carrier")?.title == "Carrier of data, a")
    #expect(
      Self.shape.parameter("neighbours.large.count")?.title == "Rollups, large neighbours")
  }

  @Test(arguments: [
    ("wei", "gwei", 1e9), ("wei", "ETH", 1e18), ("wei/gas", "gwei/gas", 1e9), ("s", "h", 3600.0),
    ("B", "MB", 1e6), ("gas/s", "Mgas/s", 1e6), ("/s", "1/min", 1.0 / 60), ("1/s", "1/s", 1.0),
  ])
  func unitsHaveSteps(unit: String, symbol: String, size: Double) {
    #expect(Dimension.steps(of: unit).first { $0.symbol == symbol }?.size == size)
  }

  @Test func whatHasNoUnitHasNoSteps() {
    for unit in ["", "1"] { #expect(Dimension.steps(of: unit).map(\.symbol) == [""]) }
    #expect(!Dimension.steps(of: "wei/gas").contains { $0.symbol == "ETH/gas" })
  }
}
