import Catalogue
import Results

/// The program that makes results.
public enum Program {
  /// Raised when a release changes results on purpose; the change log says how.
  public static let modelVersion = 6
  /// Version of the program.
  public static let version = "0.1.0"

  /// The program of this process.
  package static let json = JSON.object([
    "name": "rollsim", "version": .string(version),
    "model_version": .integer(modelVersion), "source_sha256": .string(Catalogue.sourceDigest),
  ])
}
