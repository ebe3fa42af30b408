// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "rollsim",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "rollsim", targets: ["rollsim"]),
    .library(
      name: "RollupSimulation",
      targets: [
        "EventKernel", "Randomness", "Statistics", "Queues", "Threads", "RareEvents", "Ledger",
        "Declarations", "Settlement", "Rollup", "Worlds", "Catalogue", "Designs", "Specifications",
        "Charts", "Running", "Reporting", "Analysing", "Pages", "Optimising", "Validating",
        "Results", "Tracing",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // The house: a target imports only targets above it. The build as `scripts/test` runs it, and
    // `ArrowTests`, reject an import that is not declared here.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "EventKernel"),
    .target(name: "CVectors"),
    .target(name: "Randomness", dependencies: ["CGSL", "CVectors"]),
    .target(name: "Statistics", dependencies: ["CGSL"]),
    .target(name: "Queues", dependencies: ["EventKernel", "Randomness", "Statistics"]),
    .target(name: "Threads"),
    .target(
      name: "RareEvents", dependencies: ["EventKernel", "Randomness", "Statistics", "Threads"]),
    .target(name: "Ledger"),
    .target(name: "Declarations", dependencies: ["EventKernel", "Randomness"]),
    .target(
      name: "Settlement",
      dependencies: ["EventKernel", "Randomness", "Statistics", "Ledger", "Declarations"]),
    .target(
      name: "Rollup",
      dependencies: [
        "CVectors", "EventKernel", "Randomness", "Statistics", "Ledger", "Declarations",
      ]),
    .target(
      name: "Worlds",
      dependencies: [
        "EventKernel", "Randomness", "Statistics", "Ledger", "Declarations", "Settlement", "Rollup",
      ]),
    .target(name: "Digest", dependencies: ["CVectors"]),
    .target(name: "Results", dependencies: ["Digest"]),
    .target(name: "Charts", dependencies: ["Results"]),
    .target(
      name: "Catalogue",
      dependencies: [
        "Worlds", "Randomness", "EventKernel", "Declarations", "Settlement", "Rollup", "Digest",
        "Results",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Presets"], plugins: ["EmbedPresetsPlugin"]),
    .target(
      name: "Tracing",
      dependencies: [
        "EventKernel", "Settlement", "Rollup", "Worlds", "Declarations", "Results",
      ]),
    .target(name: "RunStore", dependencies: ["CSQLite"]),
    .target(name: "Designs", dependencies: ["Randomness"]),
    .target(
      name: "Specifications",
      dependencies: [
        "Designs", "EventKernel", "Randomness", "Statistics", "Worlds", "Declarations", "Catalogue",
        "Results",
      ]),
    .target(
      name: "Running",
      dependencies: [
        "Designs", "Specifications", "CGSL", "EventKernel", "Randomness", "Statistics", "Threads",
        "Settlement", "Worlds", "Declarations", "Catalogue", "Results", "RunStore", "Digest",
      ]),
    .target(
      name: "Reporting",
      dependencies: [
        "Designs", "Specifications", "Running", "EventKernel", "Statistics", "Threads", "Worlds",
        "Declarations", "Catalogue", "Results", "Charts", "RunStore", "Digest",
      ]),
    .target(
      name: "Analysing",
      dependencies: [
        "Designs", "Specifications", "Reporting", "Randomness", "Statistics", "Catalogue",
        "Results", "Digest",
      ]),
    .target(
      name: "Pages",
      dependencies: [
        "EventKernel", "Digest", "Designs", "Specifications", "Reporting", "Analysing", "Worlds",
        "Catalogue", "Results", "Charts",
      ],
      resources: [.embedInCode("Assets")]),
    .target(
      name: "Optimising",
      dependencies: [
        "Designs", "Specifications", "Running", "Reporting", "CGSL", "Statistics", "Worlds",
        "Declarations", "Catalogue", "Results", "RunStore",
      ]),
    .target(
      name: "Validating",
      dependencies: [
        "EventKernel", "Randomness", "Statistics", "Queues", "RareEvents", "Threads", "Settlement",
        "Rollup", "Worlds", "Declarations", "Ledger", "Catalogue", "Results",
      ]),
    .executableTarget(
      name: "rollsim",
      dependencies: [
        "Specifications", "Running", "Reporting", "Analysing", "Pages", "Optimising", "Validating",
        "Tracing", "RunStore", "Catalogue", "Worlds", "Declarations", "EventKernel", "Statistics",
        "Results", "Charts", "Threads",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .plugin(
      name: "EmbedPresetsPlugin", capability: .buildTool(), dependencies: ["EmbedPresets"],
      path: "Sources/Plugins/EmbedPresets"),
    .executableTarget(name: "EmbedPresets", dependencies: ["Digest"]),
    .executableTarget(
      name: "rollsim-bench",
      dependencies: [
        "EventKernel", "Randomness", "Statistics", "RareEvents", "Ledger", "Settlement", "Rollup",
        "Worlds", "Declarations", "Catalogue", "Specifications", "Running", "Reporting",
        "Validating", "Results",
        "RunStore",
      ],
      path: "Tests/Benchmarks/Swift"),

    .testTarget(name: "CVectorsTests", dependencies: ["CVectors"]),
    .testTarget(
      name: "EventKernelTests", dependencies: ["EventKernel", "Randomness"]),
    .testTarget(
      name: "RandomnessTests", dependencies: ["Randomness", "Statistics", "CGSL"],
      resources: [.copy("Vectors")]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "Randomness"]),
    .testTarget(
      name: "RareEventsTests",
      dependencies: [
        "RareEvents", "EventKernel", "Randomness", "Statistics", "Settlement", "Rollup", "Worlds",
        "Validating",
      ]),
    .testTarget(
      name: "QueuesTests", dependencies: ["Queues", "Randomness", "Statistics"]),
    .testTarget(
      name: "SettlementTests",
      dependencies: [
        "Settlement", "Declarations", "EventKernel", "Randomness", "Ledger", "Statistics",
      ]),
    .testTarget(
      name: "WorldsTests",
      dependencies: [
        "Worlds", "EventKernel", "Randomness", "Statistics", "Ledger", "Declarations", "Settlement",
        "Rollup", "RareEvents",
      ]),
    .testTarget(
      name: "CatalogueTests",
      dependencies: [
        "Catalogue", "Worlds", "Declarations", "Randomness", "EventKernel", "Settlement", "Rollup",
        "Statistics",
      ]),
    .testTarget(
      name: "TracingTests",
      dependencies: ["Tracing", "Catalogue", "Worlds", "EventKernel"]),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
    .testTarget(name: "ResultsTests", dependencies: ["Results", "Charts", "Digest"]),
    .testTarget(name: "RunStoreTests", dependencies: ["RunStore"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Designs", "Specifications", "Running", "Reporting", "Analysing", "Pages", "Optimising",
        "Validating", "Catalogue", "Worlds", "Declarations", "Results", "RunStore", "Statistics",
        "EventKernel",
        "Randomness",
      ],
      resources: [.copy("Scenarios")]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "rollsim", "Catalogue", "Specifications", "Worlds", "Declarations", "Randomness",
        .product(name: "Yams", package: "Yams"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings = [.treatAllWarnings(as: .error)]
  // What tests call is optimised where they are; to optimise tests themselves takes minutes.
  if target.type == .test { target.swiftSettings?.append(.unsafeFlags(["-Onone"])) }
}
