import Results

/// Pieces of HTML.
enum Markup {
  /// A text as it stands in a page.
  static func text(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// A table.
  ///
  /// - Parameters:
  ///   - name: its class.
  ///   - rows: cells of HTML.
  static func table(_ name: String, _ header: [String], _ rows: [[String]]) -> String {
    let head = header.map { "<th scope=\"col\">\(text($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }.joined(separator: "\n")
    return """
      <div class="scroll"><table class="\(name)"><thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)
      </tbody></table></div>
      """
  }

  /// A part of a page with a heading.
  static func section(_ id: String, _ title: String, _ body: String) -> String {
    "<section id=\"\(id)\"><h2>\(text(title))</h2>\n\(body)\n</section>\n"
  }

  /// A list of pieces of HTML; nothing if there are none.
  static func list(_ items: [String]) -> String {
    items.isEmpty ? "" : "<ul>" + items.map { "<li>\($0)</li>" }.joined(separator: "\n") + "</ul>"
  }

  /// A text in the type of programs.
  static func code(_ text: String) -> String { "<code>\(Self.text(text))</code>" }

  /// Data that scripts read, in which no text can end the element.
  static func data(_ id: String, _ json: JSON) -> String {
    let text = json.text.replacing("<", with: "\\u003c")
    return "<script id=\"\(id)\" type=\"application/json\">\(text)</script>\n"
  }

  /// A script of ours, or of a library, which has no end of its element in it.
  static func module(_ text: String) -> String {
    "<script type=\"module\">\(text)</script>\n"
  }

  /// A whole page.
  ///
  /// - Parameters:
  ///   - mark: a comment by which the program knows its own pages.
  ///   - body: what it shows.
  static func page(_ mark: String, title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    \(mark)
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(text(title))</title>
    <link rel="icon" href="data:,">
    <style>
    \(Asset.style)</style></head>
    <body>
    \(body)</body></html>

    """
  }
}
