// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "rollsim",
  platforms: [.macOS(.v26)],
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .target(name: "EventKernel"),
    .target(name: "Randomness", dependencies: ["CGSL"]),
    .target(name: "Statistics", dependencies: ["CGSL"]),
    .target(name: "Ledger"),
    .target(name: "Settlement", dependencies: ["EventKernel", "Randomness", "Ledger"]),
    .target(name: "Rollup", dependencies: ["EventKernel", "Randomness", "Ledger"]),
    .target(
      name: "Worlds",
      dependencies: ["EventKernel", "Randomness", "Statistics", "Ledger", "Settlement", "Rollup"]),
    .executableTarget(
      name: "rollsim-bench", dependencies: ["CGSL", "EventKernel", "Randomness", "Worlds"],
      path: "Tests/Benchmarks/Swift"),
  ],
  swiftLanguageModes: [.v6]
)
