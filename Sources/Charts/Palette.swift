import Results

/// The colours of figures: those of Okabe and Ito, which colour-blind readers tell apart as well.
///
/// Okabe, M. and Ito, K.: Color Universal Design, 2008. Their yellow is left out, since a thin line of it
/// does not show on white.
enum Palette {
  static let colors: [JSON] = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
  ]

  /// The colours of so many values; of more than there are, a scale from dark to light.
  static func scale(of count: Int) -> JSON {
    count <= colors.count ? ["range": .array(Array(colors.prefix(max(count, 1))))] : stages
  }

  /// A scale from dark to light, in which order shows, to colour-blind readers and in grey as well.
  static let stages: JSON = ["scheme": ["name": "viridis", "extent": [0, 0.9]]]
}
