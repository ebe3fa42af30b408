import Testing

/// How factors make points.
@Suite struct DesignTests {
  @Test func theLastFactorOfAGridVariesFastest() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - poster.carrier: [blobs, calldata]
        - poster.max_age: [1 min, 2 min, 30 s]
      """)
    #expect(
      experiment.design == [
        ["blobs", "60"], ["blobs", "120"], ["blobs", "30"], ["calldata", "60"],
        ["calldata", "120"], ["calldata", "30"],
      ])
  }

  @Test func aZipPairsLevels() throws {
    let experiment = try Tiny.experiment(
      """
      design: zip
      factors:
        poster.carrier: [blobs, calldata]
        poster.max_age: [1 min, 2 min]
      """)
    #expect(experiment.design == [["blobs", "60"], ["calldata", "120"]])
  }

  @Test func aZipOfUnequalLengthsIsRefused() {
    #expect(
      Tiny.problems(
        "design: zip\nfactors: {poster.carrier: [blobs, calldata], poster.max_age: [1 min]}") == [
          "a zip needs as many values of every factor: poster.carrier has 2, poster.max_age has 1"
        ])
  }

  @Test func oneAtATimeLeavesTheBaselineOnce() throws {
    let experiment = try Tiny.experiment(
      """
      design: one-at-a-time
      factors:
        - poster.carrier: [blobs, calldata]
        - bridge.challenge_window: [1 h]
        - poster.max_age: [1 min, 2 min, 3 min]
      """)
    #expect(
      experiment.design == [
        ["blobs", "3600", "60"], ["calldata", "3600", "60"], ["blobs", "3600", "120"],
        ["blobs", "3600", "180"],
      ])
    #expect(try Tiny.experiment("design: one-at-a-time").design == [[]])
  }

  @Test func withoutFactorsThereIsOnePoint() throws {
    #expect(try Tiny.experiment("").design == [[]])
    #expect(try Tiny.experiment("design: zip").design == [[]])
  }

  @Test func pointsHaveTheirScenarios() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - system: [starknet, zksync-era]
        - settlement: [ethereum-dencun, ethereum-bpo2]
        - poster.max_age: [1 min, 2 min]
      """)
    #expect(experiment.points.count == 8)
    for (point, levels) in zip(experiment.points, experiment.design) {
      #expect([point.resolved.system, point.resolved.chain] == Array(levels[..<2]))
      #expect("\(Int(point.resolved.scenario.rollup.poster.maxAge.seconds))" == levels[2])
    }
  }

  @Test func designsThatAreTooLargeAreRefusedWithoutBeingBuilt() {
    let many = "{linear: [1 s, 100000 s], points: 100000}"
    #expect(
      Tiny.problems(
        "factors: {poster.max_age: \(many), proposer.interval: \(many), bridge.execution_delay: "
          + "\(many), bridge.challenge_window: \(many)}") == [
          "factors: the design has \(Int.max) points; expected at most 100000; with --yes it is run all the same"
        ])
  }

  @Test func everyPointThatIsWrongIsReportedOnce() {
    #expect(
      Tiny.problems("factors: {horizon: [30 s, 3 min, 40 s], poster.max_age: [1 s, 2 s]}") == [
        "horizon: expected a horizon after the warm-up",
        "horizon: expected a horizon after the warm-up",
      ])
  }
}
