/// The files of the folder `Assets`, which are part of the program.
enum Asset {
  /// The script that draws.
  static let draw = text(PackageResources.draw_py)
  /// How pages look.
  static let style = text(PackageResources.page_css)
  /// What a report does in a browser.
  static let scripts = [
    PackageResources.numbers_js, PackageResources.filters_js, PackageResources.figures_js,
    PackageResources.explorer_js, PackageResources.tables_js, PackageResources.report_js,
  ].map(text).joined(separator: "\n")

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
