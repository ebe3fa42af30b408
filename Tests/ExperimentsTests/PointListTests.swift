import Catalogue
import Foundation
import Reporting
import Results
import Specifications
import Testing

/// Design points in a CSV file.
@Suite struct PointListTests {
  /// The experiment whose list has this content, beside it in the same folder.
  private func read(_ csv: Data, _ rest: String = "") throws -> Result<Experiment, InvalidInput> {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("points-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try csv.write(to: folder.appendingPathComponent("points.csv"))
    let file = folder.appendingPathComponent("e.yaml")
    let text = "experiment: e\nscenario: {horizon: 2 h}\ndesign: {list: points.csv}\n\(rest)"
    try Data(text.utf8).write(to: file)
    return Result { () throws(InvalidInput) in try Experiment(.read(.load(file.path))) }
  }

  private func design(_ csv: String) throws -> [[String]] { try read(Data(csv.utf8)).get().design }

  /// What is wrong, without the folder.
  private func problems(_ csv: Data, _ rest: String = "") throws -> [String] {
    guard case .failure(let error) = try read(csv, rest) else { return [] }
    return error.problems.map { problem in
      let file = problem.location.file.split(separator: "/").last ?? ""
      return problem.description.replacing(problem.location.file, with: String(file))
    }
  }

  @Test func aRowIsAPoint() throws {
    let experiment = try read(
      Data(
        "system,settlement,poster.max_age\nstarknet,ethereum-bpo2,30 s\nzksync-era,ethereum-dencun,1 min\n"
          .utf8)
    ).get()
    #expect(
      experiment.design == [
        ["starknet", "ethereum-bpo2", "30"], ["zksync-era", "ethereum-dencun", "60"],
      ])
    #expect(experiment.points[1].resolved.scenario.rollup.poster.maxAge.seconds == 60)
    #expect(
      experiment.spec.factors.map(\.path) == ["system", "settlement.chain", "poster.max_age"])
  }

  /// A mark at the start, both ends of lines, spaces, quotes, empty lines and no end of the last one.
  @Test(arguments: [
    "\u{FEFF}poster.max_age,poster.carrier\n30 s,blobs\n60 s,calldata\n",
    "poster.max_age,poster.carrier\r\n30 s,blobs\r\n60 s,calldata\r\n",
    "poster.max_age , poster.carrier\n 30 s,\tblobs \n1 min, calldata",
    "\"poster.max_age\",\"poster.carrier\"\n\"30 s\" , \"blobs\"\n\"60 s\",calldata\n",
    "\nposter.max_age,poster.carrier\n\n30 s,blobs\n\r\n60 s,calldata\n\n",
  ])
  func writersDiffer(csv: String) throws {
    #expect(try design(csv) == [["30", "blobs"], ["60", "calldata"]])
  }

  @Test func distributionsAreQuoted() throws {
    #expect(
      try design(
        "prover.proof_time,poster.max_age\n\"{\"\"uniform\"\": {low: 1 s, high: 2 s}}\",1 s\n3 s,2 s\n"
      )
        == [["{uniform: {low: 1 s, high: 2 s}}", "1"], ["3 s", "2"]])
  }

  /// Rows need not differ: a file may come from a program that repeats points.
  @Test func rowsMayRepeat() throws {
    #expect(try design("poster.max_age\n1 s\n1 s\n").count == 2)
  }

  @Test(arguments: [
    ("", ["points.csv: expected a header and at least one row"]),
    ("poster.max_age\n", ["points.csv: expected a header and at least one row"]),
    (
      "poster.max_agee,system,system\n1 s,starknet,starknet\n",
      [
        "points.csv:1:1: poster.max_agee: unknown factor; did you mean 'poster.max_age'?",
        "points.csv:1:24: system: appears twice; first at column 17",
      ]
    ),
    (
      "poster.carrier,poster.max_age\nblobs,1 s\nblob,-1 s\nblobs,\n",
      [
        "points.csv:3:1: poster.carrier: expected one of: calldata, blobs; found 'blob'; did you "
          + "mean 'blobs'?",
        "points.csv:3:6: poster.max_age: expected a duration such as '12 s'; units: s, ns, us, ms, "
          + "min, h, d; found '-1 s', which is negative",
        "points.csv:4:7: poster.max_age: the cell is empty",
      ]
    ),
    (
      "poster.carrier,poster.max_age\nblobs\nblobs,1 s,2 s\n",
      [
        "points.csv:2:1: expected 2 cells, as in the header; found 1",
        "points.csv:3:1: expected 2 cells, as in the header; found 3",
      ]
    ),
    (
      "poster.carrier,poster.max_age\nblobs,1\nblob,1 s\n",
      ["points.csv:2:7: poster.max_age: expected", "points.csv:3:1: poster.carrier: expected"]
    ),
    ("poster.max_age,poster.gas\n\"1 s,5 gas\n", ["points.csv:2:1: the quote is not closed"]),
    (
      "poster.max_age\n\"1 s\" x\n",
      ["points.csv:2:7: expected a comma after the quote; found 'x'"]
    ),
    (
      "prover.proof_time\n{uniform: 1}\n{uniform\n",
      [
        "points.csv:2:1: prover.proof_time.uniform: expected a mapping with the keys low, high",
        "points.csv:3:1: prover.proof_time: not valid YAML: did not find expected ',' or '}'",
      ]
    ),
    (
      "system\nstarknet\nnowhere\n",
      ["points.csv:3:1: system: no system is called 'nowhere'"]
    ),
    ("horizon\n3 h\n1 s\n", ["points.csv:3:1: horizon: expected a horizon after the warm-up"]),
  ])
  func whatIsWrongIsSaidWithItsLine(csv: String, expected: [String]) throws {
    let problems = try problems(Data(csv.utf8))
    #expect(problems.count == expected.count, "\(problems)")
    for (problem, beginning) in zip(problems, expected) {
      #expect(problem.hasPrefix(beginning), "\(problem)")
    }
  }

  @Test func aFileThatIsNoTextIsRefused() throws {
    #expect(
      try problems(Data([0x70, 0xFF, 0x0A])).allSatisfy { $0.hasSuffix("is not UTF-8 text") })
    #expect(Tiny.problems("design: {list: /nowhere/p.csv}").count == 1)
    #expect(
      Tiny.problems("design: {list: [1]}")
        == ["design.list: expected the path of a CSV file; found a list"])
  }

  /// Fifty problems of a thousand, and how many more.
  @Test func manyProblemsAreCutShort() throws {
    let csv = "poster.max_age\n" + String(repeating: "1\n", count: 1000)
    let problems = try problems(Data(csv.utf8))
    #expect(problems.count == 51)
    #expect(problems.last?.hasSuffix("and at least 150 more problems of its points") == true)
  }

  /// Nobody may ever write into it.
  @Test func aDeviceOrPipeIsRefused() {
    #expect(
      Tiny.problems("design: {list: /dev/null}")
        == ["design.list: '/dev/null' is no regular file"])
  }

  @Test func factorsStandInOnePlace() throws {
    let csv = Data("poster.max_age\n1 s\n".utf8)
    #expect(
      try problems(csv, "factors: {prices.eth: [1 USD]}") == [
        "e.yaml:4:1: factors: the list of points has the factors; leave this key out"
      ])
    #expect(
      try read(Data("poster.max_age\n1 s\n9 s\n".utf8), "constraints: [poster.max_age > 5]").get()
        .design == [["9"]])
  }

  @Test func theContentIsPartOfTheIdentity() throws {
    let identities = try ["3 s", "4 s", "3 s"].map { value in
      let csv = Data("proposer.interval,system\n\(value),starknet\n".utf8)
      return try Manifest(read(csv).get(), settings: [], inputs: []).identity
    }
    #expect(identities[0] != identities[1], "although a validity rollup has no proposer")
    #expect(identities[0] == identities[2])
  }

  /// A manifest has the rows, byte for byte: it is read again when the file is gone.
  @Test func aListIsReadFromItsManifest() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("points-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (list, file) = (folder.path + "/points.csv", folder.path + "/e.yaml")
    try Data("\u{FEFF}poster.max_age\r\n1 s\r\n2 s\r\n".utf8).write(to: URL(fileURLWithPath: list))
    try Data("experiment: e\ndesign: {list: points.csv}\n".utf8).write(
      to: URL(fileURLWithPath: file))
    let (experiment, inputs) = try InputRecord.recording { () throws(InvalidInput) in
      try Experiment(.read(.load(file)))
    }
    let manifest = Manifest(experiment, settings: [], inputs: inputs)
    try Data(manifest.json(files: []).text.utf8)
      .write(to: folder.appendingPathComponent("manifest.json"))
    try FileManager.default.removeItem(atPath: list)
    try FileManager.default.removeItem(atPath: file)
    let recorded = try RecordedExperiment("manifest.json", in: ResultFolder(path: folder.path))
    #expect(try recorded.experiment().design == [["1"], ["2"]])
  }
}
