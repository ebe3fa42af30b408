import CGSL
import Foundation
import Results

/// What the last bit of a result may depend on beside the program: libraries and processor.
public struct Platform: Sendable {
  /// The machine that this process runs on.
  public static let current = Platform()

  /// Version of GSL.
  public let gsl = String(cString: cgsl_version())
  /// Name and version of the C library, whose `exp` and `log` variates are made with.
  public let libm: String
  /// Processor features that make the C library choose other code for them.
  public let features: [String]

  private init() {
    libm = "glibc " + String(cString: cgsl_libm())
    features = Self.usedFeatures()
  }

  /// FMA and AVX2 where the processor has them and they are not masked by GLIBC_TUNABLES.
  private static func usedFeatures() -> [String] {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let flags = information.split(separator: "\n").first { $0.hasPrefix("flags") }
    let present = Set((flags ?? "").split(separator: " "))
    let tunables = ProcessInfo.processInfo.environment["GLIBC_TUNABLES"] ?? ""
    return ["FMA", "AVX2"].filter {
      present.contains(Substring($0.lowercased())) && !tunables.contains("-\($0)")
    }
  }

  /// The description in a manifest.
  public var json: JSON {
    #if arch(x86_64)
    let architecture = "x86_64"
    #elseif arch(arm64)
    let architecture = "arm64"
    #else
    let architecture = "other"
    #endif
    return .object([
      "architecture": .string(architecture),
      "libm": .string(libm),
      "libm_features": .array(features.map(JSON.string)),
      "gsl": .string(gsl),
    ])
  }
}
