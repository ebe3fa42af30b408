/// How a base fee moves from one block to the next, in the integers of the protocols.
public enum BaseFee {
  /// The base fee of the next block by EIP-1559.
  ///
  /// With a target T and a denominator D: fee + max(fee·(used − T)/T/D, 1) above the target,
  /// fee − fee·(T − used)/T/D below, every division rounded down.
  /// Source: EIP-1559, "Specification"; the OP Stack has the same rule (ethereum-optimism/specs,
  /// `protocol/exec-engine.md`, "1559 Parameters").
  ///
  /// - Parameters:
  ///   - fee: of this block [wei per gas].
  ///   - used: by this block [gas].
  ///   - target: of a block [gas], positive.
  ///   - denominator: one over the largest relative step down, positive.
  /// - Returns: the fee [wei per gas], or nil if it exceeds 64 bits.
  @inlinable
  public static func next(
    after fee: UInt64, used: UInt64, target: UInt64, denominator: UInt64
  ) -> UInt64? {
    precondition(target > 0, "the gas target of a block is zero")
    if used > target {
      let step = UInt128(fee) * UInt128(used - target) / UInt128(target) / UInt128(denominator)
      return UInt64(exactly: UInt128(fee) + max(step, 1))
    }
    return UInt64(
      UInt128(fee) - UInt128(fee) * UInt128(target - used) / UInt128(target) / UInt128(denominator))
  }

  /// One over the relative step by which a price below its floor rises on Starknet.
  ///
  /// It was 48 before 2026-02-12 (starkware-libs/sequencer, commit 70a3843c).
  private static let riseDenominator: UInt64 = 333

  /// The price of layer 2 gas of the next block on Starknet.
  ///
  /// price ± price·|used − T|/(T·D), with one division, and never below the floor. A price below its floor, which
  /// only a change of the floor brings about, rises whatever was used, by ⌊price/333⌋ a block until it is there; one
  /// below 333 stays.
  /// Source: starkware-libs/sequencer at 60161ba7, `crates/apollo_consensus_orchestrator/src/fee_market/mod.rs`
  /// (`calculate_next_base_gas_price`).
  ///
  /// - Parameters:
  ///   - price: of this block [1e-18 coins per gas].
  ///   - used: by this block [gas].
  ///   - target: of a block [gas], positive.
  ///   - denominator: one over the step of an empty block, positive.
  ///   - floor: the least price [1e-18 coins per gas].
  /// - Returns: the price [1e-18 coins per gas], or nil if it exceeds 64 bits.
  public static func nextOnStarknet(
    after price: UInt64, used: UInt64, target: UInt64, denominator: UInt64, floor: UInt64
  ) -> UInt64? {
    precondition(target > 0, "the gas target of a block is zero")
    if price < floor {
      return UInt64(min(UInt128(price) + UInt128(price / riseDenominator), UInt128(floor)))
    }
    let distance = used > target ? used - target : target - used
    let step =
      UInt128(price) * UInt128(distance) / (UInt128(target) * UInt128(denominator))
    let next = used > target ? UInt128(price) + step : UInt128(price) - min(step, UInt128(price))
    return UInt64(exactly: max(next, UInt128(floor)))
  }
}
