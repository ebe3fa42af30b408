import ArgumentParser
import Foundation
import Pages
import Reporting
import Results

/// Makes pages of results.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make a page of a result that opens in any browser, offline.",
    discussion: """
      Writes report.html into the folder: question, design, figures to hover, zoom and filter, a chart
      and a table of any measure, paired differences, every parameter with its source and flag, unknown
      figures that matter, assumptions, provenance, and the commands that make the result again. The
      page needs no other file and no network. Of a folder of results it makes the pages of all, and
      index.html, which leads to them.

      The same result gives the same bytes. Drawing needs '.venv', which 'scripts/setup --figures'
      makes.

      Exit codes: 0 success, 2 the input is wrong, or there is nothing to draw with.

      Examples:
        rollsim report results/finality
        rollsim report results
      """)

  @Argument(
    help: ArgumentHelp("A folder of a result, or of several.", valueName: "dir"),
    transform: FolderName.read)
  var folder: String

  @Flag(help: "Replace a page that was not made by this command.")
  var force = false

  @Flag(help: "Do not say what was written.")
  var quiet = false

  func run() throws {
    let results = try results()
    let isIndexed = results != [""]
    let pages = try pages(of: results, skippingSearches: isIndexed)
    for (name, _) in pages { try refuseOthers(ResultFolder.reportFile, in: path(name)) }
    if isIndexed { try refuseOthers(ResultFolder.indexFile, in: folder) }
    let environment = try DrawingEnvironment(in: ExperimentPlace.folders)
    let scripts = try environment.scripts()
    var staged: [StagedFiles] = []
    func stage(_ file: String, _ content: String, into folder: String) throws {
      let files = ResultFolder(path: folder).stage()
      try files.write(file, content)
      staged.append(files)
    }
    for (name, page) in pages {
      try stage(ResultFolder.reportFile, page.html(scripts: scripts), into: path(name))
    }
    if isIndexed {
      try stage(
        ResultFolder.indexFile, IndexPage(of: folder, pages).html(environment), into: folder)
    }
    try StagedFiles.commit(staged)
    for (name, _) in pages { say(ResultFolder.reportFile, in: path(name)) }
    if isIndexed { say(ResultFolder.indexFile, in: folder) }
  }

  /// The pages of some results, or every reason why there is none.
  private func pages(
    of results: [String], skippingSearches: Bool
  ) throws -> [(folder: String, page: ReportPage)] {
    var pages: [(folder: String, page: ReportPage)] = []
    var problems: [String] = []
    for name in results {
      let folder = ResultFolder(path: path(name))
      if skippingSearches, ReportPage.isOfSearch(folder) {
        StandardError.say("\(path(name)): left out, it is of a search", unless: quiet)
        continue
      }
      do {
        pages.append((name, try ReportPage(of: folder)))
      } catch let problem as RecordedExperiment.Unusable {
        problems.append(problem.description)
      }
    }
    guard problems.isEmpty else {
      throw RecordedExperiment.Unusable(description: problems.joined(separator: "\n"))
    }
    return pages
  }

  /// The folders of results below the one that was named; one without a name if it is a result itself.
  private func results() throws -> [String] {
    let place = ResultFolder(path: folder)
    guard !place.has("manifest.json") else { return [""] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let found = names.sorted().filter { ResultFolder(path: path($0)).has("manifest.json") }
    // One that has neither is refused as a result would be.
    return found.isEmpty ? [""] : found
  }

  private func path(_ name: String) -> String {
    name.isEmpty ? folder : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private func refuseOthers(_ file: String, in folder: String) throws {
    guard force || ResultFolder(path: folder).mayReplace(page: file) else {
      throw ResultFolder.Failure(
        description:
          "'\(folder)/\(file)' is there and was not made by 'rollsim report'; --force replaces it")
    }
  }

  private func say(_ file: String, in folder: String) {
    let path = "\(folder)/\(file)"
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? Double ?? 0) / 1e6
    StandardError.say("\(path): \(size.rounded(to: 2)) MB", unless: quiet)
  }
}
