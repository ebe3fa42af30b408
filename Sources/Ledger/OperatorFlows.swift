/// What came to the operator of a rollup and went from him since the start, by purpose.
public struct OperatorFlows: Sendable {
  /// An amount for each purpose.
  public struct Sums: Sendable {
    private var amounts = InlineArray<20, Wei>(repeating: .zero)

    /// The amount for a purpose.
    public subscript(purpose: Purpose) -> Wei {
      get { amounts[purpose.rawValue] }
      set { amounts[purpose.rawValue] = newValue }
    }
  }

  /// What came in.
  public internal(set) var income = Sums()
  /// What went out.
  public internal(set) var costs = Sums()

  /// What is left of it.
  public var profit: Wei {
    Purpose.allCases.reduce(.zero) { $0 + income[$1] - costs[$1] }
  }
}
