// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "rollsim",
  platforms: [.macOS(.v26)],
  targets: [
    // The house: a target imports only targets above it, and `scripts/test` has the build reject
    // an import that is not declared here.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .target(name: "EventKernel"),
    .target(name: "Randomness", dependencies: ["CGSL"]),
    .target(name: "Statistics", dependencies: ["CGSL"]),
    .target(name: "Ledger"),
    .target(name: "Settlement", dependencies: ["EventKernel", "Randomness", "Ledger"]),
    .target(name: "Rollup", dependencies: ["EventKernel", "Randomness", "Ledger"]),
    .target(
      name: "Worlds",
      dependencies: [
        "EventKernel", "Randomness", "Statistics", "Ledger", "Settlement", "Rollup",
      ]),
    .executableTarget(
      name: "rollsim-bench", dependencies: ["EventKernel", "Randomness", "Worlds"],
      path: "Tests/Benchmarks/Swift"),

    .testTarget(name: "EventKernelTests", dependencies: ["EventKernel", "Randomness", "Statistics"]),
    .testTarget(
      name: "RandomnessTests", dependencies: ["Randomness", "Statistics", "CGSL"],
      resources: [.copy("Vectors")]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "Randomness"]),
    .testTarget(
      name: "SettlementTests",
      dependencies: ["Settlement", "EventKernel", "Randomness", "Ledger", "Statistics"]),
  ],
  swiftLanguageModes: [.v6]
)
