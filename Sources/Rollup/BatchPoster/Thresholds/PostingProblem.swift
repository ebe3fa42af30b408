/// When to post what waits, where the fee varies and waiting costs: a Markov decision process.
///
/// The state is the fee and how many steps have passed since nothing waited; at each step all that waits is
/// posted, or waits for the next. At the last step it is posted at any fee, or is a full batch that goes on for
/// itself. What is sought has the least mean cost per step in the long run, posting and delay together, as
/// Mamageishvili & Felten (2022, arXiv 2212.10337) weigh both in a decision process of fee and queue; with
/// arrivals at a steady rate the queue is what time has let come.
public struct PostingProblem: Sendable {
  /// The fee from step to step.
  public var fees: FeeChain
  /// What is charged by the fee when what has come in 1, 2, … steps is posted [gas or blob gas].
  public var units: [Double]
  /// What else posting it costs [wei].
  public var fixed: [Double]
  /// What waits in the step from 0, 1, 2, … steps on costs in delay [wei].
  public var delay: [Double]
  /// What it costs at the last step at each level of the fee [wei]; nil for posting at any.
  public var ending: [Double]?

  /// A problem; each list but `delay`, which begins with step 0, has an entry for each step.
  public init(fees: FeeChain, units: [Double], fixed: [Double], delay: [Double]) {
    precondition(
      !units.isEmpty && fixed.count == units.count && delay.count == units.count,
      "an entry for each step")
    self.fees = fees
    self.units = units
    self.fixed = fixed
    self.delay = delay
  }

  /// The step at which all is posted.
  public var last: Int { units.count }

  /// What it costs to post what has come in `step` steps, at a fee [wei].
  func cost(at level: Int, _ step: Int) -> Double {
    if step == last, let ending { return ending[level] }
    return fees.levels[level] * units[step - 1] + fixed[step - 1]
  }
}

/// Whether what has come in 1, 2, … steps is posted at each level of the fee.
public struct PostingDecisions: Equatable, Sendable {
  private var posts: [Bool]
  private let levels: Int

  /// All is posted at once.
  init(levels: Int, steps: Int) {
    self.levels = levels
    posts = [Bool](repeating: true, count: levels * steps)
  }

  /// Whether it is posted at a level what has come in `step` steps, from 1.
  public internal(set) subscript(level: Int, step: Int) -> Bool {
    get { posts[(step - 1) * levels + level] }
    set { posts[(step - 1) * levels + level] = newValue }
  }
}
