import Statistics

/// A random experiment whose intervals should contain what is known.
public struct CoverageCase: Sendable {
  /// A number that is known, and how an interval for it is found.
  public struct Question: Sendable {
    /// What is asked, such as a mean.
    public let quantity: String
    /// How its interval is found.
    public let method: String
    /// The number as it is known.
    public let truth: Double
  }

  /// What is simulated.
  public let model: String
  /// What each experiment answers.
  public let questions: [Question]
  /// One experiment: an interval for each question, in their order.
  let intervals: @Sendable (CoverageStudy, _ experiment: Int) -> [ConfidenceInterval?]
}
