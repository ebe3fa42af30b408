extension Oracle {
  /// What is too rare for plain runs, by importance splitting.
  static let rareEvents: [Oracle] = [overflow, censorshipWindow, wrongState, lostKeys]
}
