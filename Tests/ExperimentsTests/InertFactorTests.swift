import Running
import Testing

/// A factor that the scenario does not read is found, and no other.
@Suite struct InertFactorTests {
  @Test func aProverOfAnOptimisticRollup() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - prover.provers: [1, 2]
        - poster.max_age: [30 s, 1 min]
      """)
    let (paths, points) = InertFactors(experiment).find()
    #expect(paths == ["prover.provers"] && points == 4)
  }

  /// Points with streams of their own, and a factor with nothing to compare.
  @Test func streamsOfTheirOwnAndSingleLevels() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - prover.provers: [1, 2]
        - poster.max_age: [30 s]
        - proposer.interval: {expression: "poster.max_age * 10"}
      random: {common: false}
      """)
    #expect(InertFactors(experiment).find().paths == ["prover.provers"])
  }

  /// A factor that matters at some points only is not inert.
  @Test func aFactorThatMattersSomewhere() throws {
    let experiment = try Tiny.experiment(
      """
      factors:
        - system: [optimism-bedrock, zksync-era]
        - prover.provers: [1, 2]
      """)
    #expect(InertFactors(experiment).find().paths.isEmpty)
  }
}
