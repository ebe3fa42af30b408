import Randomness
import Statistics

/// Random words for resampling.
enum Words {
  static func bootstrap(confidence: Double, resamples: Int = 199, seed: UInt64) -> Bootstrap {
    var stream = RandomStream(seed: seed, replication: 0, name: "bootstrap")
    return Bootstrap(confidence: confidence, resamples: resamples) { stream.nextWord() }
  }
}
