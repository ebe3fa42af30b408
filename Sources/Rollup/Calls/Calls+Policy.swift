import Declarations
import EventKernel
import Randomness

extension Calls {
  /// What a scenario says about calls from a rollup to another.
  public struct Policy: Hashable, Sendable {
    /// The rollup that is called; empty for none.
    public var to = ""
    /// Calls a second, Poisson [1/s]; 0 for none.
    public var rate = 0.0
    /// By which way.
    public var path = Path.bridge
    /// How the price moves that a call depends on.
    public var price = PriceMotion()
    /// By how much the price may have risen when a call gets there, for it to be of use.
    public var slippage = 0.005
    /// What a call moves [coins].
    public var amount = Distribution.constant(1)
    /// Gas of a leg on its rollup.
    public var legGas: UInt64 = 150_000
    /// Gas of the transaction on the host that takes a call from one rollup's contracts to the other's.
    public var messageGas: UInt64 = 250_000
    /// What providers of liquidity have on the other rollup [coins].
    public var capital = 0.0
    /// What they take.
    public var fee = LiquidityFee()
    /// What they wait for.
    public var paysAfter = FastExits.Stage.soft
    /// Time from then until they pay [s].
    public var delay = Distribution.constant(10)
    /// What an adversary withdraws from them by a claim that is wrong [coins].
    public var fakeAmount = 0.0

    /// No calls.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about it.
    public static let baseCase = Policy()

    /// Whether anybody calls.
    public var happens: Bool { rate > 0 && !to.isEmpty }
    /// Whether providers pay calls out.
    public var hasProviders: Bool { happens && path == .liquidity }
    /// Whether something of a call is in a transaction on the host.
    public var hasMessages: Bool { happens && (path == .bridge || path == .liquidity) }
  }

  /// By which way a call goes from one rollup to another.
  public enum Path: String, CaseIterable, Sendable {
    /// Through the contracts of both on the host that they share: withdrawn from one, deposited to the other.
    case bridge
    /// The other rollup reads a proof of the state of the first on that host.
    case proof
    /// A provider pays on the other rollup, and has it back through the bridge.
    case liquidity
    /// Who makes the blocks of both puts both legs into blocks of one instant, or none.
    case sequencer
  }
}

extension Calls.Policy {
  /// What a scenario of several rollups can say about calls.
  ///
  /// - Parameter others: the names of the other rollups.
  public static func parameters(among others: [String]) -> [PartParameter<Calls.Policy>] {
    [
      .number(
        "rate", .rate, \.rate, "Calls to the other rollup per unit of time, Poisson; 0 for none.",
        affects: [.call]
      ).titled("Calls")
    ]
      + ([
        .name("to", among: others, \.to, "The rollup that is called.").titled("Rollup called"),
        .word("path", \.path, "By which way a call gets there.").titled("Way of a call"),
      ] + prices + costs).used { $0.rate > 0 }
      + supply.used(when: \.hasProviders)
  }

  private static let prices: [PartParameter<Calls.Policy>] =
    PriceMotion.parameters.lifted(under: "", to: \.price).titled { "\($0), of calls" } + [
      .number(
        "slippage", .share, \.slippage,
        "By how much the price may have risen when a call gets there, for its second leg to be executed."
      ).titled("Slippage that a caller bears")
    ]

  private static let costs: [PartParameter<Calls.Policy>] = [
    .distribution("amount", .ether, \.amount, "What a call moves.").titled("Amount of a call"),
    .whole("leg_gas", .gas, \.legGas, "Gas of each leg on its rollup.").titled("Gas of a leg"),
    .whole(
      "message_gas", .gas, \.messageGas,
      "Gas of the transaction on the host that takes a call, or its money, from one rollup to the other."
    ).titled("Gas of a message").used(when: \.hasMessages),
  ]

  private static let supply: [PartParameter<Calls.Policy>] =
    [
      .number(
        "capital", .ether, \.capital, "What providers have on the other rollup to pay calls with."
      ).titled("Capital of providers of calls")
    ] + LiquidityFee.parameters.lifted(under: "", to: \.fee).titled { "\($0), of calls" }
    + [
      .word("pays_after", \.paysAfter, "What providers wait for before they pay.")
        .titled("What providers of calls wait for"),
      .distribution("delay", .duration, \.delay, "Time from then until they pay.")
        .titled("Time until providers pay calls"),
      .number(
        "fake_amount", .ether, \.fakeAmount,
        "What an adversary withdraws by a wrong claim, of what providers have left."
      ).titled("Amount of a fake call").used { $0.paysAfter == .claimed },
    ]

  /// States what holds of any calls.
  public func check(_ expect: inout Expectations) {
    expect((0...1000).contains(rate), "rate", "expected from 0 to 1000 calls a second")
    guard rate > 0 else { return }
    price.check(&expect)
    expect((0...10).contains(slippage), "slippage", "expected from 0 to 10")
    expect(legGas > 0, "leg_gas", "expected at least 1 gas")
    expect(!hasMessages || messageGas > 0, "message_gas", "expected at least 1 gas")
    guard hasProviders else { return }
    expect(capital > 0 && capital <= 1e9, "capital", "expected above 0 and at most 1e9 ETH")
    expect((0...1e9).contains(fakeAmount), "fake_amount", "expected from 0 to 1e9 ETH")
    fee.check(&expect)
  }
}
