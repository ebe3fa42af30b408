import Declarations

// What a rollup's own provers and a service have in common.
extension ProverPool {
  /// How many provers there are.
  static func provers<Policy>(
    _ provers: any Place<Policy, Int>
  ) -> PartParameter<Policy> {
    .whole("provers", .count, provers, "Provers that work side by side.")
  }

  /// What one costs while it works.
  static func rent<Policy>(
    _ usdPerHour: any Place<Policy, Double>
  ) -> PartParameter<Policy> {
    .number("rent", .usdPerHour, usdPerHour, "Rent of one prover while it works.", affects: .money)
  }

  /// States what holds of any provers.
  static func check(provers: Int, usdPerHour: Double, _ expect: inout Expectations) {
    expect(
      (1...1_000_000).contains(provers), "provers", "expected from 1 to 1,000,000 provers")
    expect((0...1e6).contains(usdPerHour), "rent", "expected from 0 to 1e6 USD/h")
  }
}
