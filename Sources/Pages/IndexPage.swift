import Foundation
import Reporting
import Results
import Specifications

/// All results of a folder on one page, each with its first figure.
public struct IndexPage {
  /// A result, and what the page shows of it.
  struct Item {
    /// The name of its folder.
    let folder: String
    let page: ReportPage
    /// The document of its first figure; nil if it has none.
    var document: String? { page.tables.figures.first?.document }
  }

  private let items: [Item]
  private let title: String

  /// - Parameters:
  ///   - folder: the path of the folder of results.
  ///   - pages: the results in it, by the names of their folders.
  public init(of folder: String, _ pages: [(folder: String, page: ReportPage)]) {
    items = pages.map(Item.init)
    title = URL(fileURLWithPath: folder).lastPathComponent
  }

  /// The page.
  ///
  /// - Throws: `DrawingEnvironment.Failure` if a figure cannot be drawn.
  public func html(_ environment: DrawingEnvironment) throws -> String {
    let drawn = items.indices.filter { items[$0].document != nil }
    let jobs = drawn.map { place in
      DrawingEnvironment.Job(
        name: items[place].folder, text: items[place].document ?? "", formats: ["svg"])
    }
    let pictures = try environment.draw(jobs)
    var images: [Int: String] = [:]
    for picture in pictures {
      images[drawn[picture.job]] =
        "data:image/svg+xml;base64," + picture.content.base64EncodedString()
    }
    let cards = items.enumerated().map { card($1, images[$0]) }.joined(separator: "\n")
    return Markup.page(
      ResultFolder.reportMark, title: "\(title) · rollsim",
      body: """
        <header><h1>Results in \(Markup.text(title))</h1>
        <p class="size">\(items.count) experiment\(items.count == 1 ? "" : "s")</p></header>
        <main class="cards">
        \(cards)
        </main>
        <footer>Made by 'rollsim report'. The page is complete: it loads nothing.</footer>

        """)
  }

  private func card(_ item: Item, _ image: String?) -> String {
    let spec = item.page.spec
    let link = "\(item.folder)/\(ReportPage.file)"
      .addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    let picture =
      image.map { "<img src=\"\($0)\" alt=\"First figure of \(Markup.text(spec.name))\">" } ?? ""
    return """
      <article><a href="\(Markup.text(link ?? ""))"><h2>\(Markup.text(spec.name))</h2>
      <p>\(Markup.text(spec.question))</p>
      \(picture)</a>
      <p class="size">\(Markup.text(item.page.size))</p></article>
      """
  }
}
